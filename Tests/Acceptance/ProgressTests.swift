import Foundation
import Testing

/// The line that tells a person at a terminal what takes so long.
struct ProgressTests {
    /// Runs `reconcile` with a terminal for all its streams, and gives what that was sent.
    private func terminal(_ tree: TemporaryTree, _ arguments: String) throws -> CommandResult {
        let command = "\(try Program.path()) reconcile \(arguments)"
        return try Program.run(executable: "script", ["-qec", command, "/dev/null"], in: tree.folder)
    }

    @Test func `a terminal shows what is done, and nothing of it is left in the end`() throws {
        try Acme.with { tree in
            let result = try terminal(tree, "--apply")
            #expect(result.exitCode == 0, "\(result)")
            #expect(result.output.contains("\r\u{1B}[Kreading the tree …"))
            // What stands on each line in the end is what came after it was last erased.
            let lines = result.output.split(separator: "\n").map { line in
                line.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false).last ?? ""
            }
            #expect(!lines.contains { $0.contains("…") }, "\(lines)")
            #expect(lines.contains { $0.contains("applied 12 of 12, read again and confirmed") })
        }
    }

    @Test(arguments: ["--quiet", "--log-format json", "--apply --quiet"])
    func `whoever asks for quiet or for lines of JSON sees none`(arguments: String) throws {
        try Acme.with { tree in
            let result = try terminal(tree, arguments)
            #expect(result.exitCode == 0 && !result.output.contains("\u{1B}[K"), "\(result)")
        }
    }

    @Test func `no log gets one`() throws {
        try Acme.with { tree in
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 0 && result.errors.isEmpty, "\(result)")
        }
    }
}
