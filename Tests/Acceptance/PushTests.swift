import Foundation
import Generators
import Testing

/// The built server with a remote, as its clients see it.
struct PushTests {
    private static func settings(_ git: String) -> String {
        "version: 1\ngit: {\(git)}\ntargets:\n  sandbox: {kind: file, path: target.yaml}\n"
    }

    private static let durable = settings("push: {remote: origin, durable: true}")

    /// Hands over a tree that is a clone of a bare repository, and the folder that repository is in.
    private func with(_ settings: String, _ body: (TemporaryTree, TemporaryFolder) throws -> Void) throws {
        try TemporaryTree.with(settings: settings) { tree in
            try TemporaryFolder.with { other in
                try tree.git("clone", "-q", "--bare", ".", other.path("remote.git"))
                try tree.git("remote", "add", "origin", other.path("remote.git"))
                try body(tree, other)
            }
        }
    }

    private func pushed(_ tree: TemporaryTree, _ other: TemporaryFolder) throws -> [String] {
        let list = try tree.git("-C", other.path("remote.git"), "ls-tree", "--name-only", "main", "provisioned/users/")
        return list.split(separator: "\n").compactMap { $0.split(separator: "/").last.map(String.init) }
            .filter { $0.hasSuffix(".yaml") }
    }

    @Test func `a durable answer is at the remote, and without the remote there is none`() throws {
        try with(Self.durable) { tree, other in
            try Server.with(tree) { server in
                _ = try server.create("/Users", .user(named: "ada"))
                #expect(try pushed(tree, other) == ["ada.yaml"])
                try FileManager.default.moveItem(atPath: other.path("remote.git"), toPath: other.path("away"))
                let refused = try server.send("POST", "/Users", .user(named: "grace"))
                #expect(refused.status == 503, "\(refused.text)")
                #expect(refused.headers["retry-after"] != nil)
                #expect(refused.text.contains("the change is made and is not pushed yet"), "\(refused.text)")
                // The tree has it, and says so to whoever asks again.
                #expect(try server.send("GET", "/Users?filter=userName%20eq%20%22grace%22").text.contains("grace"))
                try FileManager.default.moveItem(atPath: other.path("away"), toPath: other.path("remote.git"))
                _ = try server.create("/Users", .user(named: "lin"))
                #expect(try pushed(tree, other) == ["ada.yaml", "grace.yaml", "lin.yaml"])
            }
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }

    @Test func `of two servers that create one person at the same time one answers 409`() throws {
        try with(Self.durable) { tree, other in
            try TemporaryFolder.with { second in
                try tree.git("clone", "-q", other.path("remote.git"), second.path)
                let twin = TemporaryTree(folder: second)
                try Server.with(tree) { server in
                    try Server.with(twin) { rival in
                        let id = try server.create("/Users", .user(named: "alice"))
                        let refused = try rival.send("POST", "/Users", .user(named: "alice"))
                        #expect(refused.status == 409, "\(refused.text)")
                        #expect(try refused.json()["scimType"]?.string == "uniqueness")
                        let found = try rival.send("GET", "/Users/\(id)")
                        #expect(found.status == 200 && found.text.contains("alice"), "\(found.text)")
                    }
                }
                #expect(try tree.git("-C", second.path, "status", "--porcelain") == "")
            }
        }
    }

    @Test(
        arguments: [
            ("push: {remote: upstream}", "the repository has no remote \"upstream\""),
            ("commit: false, push: {remote: origin}", "nothing is committed"),
        ]
    )
    func `a push that could never be made keeps the server from starting`(git: String, words: String) throws {
        try with(Self.settings(git)) { tree, _ in
            let result = try tree.run(["serve", "--port", "0"])
            #expect(result.exitCode == 3 && result.errors.contains(words), "\(result)")
        }
    }

    @Test func `a server that is killed again and again loses no answer, here and at the remote`() throws {
        let settings = Self.settings("window: 0s, maxWindow: 1s, push: {remote: origin, window: 0s}")
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        try with(settings) { tree, other in
            let token = try tree.token()
            var answered: [String] = []
            for round in 0..<6 {
                let length = Duration.milliseconds(Int.random(in: 20...900, using: &random))
                try Server.killed(tree, token: token) { server in
                    let end = ContinuousClock.now + length
                    var number = 0
                    while ContinuousClock.now < end {
                        _ = try server.create("/Users", .user(named: "u\(round)-\(number)"))
                        answered.append("u\(round)-\(number).yaml")
                        number += 1
                    }
                }
                #expect(try tree.git("fsck", "--strict", "--no-dangling") == "", "seed \(seed), round \(round)")
            }
            try Server.with(tree, token: token) { _ in
                _ = try Deadline.wait(for: "everything at the remote", seconds: 60) {
                    try pushed(tree, other) == answered.sorted()
                }
            }
            let status = try tree.git("status", "--porcelain")
            #expect(status == "", "seed \(seed)")
            #expect(
                try tree.git("-C", other.path("remote.git"), "fsck", "--strict", "--no-dangling") == "",
                "seed \(seed)"
            )
        }
    }
}
