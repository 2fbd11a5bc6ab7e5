import Foundation
import Testing

/// What a running server does when another tree, or another repository, takes the place of its own.
@Suite struct ReplacedTreeTests {
    private static let names = (1...5).map { "u\($0)" }

    @Test(arguments: ["the tree", "its .git"])
    func `nothing is committed to a repository that took the place of ours, and that is said once`(
        replaced: String
    ) throws {
        try TemporaryFolder.with { away in
            try TemporaryTree.with(settings: TemporaryTree.settings.replacing("1h", with: "2s")) { tree in
                let token = try tree.token()
                try Server.with(tree, token: token, mayFail: true) { server in
                    for name in Self.names { _ = try server.create("/Users", .user(named: name)) }
                    for name in Self.names { tree.folder.wait(for: "provisioned/users/\(name).yaml") }
                    let tip = try Self.replace(replaced, of: tree, by: away)
                    let words = "changes are not committed yet"
                    Deadline.wait(for: "the commit to be refused") { server.log.contains(words) }
                    // Tried again and again, and told once.
                    try Deadline.wait(for: "it to be tried again") { () throws in
                        let metrics = try server.page("/metrics").text
                        return metrics.firstMatch(of: /dagroster_commit_failures ([2-9]|[1-9][0-9]+)\b/) != nil
                    }
                    #expect(try tree.git("rev-parse", "HEAD") == tip)
                    #expect(server.log.components(separatedBy: words).count == 2, "\(server.log)")
                    #expect(server.log.contains("another one was put in its place"), "\(server.log)")
                    let page = try server.page("/readyz")
                    #expect(page.status == 503 && page.text.contains("was put in its place"), "\(page.text)")
                    #expect(try server.send("POST", "/Users", .user(named: "late")).status == 503)
                    #expect(try server.terminated(within: 50) == 1)
                    #expect(try tree.git("rev-parse", "HEAD") == tip)
                }
            }
        }
    }

    /// Puts another one in a place.
    ///
    /// - Returns: its last commit.
    private static func replace(_ what: String, of tree: TemporaryTree, by away: TemporaryFolder) throws -> String {
        let manager = FileManager.default
        if what == "the tree" {
            try manager.moveItem(atPath: tree.folder.path, toPath: away.path("tree"))
            try manager.createDirectory(atPath: tree.folder.path, withIntermediateDirectories: false)
            try #require(try tree.run(["init"]).exitCode == 0)
        } else {
            try manager.moveItem(atPath: tree.folder.path(".git"), toPath: away.path("git"))
            try tree.git("init", "--quiet", "--initial-branch=main")
        }
        try tree.git("commit", "--quiet", "--allow-empty", "-m", "another one")
        return try tree.git("rev-parse", "HEAD")
    }
}
