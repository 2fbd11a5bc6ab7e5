import Foundation
import Generators
import Testing

/// `import`, killed before a call that changes a file: it leaves all files or none, or everybody is told and the next one
/// goes on.
struct ImportCrashTests {
    private struct Killed {
        let tree: TemporaryTree
        /// All files of the import.
        let whole: [String: String]
        let placed: Int

        var isHalf: Bool { (1..<whole.count).contains(placed) }
        var words: String { "an import was stopped when \(placed) of its \(whole.count) files were in place" }
    }

    /// What an import writes, hidden files included.
    private static func files(_ tree: TemporaryTree) throws -> [String: String] {
        var files: [String: String] = [:]
        for folder in ["provisioned", "access"] {
            for (path, text) in try tree.folder.files(under: folder) { files["\(folder)/\(path)"] = text }
        }
        return files.filter { !$0.key.hasSuffix("/.gitkeep") }
    }

    /// Kills one import after another, each before a later call than the one before, and hands over what is left.
    private func kill(_ body: (Killed) throws -> Void) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        let whole = try ImportTests.with { tree in
            try #require(try tree.run(["import"]).exitCode == 0)
            return try Self.files(tree)
        }
        try TemporaryFolder.with { scratch in
            let library = try Shim.fault.library(in: scratch)
            var call = Int.random(in: 1...3, using: &random)
            var isKilled = true
            while isKilled {
                try ImportTests.with { tree in
                    let environment = [
                        "LD_PRELOAD": library, "FAULT_TREE": tree.folder.path, "FAULT_AT": "\(call)",
                        "FAULT_KILLS": "1",
                    ]
                    let result = try tree.run(["import"], environment: environment)
                    isKilled = result.exitCode == 128 + SIGKILL
                    try #require(isKilled || result.exitCode == 0, "seed \(seed), call \(call): \(result)")
                    let placed = try Self.files(tree).filter { !$0.key.contains("/.dagroster-") }
                    #expect(placed.allSatisfy { whole[$0.key] == $0.value }, "seed \(seed), call \(call)")
                    if isKilled { try body(Killed(tree: tree, whole: whole, placed: placed.count)) }
                }
                call += 3
            }
        }
    }

    @Test func `an import that is killed is told of, and the next one makes the tree that it would have made`() throws {
        var halves = 0
        try kill { killed in
            let (tree, words) = (killed.tree, killed.words)
            let check = try tree.run(["check"])
            #expect(check.exitCode == (killed.isHalf ? 3 : 0), "\(check)")
            #expect(check.output.contains(words) == killed.isHalf, "\(check)")
            #expect(!check.output.contains("only some files"), "\(check)")
            if killed.isHalf { try expectTold(killed, isFirst: halves == 0) }
            if killed.isHalf { halves += 1 }
            let next = try tree.run(["import"])
            let isWhole = killed.placed == killed.whole.count
            #expect(next.exitCode == (isWhole ? 1 : 0), "\(next)")
            let count = killed.placed == 1 ? "1 file" : "\(killed.placed) files"
            let note = "took back \(count) of an import that was stopped before all were in place\n"
            #expect(next.errors.hasPrefix(note) == killed.isHalf, "\(next)")
            #expect(try Self.files(tree) == killed.whole)
            #expect(!tree.folder.exists(".dagroster/import"))
            #expect(try tree.run(["check"]).exitCode == 0)
        }
        #expect(halves >= 2)
    }

    /// Once is enough for those that take long.
    private func expectTold(_ killed: Killed, isFirst: Bool) throws {
        let tree = killed.tree
        let plan = try tree.run(["reconcile"])
        #expect(plan.errors.contains(killed.words), "\(plan)")
        guard isFirst else { return }
        for arguments in [["reconcile", "--worktree"], ["serve", "--port", "0", "--admin-port", "0"]] {
            let result = try tree.run(arguments)
            #expect(result.exitCode == 3 && result.errors.contains(killed.words), "\(result)")
        }
        let doctor = try tree.run(["doctor"])
        #expect(doctor.exitCode == 3 && doctor.output.contains(killed.words), "\(doctor)")
    }

    @Test func `a note of an import that names another file is refused by whoever reads it, and nothing is removed`()
        throws
    {
        try ImportTests.with { tree in
            try #require(try tree.run(["import"]).exitCode == 0)
            let before = try Self.files(tree)
            let note =
                "# Files of an import that has not ended, which process 1 writes:\n1 target.yaml\n1 access/x.yaml\n"
            try tree.folder.write(note, to: ".dagroster/import")
            let words = "\"target.yaml\" is no file that an import writes"
            for command in [["import"], ["check"], ["doctor"], ["serve", "--port", "0", "--admin-port", "0"]] {
                let result = try tree.run(command)
                #expect(result.exitCode == 3, "\(result)")
                let place = command == ["doctor"] ? "" : ".dagroster/import:2:3: error: "
                #expect((result.output + result.errors).contains(place + words), "\(result)")
            }
            // A commit does not have the note: it is told of beside the plan.
            let plan = try tree.run(["reconcile"])
            #expect(plan.errors.contains(".dagroster/import:2:3: error: " + words), "\(plan)")
            #expect(try Self.files(tree) == before)
            #expect(tree.folder.exists("target.yaml") && tree.folder.exists(".dagroster/import"))
        }
    }

    @Test func `nothing is imported over what a killed serve has answered and not written yet`() throws {
        let ada = "provisioned/users/ada.yaml"
        var isTried = false
        try TemporaryFolder.with { scratch in
            let library = try Shim.fault.library(in: scratch)
            // The first calls are of the start, then of the journal; the next is the first of the file.
            for call in 1...40 where !isTried {
                try ImportTests.with { tree in
                    let token = try tree.token()
                    let environment = [
                        "LD_PRELOAD": library, "FAULT_TREE": tree.folder.path,
                        "FAULT_AT": "\(call)", "FAULT_KILLS": "1",
                    ]
                    var isAnswered = false
                    // One that is killed at its start says no port, and one that is killed later may not answer.
                    try? Server.killed(tree, token: token, environment: environment) { server in
                        isAnswered = try server.send("POST", "/Users", .user(named: "ada")).status == 201
                    }
                    guard isAnswered, !tree.folder.exists(ada) else { return }
                    isTried = true
                    let before = try Self.files(tree)
                    let refused = try tree.run(["import"])
                    #expect(refused.exitCode == 1, "\(refused)")
                    #expect(refused.errors.contains("1 answered change of an earlier run of serve"), "\(refused)")
                    #expect(refused.errors.contains("nothing was written\nhint: start \"dagroster serve\" once"))
                    #expect(try Self.files(tree) == before)
                    // As the hint says.
                    try Server.with(tree, token: token) { _ in }
                    #expect(try tree.folder.text(ada).contains("userName: ada\n"))
                    #expect(try tree.git("status", "--porcelain") == "")
                    let late = try tree.run(["import"])
                    #expect(late.exitCode != 0 && !late.errors.contains("journal"), "\(late)")
                    #expect(try tree.git("status", "--porcelain") == "")
                }
            }
        }
        #expect(isTried, "no answered change was left to the journal")
    }
}
