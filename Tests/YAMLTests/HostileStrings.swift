import Foundation
import Generators

/// Strings that some reader of YAML, file system, shell or terminal would take for something else.
enum HostileStrings {
    /// The list that all rooms share.
    static func all() throws -> [String] {
        try JSONDecoder().decode(
            [String].self,
            from: Data(contentsOf: fixtures.appending(path: "hostile-strings.json"))
        )
    }

    /// The folder of files that tests of several rooms read.
    static let fixtures = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")
}

extension SeededGenerator {
    /// A seed for this run, which stands in the message of what failed: `YAML_SEED` in the environment, or a new one.
    static func seed() -> UInt64 {
        ProcessInfo.processInfo.environment["YAML_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)
    }
}
