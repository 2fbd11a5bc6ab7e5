import Foundation
import Roster
import SCIM
import Store
import Testing
import Tree

/// A tree that is not where it was any more takes no writes, and says so.
struct TreeLossTests {
    enum Loss {
        case moved
        case replaced
        case removed
    }

    /// What makes the store look.
    enum Notice {
        /// The system tells.
        case told
        /// The folders are looked through from time to time.
        case polled
        /// There is something to write.
        case written
    }

    /// A watch that never tells anything.
    private struct Silence: FolderWatch {
        func start(_ tell: @escaping @Sendable (FolderNews) -> Void) {}

        func stop() {}
    }

    private static let foreign = "id: other\nuserName: other\n"

    /// Another tree has a record, and local state under the names of ours.
    private func lose(_ tree: TemporaryTree, _ away: String, _ loss: Loss) throws {
        if loss == .removed {
            // The store may take a file away while the folder is emptied, which stops the first attempt.
            for _ in 0..<9 where exists(tree.path) { try? FileManager.default.removeItem(atPath: tree.path) }
            return try #require(!exists(tree.path))
        }
        let state = try tree.files(in: ".dagroster").keys
        try FileManager.default.moveItem(atPath: tree.path, toPath: away)
        guard loss == .replaced else { return }
        try FileManager.default.createDirectory(atPath: tree.path, withIntermediateDirectories: false)
        for file in [tree.adaPath] + state {
            let folder = URL(filePath: tree.path + "/" + file).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try tree.write(file, Self.foreign)
        }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func expectRefusal(_ store: Store, _ tree: TemporaryTree, _ loss: Loss) async {
        for id in ["u1", nil] {
            await #expect {
                try await store.change(by: tree.requester, on: id) { _, _ in
                    .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"]))
                }
            } throws: { error in
                switch error {
                case StoreError.disagreement(let words):
                    return words.contains("\"\(tree.path)\" was removed or moved away")
                // Looked at while it was emptied, when no record was left and the folder was.
                case StoreError.unknownRecords: return loss == .removed
                default: return false
                }
            }
        }
    }

    /// A journal that is removed takes nothing that could be written.
    @Test(arguments: [
        (Loss.moved, Notice.told), (.moved, .polled), (.moved, .written), (.replaced, .told), (.replaced, .polled),
        (.replaced, .written), (.removed, .told), (.removed, .polled),
    ])
    func `a tree that is lost is noticed, and nothing is written until a restart`(
        loss: Loss,
        notice: Notice
    ) async throws {
        let tree = try await TemporaryTree()
        var limits = StoreLimits.quick
        limits.scan = .milliseconds(50)
        let watches: [Notice: any FolderWatch] = [.polled: NoWatch(), .written: Silence()]
        let store = tree.store(limits: limits, watch: watches[notice])
        try await tree.fill(store)
        // The file that is replaced waits to be written over.
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["title": "Lady"])) }
        try await tree.settle(store)
        let away = tree.path + "-away"
        defer { try? FileManager.default.removeItem(atPath: away) }
        try lose(tree, away, loss)
        let there = try tree.files(in: ".")
        if notice == .written {
            // Answered, and in the journal alone, wherever that is now.
            _ = try await store.change(by: tree.requester) { _, _ in
                .changeUser(id: "u1", Assignments(["title": "Countess"]))
            }
        }
        let answered = store.snapshot.directory
        try await eventually { store.status.failure != nil }
        await expectRefusal(store, tree, loss)
        // Who saw the files go one by one may have taken that for edits.
        #expect(loss == .removed || store.snapshot.directory == answered)
        #expect(tree.events.all.filter { if case .failed = $0 { true } else { false } }.count == 1)
        store.close()
        if notice == .written {
            let failure = await #expect(throws: StoreError.self) { try await store.closed() }
            #expect(failure?.description == store.status.failure)
        } else {
            try await store.closed()
        }
        // What is there instead is as it was.
        #expect(exists(tree.path) == (loss == .replaced))
        #expect(try tree.files(in: ".") == there)
        guard loss != .removed else { return }
        #expect(there.values.allSatisfy { $0 == Self.foreign } && there.isEmpty == (loss == .moved))
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
