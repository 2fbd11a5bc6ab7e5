import Foundation
import Synchronization
import Testing

/// What people do with git in the folder that is served.
@Suite struct PullTests {
    private static let ada = "provisioned/users/ada.yaml"

    @Test func `what a pull brings is served as one change, and is nobody's commit but the puller's`() throws {
        try TemporaryTree.with { tree in
            try tree.write(Self.ada, "id: ada\nuserName: ada\n")
            try tree.git("switch", "--quiet", "--create", "other")
            for number in 0..<50 {
                try tree.folder.write("id: p\(number)\nuserName: p\(number)\n", to: "provisioned/users/p\(number).yaml")
            }
            try tree.folder.write("id: ada\nuserName: ada\ntitle: Countess\n", to: Self.ada)
            try tree.commit("fifty people")
            try tree.git("switch", "--quiet", "main")
            try Server.with(tree) { server in
                try tree.git("merge", "--quiet", "--ff-only", "other")
                var seen: Set<JSONValue> = []
                try Deadline.wait(for: "fifty more people") {
                    let total = try server.send("GET", "/Users?count=0").json()["totalResults"]
                    if let total { seen.insert(total) }
                    return total == 51
                }
                #expect(seen.isSubset(of: [1, 51]))
                #expect(try server.send("GET", "/Users/ada").json()["title"] == "Countess")
                #expect(try server.send("POST", "/Users", .user(named: "p7")).status == 409)
            }
            #expect(try tree.git("log", "-1", "--format=%s") == "fifty people\n")
            #expect(try tree.git("status", "--porcelain", "-uall") == "")
        }
    }

    @Test func `another branch is not served, and coming back is no change`() throws {
        try TemporaryTree.with { tree in
            try tree.write(Self.ada, "id: ada\nuserName: ada\n")
            try tree.git("switch", "--quiet", "--create", "other")
            try tree.remove(Self.ada)
            try tree.write("provisioned/users/grace.yaml", "id: grace\nuserName: grace\n")
            try tree.git("switch", "--quiet", "main")
            try Server.with(tree) { server in
                try tree.git("switch", "--quiet", "other")
                #expect(try server.send("DELETE", "/Users/ada").status == 503)
                #expect(try server.send("GET", "/Users/ada").status == 200)
                #expect(try server.send("GET", "/Users/grace").status == 404)
                try tree.git("switch", "--quiet", "main")
                #expect(try server.send("DELETE", "/Users/ada").status == 204)
            }
            #expect(!tree.folder.exists(Self.ada))
            #expect(try tree.git("show", "--format=", "--name-status") == "D\t\(Self.ada)\n")
        }
    }

    /// Provisions one person after the other until it is stopped, and knows who was answered.
    private final class Provisioning: Sendable {
        private let state = Mutex((isStopped: false, answered: [String]()))
        private let done = DispatchSemaphore(value: 0)

        init(_ client: Client) {
            Thread.detachNewThread { [self] in
                var number = 0
                while !state.withLock(\.isStopped) {
                    number += 1
                    // Refused while HEAD is elsewhere.
                    let answer = try? client.send("POST", "/Users", .user(named: "p\(number)"))
                    if answer?.status == 201 { state.withLock { $0.answered.append("p\(number).yaml") } }
                }
                done.signal()
            }
        }

        func stop() -> [String] {
            state.withLock { $0.isStopped = true }
            done.wait()
            done.signal()
            return state.withLock { $0.answered.sorted() }
        }
    }

    private static let busy = """
        version: 1
        git: {window: 0s, maxWindow: 1s}
        targets:
          sandbox: {kind: file, path: target.yaml}

        """

    @Test(arguments: ["--rebase", "--no-rebase"])
    func `who pulls while people are provisioned gets all of both, and git never stands half-done`(how: String) throws {
        try TemporaryTree.with(settings: Self.busy) { tree in
            try tree.commit("settings")
            try TemporaryFolder.with { other in
                try tree.git("clone", "-q", "--bare", ".", other.path("remote.git"))
                try tree.git("clone", "-q", other.path("remote.git"), other.path("desk"))
                let desk = TemporaryTree(folder: TemporaryFolder(path: other.path("desk")))
                try Server.with(tree) { server in
                    let provisioning = Provisioning(server.client)
                    defer { _ = provisioning.stop() }
                    for round in 0..<6 {
                        try desk.write("access/theirs.yaml", "team: T\(round)\n")
                        try desk.git("push", "-q", "origin", "HEAD:main")
                        try pull(how, round, into: tree, from: other.path("remote.git"))
                    }
                    let answered = provisioning.stop()
                    try Deadline.wait(for: "everybody in a commit", seconds: 60) {
                        try tree.git("status", "--porcelain") == "" && committed(tree).isSuperset(of: answered)
                    }
                    let total = try server.send("GET", "/Users?count=0").json()["totalResults"]
                    #expect(total == .number(Double(answered.count)), "\(total as Any)")
                }
                #expect(try tree.folder.text("access/theirs.yaml") == "team: T5\n")
                #expect(try committed(tree, "access/").isSuperset(of: (0..<6).map { "mine\($0).yaml" }))
            }
        }
    }

    /// Commits a file and pulls, again where git refused to begin.
    private func pull(_ how: String, _ round: Int, into tree: TemporaryTree, from remote: String) throws {
        let file = "access/mine\(round).yaml"
        try tree.folder.write("team: M\(round)\n", to: file)
        let commands = [
            ["add", file], ["commit", "-q", "-m", "mine", "--", file],
            ["pull", "-q", "--no-edit", how, remote, "main"],
        ]
        for command in commands {
            var result = CommandResult(exitCode: 1, output: "", errors: "")
            try Deadline.wait(for: "git \(command[0])", seconds: 60) {
                let person = ["-c", "user.name=Lin", "-c", "user.email=lin@example.com"]
                result = try Program.run(executable: "git", person + command, in: tree.folder)
                for mark in ["rebase-merge", "MERGE_HEAD"] {
                    try #require(!tree.folder.exists(".git/\(mark)"), "\(result)")
                }
                return result.exitCode == 0
            }
            try #require(result.exitCode == 0, "\(result)")
        }
    }

    private func committed(_ tree: TemporaryTree, _ folder: String = "provisioned/users/") throws -> Set<String> {
        let list = try tree.git("ls-tree", "--name-only", "HEAD", folder)
        return Set(list.split(separator: "\n").compactMap { $0.split(separator: "/").last.map(String.init) })
    }
}
