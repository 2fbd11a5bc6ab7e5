import Foundation
import Testing

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

    /// A string of up to 12 characters that mean something to YAML, or to nobody.
    static func random(using generator: inout some RandomNumberGenerator) -> String {
        var string = ""
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            if Bool.random(using: &generator) {
                string +=
                    [
                        " ", "  ", ":", ": ", "#", " #", "-", "- ", "\n", "\t", "'", "\"", "\\", "[", "]", "{", "}",
                        ",",
                        "&", "*", "!", "|", ">", "%", "@", "`", "=", "<<", "~", "no", "null", "0", "1", "7", "_", ".",
                        "e",
                        "+", "x", "o", "2026-01-01", "T", "Z", "a", "b", "é", "e\u{301}", "\u{1F600}", "\u{FEFF}",
                        "\u{2028}", "\u{85}", "\r\n", "\r", "...", "---", "?",
                    ].randomElement(using: &generator) ?? ""
            } else {
                let ranges: [ClosedRange<UInt32>] = [0x01...0x7F, 0x80...0x2FF, 0x2000...0x206F, 0xFE00...0xFFFF]
                let range = ranges.randomElement(using: &generator) ?? 0x20...0x7E
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                    string.unicodeScalars.append(scalar)
                }
            }
        }
        return string
    }
}

/// A generator whose seed stands in the message of what failed, so that it can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A seed for this run: `YAML_SEED` in the environment, or a new one.
    static func seed() -> UInt64 {
        ProcessInfo.processInfo.environment["YAML_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)
    }

    // SplitMix64 (https://prng.di.unimi.it/splitmix64.c), so that a seed means the same on every machine.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
