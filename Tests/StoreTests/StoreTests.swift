import Foundation
import HashTreeCollections
import Roster
import SCIM
import Store
import Testing
import Tree
import YAML

struct StoreTests {
    @Test func `a change is on disk before it is answered`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        let snapshot = try await store.change(by: tree.requester) { _, _ in .createUser(tree.ada) }
        #expect(try tree.text("provisioned/users/ada@example.com.yaml") == tree.adaFile)
        #expect(snapshot.directory.user(named: "ada@example.com") == tree.ada)
        #expect(store.snapshot.directory == snapshot.directory)
        #expect(snapshot.modified["u1"] == tree.now)
    }

    @Test func `a restart serves the same from the files alone`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        let again = try await tree.reopened()
        #expect(again.snapshot.directory == store.snapshot.directory)
        #expect(again.snapshot.modified == store.snapshot.modified)
    }

    @Test func `a decision that changes nothing writes nothing`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        let before = try tree.files()
        _ = try await store.change(by: tree.requester) { _, _ in nil }
        #expect(try tree.files() == before)
    }

    @Test func `a refused mutation changes neither memory nor files`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        let before = try tree.files()
        await #expect(throws: RosterError.unknownUser("nobody")) {
            try await store.change(by: tree.requester) { _, _ in .deleteUser(id: "nobody") }
        }
        #expect(try tree.files() == before)
    }

    @Test func `a rename moves the file and rewrites the groups`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        _ = try await store.change(by: tree.requester) { _, _ in
            .changeUser(id: "u1", Assignments(["userName": "lovelace@example.com"]))
        }
        #expect(
            try tree.files().keys.sorted() == [
                "provisioned/groups/data-platform.yaml", "provisioned/users/lovelace@example.com.yaml",
            ]
        )
        #expect(try tree.text("provisioned/groups/data-platform.yaml").contains("  - lovelace@example.com\n"))
    }

    @Test func `a deletion takes the file and the memberships`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        _ = try await store.change(by: tree.requester) { _, _ in .deleteUser(id: "u1") }
        #expect(try tree.files().keys.sorted() == ["provisioned/groups/data-platform.yaml"])
        #expect(try !tree.text("provisioned/groups/data-platform.yaml").contains("members"))
    }

    @Test func `changes are announced with what a commit needs`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        store.close()
        let changes = await store.changes.reduce(into: [StoredChange]()) { $0.append($1) }
        #expect(changes.map(\.source) == ["entra", "entra"])
        #expect(changes.map(\.requestID) == ["r1", "r1"])
        #expect(changes.flatMap(\.lines).map(\.name) == ["ada@example.com", "Data Platform"])
        let file = FileChange(path: "provisioned/users/ada@example.com.yaml", bytes: Array(tree.adaFile.utf8))
        #expect(changes[0].files == [file])
    }

    @Test func `a closed gate refuses every write and says why`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store(gate: ClosedGate())
        await #expect(throws: StoreError.refused("the tree is on another branch")) {
            try await store.change(by: tree.requester) { _, _ in .createUser(tree.ada) }
        }
        #expect(try tree.files().isEmpty)
    }

    @Test func `an edit from outside is part of the state that the next change is made on`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        try tree.write("provisioned/users/ada@example.com.yaml", tree.adaFile + "title: Countess\n")
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        let text = try tree.text("provisioned/users/ada@example.com.yaml")
        #expect(text.contains("title: Countess\n") && text.contains("active: false\n"))
    }

    @Test func `a file that somebody broke is not overwritten`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        let broken = "<<<<<<< HEAD\n" + tree.adaFile
        try tree.write("provisioned/users/ada@example.com.yaml", broken)
        await #expect(throws: StoreError.self) {
            try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        }
        #expect(try tree.text("provisioned/users/ada@example.com.yaml") == broken)
    }

    @Test func `what cannot be written is refused, and memory agrees with the files`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        // A folder where the new file should go: rename refuses.
        try FileManager.default.createDirectory(
            atPath: tree.path + "/provisioned/users/grace.yaml/x",
            withIntermediateDirectories: true
        )
        let before = store.snapshot.directory
        await #expect(throws: StoreError.self) {
            try await store.change(by: tree.requester) { _, _ in
                .changeUser(id: "u1", Assignments(["userName": "grace"]))
            }
        }
        #expect(store.snapshot.directory == before)
        #expect(try tree.text("provisioned/users/ada@example.com.yaml") == tree.adaFile)
    }

    struct ClosedGate: WriteGate {
        func refusal() -> String? { "the tree is on another branch" }
    }
}
