import Auth
import Foundation
import Roster

/// A folder with tokens for the length of a closure.
struct TemporaryTokens {
    static let now = Timestamp(milliseconds: 1_795_452_420_000)

    let tree: String
    var file: TokenFile { TokenFile(tree: tree) }

    static func with<Result>(_ body: (TemporaryTokens) async throws -> Result) async throws -> Result {
        let tree = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: tree) }
        return try await body(TemporaryTokens(tree: tree))
    }

    static func later(_ seconds: Int) -> Timestamp { Timestamp(milliseconds: now.milliseconds + seconds * 1000) }
}
