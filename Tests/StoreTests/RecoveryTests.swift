import Foundation
import HashTreeCollections
import Roster
import SCIM
import Store
import Testing
import Tree
import YAML

struct RecoveryTests {
    /// Ada in Data Platform in the files, and a change of hers in the journal alone.
    private func interrupted(_ mutation: Mutation) async throws -> (tree: TemporaryTree, directory: Directory) {
        let tree = try await TemporaryTree()
        let first = tree.store()
        try await tree.fill(first)
        first.close()
        try await first.closed()
        let store = try await tree.reopened(limits: .withoutFiles)
        let after = try await store.change(by: tree.requester) { _, _ in mutation }
        return (tree, after.directory)
    }

    @Test(arguments: [
        Mutation.changeUser(id: "u1", Assignments(["active": false])),
        .changeUser(id: "u1", Assignments(["userName": "lovelace"])),
        .deleteUser(id: "u1"),
        .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"])),
        .changeGroup(id: "g1", GroupChange(leaving: [.user("u1")])),
        .deleteGroup(id: "g1"),
    ])
    func `what was answered and is in no file yet is there after a restart`(mutation: Mutation) async throws {
        let (tree, directory) = try await interrupted(mutation)
        #expect(try await tree.written() != directory)
        let store = try await tree.reopened()
        #expect(store.snapshot.directory == directory)
        #expect(store.snapshot.broken == BrokenFiles())
        store.close()
        try await store.closed()
        #expect(try await tree.written() == directory)
        let changes = await store.changes.reduce(into: [StoredChange]()) { $0.append($1) }
        #expect(changes.map(\.mutation) == [mutation])
        #expect(changes.map(\.requestID) == ["r1"])
        #expect(try tree.files(in: ".dagroster/journal").isEmpty)
    }

    @Test func `what is answered after somebody removed the journal is there after a restart`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store(limits: .withoutFiles)
        let name = { @Sendable (id: String) in User(id: id, created: nil, attributes: ["userName": .string(id)]) }
        _ = try await store.change(by: tree.requester) { _, _ in .createUser(name("lost")) }
        try tree.remove(".dagroster/journal")
        _ = try await store.change(by: tree.requester) { _, _ in .createUser(name("kept")) }
        let reopened = try await tree.reopened()
        #expect(reopened.snapshot.directory.userIDs.contains("kept"))
        withExtendedLifetime(store) {}
    }

    @Test func `a file that somebody changed while answered changes waited is kept`() async throws {
        let (tree, _) = try await interrupted(.changeUser(id: "u1", Assignments(["active": false])))
        let edited = tree.adaFile + "title: Countess\n"
        try tree.write(tree.adaPath, edited)
        let store = try await tree.reopened()
        #expect(store.snapshot.broken.keptIDs == ["u1": tree.adaPath])
        let aside = try tree.files(in: ".dagroster/set-aside")
        #expect(aside.values.contains { $0.contains(#""active""#) })
        let hint = store.snapshot.broken.problems[tree.adaPath]?.hint
        #expect(hint == "what was answered is in \(aside.keys.first ?? "")")
        await #expect(throws: StoreError.self) {
            try await store.change(by: tree.requester) { _, _ in .deleteUser(id: "u1") }
        }
        store.close()
        try await store.closed()
        #expect(try tree.text(tree.adaPath) == edited)
    }

    @Test func `a group that somebody changed meanwhile is kept while the person's deletion is made`() async throws {
        let (tree, _) = try await interrupted(.deleteUser(id: "u1"))
        let path = "provisioned/groups/data-platform.yaml"
        let edited = try tree.text(path) + "externalId: by-hand\n"
        try tree.write(path, edited)
        let store = try await tree.reopened()
        #expect(store.snapshot.directory.user(id: "u1") == nil)
        #expect(store.snapshot.broken.keptIDs == ["g1": path])
        store.close()
        try await store.closed()
        #expect(try tree.text(path) == edited)
        #expect(try tree.files()[tree.adaPath] == nil)
    }

    @Test func `answered changes wait while HEAD is on another branch`() async throws {
        let (tree, _) = try await interrupted(.deleteUser(id: "u1"))
        await #expect(throws: JournalError.waiting(count: 1, reason: "the tree is on another branch")) {
            try await tree.reopened(gate: StoreTests.ClosedGate())
        }
        #expect(try await tree.reopened().snapshot.directory.user(id: "u1") == nil)
    }

    /// Files that were about to be replaced when the machine stopped: a rename of Ada, whose group lists her.
    private func interruptedBatch() async throws -> TemporaryTree {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        faults.set { $0.kind == .rename && $0.path.contains("/groups/") ? .error(EIO) : nil }
        _ = try await store.change(by: tree.requester) { _, _ in
            .changeUser(id: "u1", Assignments(["userName": "lovelace"]))
        }
        try await eventually { store.status.fileTrouble != nil }
        await faults.stop(store)
        return tree
    }

    @Test func `a batch of files that was interrupted is finished before anything is read`() async throws {
        let tree = try await interruptedBatch()
        // Both of her files, and the group by her old name.
        #expect(try tree.files().keys.filter { $0.hasSuffix(".yaml") }.count == 3)
        _ = try Recovery(root: tree.path)
        #expect(
            try tree.files().keys.sorted() == [
                "provisioned/groups/data-platform.yaml", "provisioned/users/lovelace.yaml",
            ]
        )
        #expect(try tree.text("provisioned/groups/data-platform.yaml").contains("  - lovelace\n"))
        let store = try await tree.reopened()
        #expect(store.snapshot.broken == BrokenFiles())
        #expect(store.snapshot.directory.groupIDs(containing: "u1") == ["g1"])
    }

    @Test func `nothing is finished while HEAD is on another branch`() async throws {
        let tree = try await interruptedBatch()
        let before = try tree.files()
        #expect(throws: JournalError.waiting(count: 1, reason: "the tree is on another branch")) {
            try Recovery(root: tree.path, gate: StoreTests.ClosedGate())
        }
        #expect(try tree.files() == before)
        #expect(try await tree.reopened().snapshot.directory.user(named: "lovelace") != nil)
    }

    @Test func `a file that somebody changed in the middle of a batch is kept, and its new content set aside`()
        async throws
    {
        let tree = try await interruptedBatch()
        let path = "provisioned/groups/data-platform.yaml"
        let edited = try tree.text(path).replacing("ada@example.com", with: "lovelace") + "externalId: by-hand\n"
        try tree.write(path, edited)
        let store = try await tree.reopened()
        #expect(store.snapshot.broken.keptIDs == ["g1": path])
        #expect(try tree.files(in: ".dagroster/set-aside").values.contains { $0.contains("  - lovelace\n") })
        store.close()
        try await store.closed()
        #expect(try tree.text(path) == edited)
    }

    @Test func `a store that does not read the journal does not write into it`() async throws {
        let (tree, _) = try await interrupted(.deleteUser(id: "u1"))
        let store = tree.store()
        await #expect(throws: StoreError.self) {
            try await store.change(by: tree.requester) { _, _ in
                .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"]))
            }
        }
        #expect(try await tree.reopened().snapshot.directory.user(id: "u1") == nil)
    }
}
