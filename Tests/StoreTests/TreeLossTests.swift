import Foundation
import Roster
import SCIM
import Store
import Testing
import Tree

/// A tree that is not where it was any more takes no writes, and says so.
struct TreeLossTests {
    enum Loss: CaseIterable {
        case moved
        case replaced
        case removed
    }

    private func lose(_ tree: TemporaryTree, _ away: String, _ loss: Loss) throws {
        if loss == .removed {
            // The store may take a file away while the folder is emptied, which stops the first attempt.
            for _ in 0..<9 where exists(tree.path) { try? FileManager.default.removeItem(atPath: tree.path) }
            return try #require(!exists(tree.path))
        }
        try FileManager.default.moveItem(atPath: tree.path, toPath: away)
        guard loss == .replaced else { return }
        try FileManager.default.createDirectory(atPath: tree.path, withIntermediateDirectories: false)
        for file in [tree.adaPath, ".dagroster/journal/other"] {
            let folder = URL(filePath: tree.path + "/" + file).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try tree.write(file, tree.adaFile)
        }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func expectRefusal(_ store: Store, _ tree: TemporaryTree) async {
        for id in ["u1", nil] {
            await #expect {
                try await store.change(by: tree.requester, on: id) { _, _ in
                    .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"]))
                }
            } throws: { error in
                guard case StoreError.disagreement(let words) = error else { return false }
                return words.contains("\"\(tree.path)\" was removed or moved away")
            }
        }
    }

    /// Whether the system tells, or it is looked at from time to time.
    @Test(arguments: Loss.allCases, [true, false])
    func `a tree that is lost is noticed, and nothing is written until a restart`(
        loss: Loss,
        isTold: Bool
    ) async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        var limits = StoreLimits.quick
        limits.scan = .milliseconds(50)
        let store = tree.store(limits: limits, watch: isTold ? nil : NoWatch(), disk: faults.disk)
        try await tree.fill(store)
        if loss != .removed {
            // Answered, and in the journal alone. It is tried again all the while, which would keep the folder from
            // being removed.
            faults.set { $0.path.contains("/provisioned/") ? .error(EROFS) : nil }
            _ = try await store.change(by: tree.requester) { _, _ in
                .changeUser(id: "u1", Assignments(["title": "Countess"]))
            }
        }
        let answered = store.snapshot.directory
        let away = tree.path + "-away"
        defer { try? FileManager.default.removeItem(atPath: away) }
        try lose(tree, away, loss)
        faults.set { _ in nil }
        try await eventually { store.status.failure != nil }
        await expectRefusal(store, tree)
        #expect(store.snapshot.directory == answered)
        #expect(tree.events.all.filter { if case .failed = $0 { true } else { false } }.count == 1)
        store.close()
        if loss == .removed {
            try await store.closed()
        } else {
            let failure = await #expect(throws: StoreError.self) { try await store.closed() }
            #expect(failure?.description == store.status.failure)
        }
        // What is there instead is as it was.
        if loss == .replaced {
            #expect(try tree.text(tree.adaPath) == tree.adaFile)
            #expect(exists(tree.path + "/.dagroster/journal/other"))
        } else {
            #expect(!exists(tree.path))
        }
        guard loss != .removed else { return }
        try? FileManager.default.removeItem(atPath: tree.path)
        try FileManager.default.moveItem(atPath: away, toPath: tree.path)
        let next = try await tree.reopened()
        #expect(next.snapshot.directory == answered)
        try await tree.settle(next)
        #expect(try await tree.written() == answered)
    }

    @Test func `a tree that is back before anybody has looked is the same`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        let away = tree.path + "-away"
        try FileManager.default.moveItem(atPath: tree.path, toPath: away)
        try FileManager.default.moveItem(atPath: away, toPath: tree.path)
        try tree.write(tree.adaPath, tree.adaFile + "title: Countess\n")
        try await eventually {
            store.status.failure != nil || store.snapshot.directory.user(id: "u1")?.value(of: "title") == "Countess"
        }
        // It may have been looked at in between, on a busy machine.
        guard store.status.failure == nil else { return }
        _ = try await store.change(by: tree.requester, on: "u1") { _, _ in .deleteUser(id: "u1") }
        try await tree.settle(store)
        #expect(try await tree.written() == store.snapshot.directory)
    }
}
