import Foundation
import Testing

/// One system call of the built server fails, each in turn: what was answered is there after a restart, and what could
/// not be done was refused and said.
///
/// `DAGROSTER_FAULTS` says how many calls of each kind are tried; seldom ones are few, so that more find nothing new.
@Suite(.serialized) struct FaultLoopTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var code: Int32
        var stays = false

        var testDescription: String { name }
    }

    private static let cases = [
        Case(name: "ENOSPC", code: ENOSPC), Case(name: "ENOSPC that stays", code: ENOSPC, stays: true),
        Case(name: "EIO", code: EIO), Case(name: "EROFS that stays", code: EROFS, stays: true),
        Case(name: "a short write", code: 0),
    ]

    private static let steps = 6

    @Test(arguments: cases)
    private func `a call that fails loses no answer`(test: Case) throws {
        try TemporaryFolder.with { scratch in
            let library = try Shim.fault.library(in: scratch)
            let tries = ProcessInfo.processInfo.environment["DAGROSTER_FAULTS"].flatMap { Int($0) } ?? 3
            var reached = 0
            for attempt in 0..<tries {
                // The first calls make the journal's segment; later ones are the changes and their files.
                let call = 1 + attempt * (48 / tries)
                if try run(test, call, library, scratch.path("struck-\(attempt)")) { reached += 1 }
            }
            #expect(reached > 0, "no call failed")
        }
    }

    /// Does some changes while the n-th call fails, and looks at what is there afterwards.
    ///
    /// - Returns: whether the fault struck.
    private func run(_ test: Case, _ call: Int, _ library: String, _ log: String) throws -> Bool {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            var environment = [
                "LD_PRELOAD": library, "FAULT_TREE": tree.folder.path, "FAULT_AT": "\(call)",
                "FAULT_CODE": "\(test.code)", "FAULT_LOG": log,
            ]
            if test.stays { environment["FAULT_STAYS"] = "1" }
            var people: [String: String?] = [:]
            var doubtful: Set<String> = []
            var isStarted = false
            do {
                try Server.killed(tree, token: token, environment: environment) { server in
                    isStarted = true
                    try write(to: server, &people, &doubtful)
                }
            } catch let failure as ChildProcess.Failure where !isStarted {
                // It says why it does not start, and nothing was answered.
                #expect(failure.description.contains("dagroster: cannot "), "\(failure)")
            }
            try Server.with(tree, token: token) { server in
                let users = try server.send("GET", "/Users").json()["Resources"]?.elements ?? []
                let found = Dictionary(users.map { ($0["userName"]?.string ?? "", $0["title"]?.string) }) { $1 }
                for (name, title) in people where !doubtful.contains(name) {
                    #expect(found[name] == .some(title), "\(test.name) at call \(call): \(name) in \(found)")
                }
                for name in people.keys { #expect(found.keys.contains(name), "\(test.name) at call \(call)") }
                #expect(Set(found.keys).isSubset(of: doubtful.union(people.keys)), "\(test.name) at call \(call)")
            }
            #expect(try tree.run(["check"]).exitCode == 0)
            #expect(try tree.git("status", "--porcelain", "-uall") == "", "\(test.name) at call \(call)")
            return FileManager.default.fileExists(atPath: log)
        }
    }

    /// Makes some people and changes them.
    ///
    /// - Parameters:
    ///   - server: which may refuse.
    ///   - people: titles by name, as they were answered.
    ///   - doubtful: those of whom something was refused: what a write of unknown outcome leaves may be there or not.
    /// - Throws: where there is no answer at all.
    private func write(to server: Server, _ people: inout [String: String?], _ doubtful: inout Set<String>) throws {
        for step in 1...Self.steps {
            let name = "p\(step)"
            let made = try server.send("POST", "/Users", .user(named: name))
            guard made.status == 201 else {
                #expect(made.status == 503 && made.headers["retry-after"] != nil, "\(made.status): \(made.text)")
                doubtful.insert(name)
                continue
            }
            people[name] = .some(nil)
            let id = try made.json()["id"]?.string ?? ""
            let title: JSONValue = ["op": "replace", "path": "title", "value": .string(name)]
            let changed = try server.send("PATCH", "/Users/\(id)", .patch(title))
            if changed.status == 200 { people[name] = name } else { doubtful.insert(name) }
            #expect(changed.status == 200 || changed.status == 503, "\(changed.status): \(changed.text)")
        }
    }
}
