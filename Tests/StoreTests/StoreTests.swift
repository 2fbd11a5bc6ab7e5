import Foundation
import HashTreeCollections
import Roster
import SCIM
import Store
import Testing
import Tree
import YAML

struct StoreTests {
    @Test func `a change is in the journal when it is answered, and soon in the files`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        let snapshot = try await store.change(by: tree.requester) { _, _ in .createUser(tree.ada) }
        #expect(try tree.files(in: ".dagroster/journal").values.contains { $0.contains("ada@example.com") })
        try await tree.settle(store)
        #expect(try tree.text(tree.adaPath) == tree.adaFile)
        #expect(snapshot.directory.user(named: "ada@example.com") == tree.ada)
        #expect(store.snapshot.directory == snapshot.directory)
        #expect(snapshot.modified(id: "u1") == tree.now)
    }

    @Test func `a restart serves the same from the files alone, and a closed store leaves no journal`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        store.close()
        try await store.closed()
        #expect(try tree.files(in: ".dagroster/journal").isEmpty)
        let again = try await tree.reopened()
        #expect(again.snapshot.directory == store.snapshot.directory)
        for id in ["u1", "g1"] { #expect(again.snapshot.modified(id: id) == store.snapshot.modified(id: id)) }
    }

    @Test func `each record has the time of its own file, whichever files are left out`() async throws {
        let tree = try await TemporaryTree()
        let files = [
            ("groups/a", "id: g1\ndisplayName: A\n", "g1"), ("users/a", "id: u1\nuserName: a\n", "u1"),
            ("users/b", "id: u1\nuserName: b\n", nil), ("users/c", "id: [", nil),
            ("users/d", "id: u2\nuserName: d\n", "u2"), ("users/e", "id: u3\nuserName: A\n", nil),
            ("users/f", "id: u4\nuserName: f\n", "u4"), ("groups/b", "id: u2\ndisplayName: B\n", nil),
            ("groups/c", "id: g2\ndisplayName: C\n", "g2"),
        ]
        for (number, (name, text, _)) in files.enumerated() {
            try tree.write("provisioned/\(name).yaml", text)
            let time = Date(timeIntervalSince1970: Double(1_700_000_000 + number))
            let path = tree.path + "/provisioned/\(name).yaml"
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
        }
        let snapshot = try await tree.reopened().snapshot
        for (number, (_, _, id)) in files.enumerated() {
            guard let id else { continue }
            let time = Timestamp(milliseconds: (1_700_000_000 + number) * 1000)
            #expect(snapshot.modified(id: id) == time, "\(id)")
        }
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
        try await tree.settle(store)
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
        try await tree.settle(store)
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
        let ada = FileChange(path: tree.adaPath, bytes: Array(tree.adaFile.utf8))
        #expect(changes.flatMap(\.files).filter { $0.path == tree.adaPath } == [ada])
        #expect(changes.flatMap(\.files).count == 2)
        #expect(changes.last?.endsBatch == true)
    }

    @Test func `a closed gate refuses every write and says why`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store(gate: ClosedGate())
        await #expect(throws: StoreError.refused("the tree is on another branch")) {
            try await store.change(by: tree.requester) { _, _ in .createUser(tree.ada) }
        }
        #expect(try tree.files().isEmpty)
    }

    struct ClosedGate: WriteGate {
        func refusal() -> String? { "the tree is on another branch" }
    }
}
