import Foundation
import Synchronization
import Testing

/// The built server is killed at random moments under sixteen clients; whatever it answered is there afterwards.
///
/// `DAGROSTER_CRASHES` says how often; `DAGROSTER_SEED` repeats a run.
@Suite(.serialized) struct CrashLoopTests {
    private static let settings = """
        version: 1
        git: {window: 1s, maxWindow: 1s}
        targets:
          sandbox: {kind: file, path: target.yaml}

        """

    /// Random numbers that a seed repeats (an LCG is enough to choose moments).
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    @Test(.timeLimit(.minutes(30)))
    func `kill -9 at any moment under sixteen clients loses no answer, leaves no torn file and no broken repository`()
        throws
    {
        let seed = Self.number("DAGROSTER_SEED") ?? .random(in: 1 ... .max)
        var random = Random(state: seed)
        let rounds = Int(Self.number("DAGROSTER_CRASHES") ?? 12)
        try TemporaryTree.with(settings: Self.settings) { tree in
            let token = try tree.token()
            var group = ""
            try Server.with(tree, token: token) { group = try $0.create("/Groups", .group(named: "Shared")) }
            let writers = (0..<16).map { CrashWriter(number: $0, group: group) }
            for round in 0..<rounds {
                let moment = Double.random(in: 0.02...1.2, using: &random)
                try Server.killed(tree, token: token) { server in
                    try Self.check(writers, server, "seed \(seed), round \(round)")
                    Self.run(writers, server, seconds: moment)
                }
                for writer in writers { #expect(writer.now.wrong == nil, "seed \(seed), round \(round)") }
            }
            try Server.with(tree, token: token) { server in
                try Self.check(writers, server, "seed \(seed), at the end")
            }
            try Self.checkFiles(writers, tree, "seed \(seed)")
            #expect(writers.allSatisfy { $0.now.steps > 0 })
            print("killed \(rounds) times after \(writers.reduce(0) { $0 + $1.now.steps }) requests, seed \(seed)")
        }
    }

    /// Lets all clients write for a while, then kills the server and waits until all have noticed.
    private static func run(_ writers: [CrashWriter], _ server: Server, seconds: Double) {
        let running = DispatchGroup()
        for writer in writers {
            running.enter()
            let client = server.client
            Thread.detachNewThread {
                writer.run(client)
                running.leave()
            }
        }
        Thread.sleep(forTimeInterval: seconds)
        server.kill()
        running.wait()
    }

    /// Compares what the server says of each client's people with what that client was answered.
    private static func check(_ writers: [CrashWriter], _ server: Server, _ comment: Comment) throws {
        let members =
            try server.send("GET", "/Groups?attributes=members").json()["Resources"]?.elements.first?["members"]?
            .elements ?? []
        let ids = Set(members.compactMap { $0["value"]?.string })
        var found: [Int: CrashWriter.People] = [:]
        var idsByName: [String: String] = [:]
        for user in try server.everyUser() {
            guard let name = user["userName"]?.string, let id = user["id"]?.string,
                let number = Int(name.dropFirst().prefix { $0 != "-" })
            else { continue }
            idsByName[name] = id
            found[number, default: [:]][name] = .init(title: user["title"]?.string, isMember: ids.contains(id))
        }
        for writer in writers {
            let people = found[writer.number] ?? [:]
            let own = idsByName.filter { $0.key.hasPrefix(writer.prefix) }
            #expect(writer.accept(people, ids: own), "\(comment): \(writer.now) and found \(people)")
        }
    }

    /// Compares the files and the commits of a server that has ended with what the clients were answered.
    private static func checkFiles(_ writers: [CrashWriter], _ tree: TemporaryTree, _ comment: Comment) throws {
        let files = try tree.folder.files(under: "provisioned/users").filter { $0.key.hasSuffix(".yaml") }
        let people = writers.reduce(into: CrashWriter.People()) { $0.merge($1.now.people) { first, _ in first } }
        #expect(files.count == people.count, comment)
        for (name, person) in people {
            let text = files["provisioned/users/\(name).yaml"] ?? ""
            #expect(text.contains("userName: \(name)\n"), comment)
            #expect(text.contains("title: ") == (person.title != nil), comment)
            if let title = person.title { #expect(text.contains("title: \(title)\n"), comment) }
        }
        let group = try tree.folder.files(under: "provisioned/groups").values.joined()
        let listed = Set(group.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) })
        #expect(listed == Set(people.filter(\.value.isMember).keys), comment)
        #expect(try tree.git("status", "--porcelain", "-uall") == "", comment)
        #expect(try tree.git("fsck", "--strict", "--no-dangling") == "", comment)
        #expect(try tree.run(["check"]).exitCode == 0, comment)
        #expect(!files.keys.contains { $0.contains("/.dagroster-") }, comment)
    }
}

extension Server {
    /// Every user, page by page.
    fileprivate func everyUser() throws -> [JSONValue] {
        var users: [JSONValue] = []
        while true {
            let page = try send("GET", "/Users?count=100&startIndex=\(users.count + 1)").json()
            let some = page["Resources"]?.elements ?? []
            users += some
            if some.isEmpty { return users }
        }
    }
}
