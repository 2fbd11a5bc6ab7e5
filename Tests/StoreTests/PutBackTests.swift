import Foundation
import Roster
import SCIM
import Store
import Synchronization
import Testing

/// Files that git puts back to what the last commit holds of them, while answered changes are in no commit yet.
struct PutBackTests {
    /// A log of a store whose changes are in commits when the test says so.
    private final class Log: WriteLog {
        private let open = Mutex(0)

        func note(_ files: [NotedFile], of changes: Int) { open.withLock { $0 += changes } }

        var uncommitted: Int { open.withLock { $0 } }

        func commit() { open.withLock { $0 = 0 } }
    }

    /// Ada in Data Platform, in a commit.
    private func filled(_ disk: Disk = Disk()) async throws -> (tree: TemporaryTree, store: Store, log: Log) {
        let (tree, log) = (try await TemporaryTree(), Log())
        let store = tree.store(log: log, disk: disk)
        try await tree.fill(store)
        log.commit()
        return (tree, store, log)
    }

    /// Makes a change, waits until the files have it, puts files back to what they were, and waits until that is noticed.
    private func putBack(
        after mutation: Mutation,
        _ tree: TemporaryTree,
        _ store: Store,
        _ paths: [String]
    ) async throws -> (answered: [String: String], directory: Directory) {
        let before = try paths.map { ($0, try tree.text($0)) }
        _ = try await store.change(by: tree.requester) { _, _ in mutation }
        try await tree.settle(store)
        let (answered, directory) = (try tree.files(), store.snapshot.directory)
        for (path, text) in before { try tree.write(path, text) }
        return (answered, directory)
    }

    private static let (adaPath, groupPath) = (
        "provisioned/users/ada@example.com.yaml", "provisioned/groups/data-platform.yaml"
    )

    private static let changes: [(Mutation, [String])] = [
        (.changeUser(id: "u1", Assignments(["active": false])), [adaPath]),
        (.changeGroup(id: "g1", GroupChange(leaving: [.user("u1")])), [groupPath]),
        (.changeGroup(id: "g1", GroupChange(assignments: Assignments(["externalId": "x"]))), [groupPath]),
        // Of a record that has another file now, or none, the old one goes again.
        (.changeUser(id: "u1", Assignments(["userName": "lovelace"])), [adaPath, groupPath]),
        (.deleteUser(id: "u1"), [adaPath, groupPath]),
        (.deleteGroup(id: "g1"), [groupPath]),
    ]

    @Test(arguments: changes)
    func `what was answered is written again`(mutation: Mutation, paths: [String]) async throws {
        let (tree, store, _) = try await filled()
        let (answered, directory) = try await putBack(after: mutation, tree, store, paths)
        try await eventually {
            guard try tree.files() == answered, store.status.changesBehind == 0 else { return false }
            return tree.events.all.contains { if case .putBack = $0 { true } else { false } }
        }
        #expect(store.snapshot.directory == directory)
        #expect(store.status.brokenFiles.isEmpty)
        #expect(!tree.events.all.contains { if case .edited = $0 { true } else { false } })
        #expect(try await tree.written() == directory)
    }

    @Test func `a file that cannot be removed again is tried again, and its name is free then`() async throws {
        let faults = Faults()
        let (tree, store, _) = try await filled(faults.disk)
        let failed = Mutex(false)
        _ = try await store.change(by: tree.requester) { _, _ in .deleteUser(id: "u1") }
        try await tree.settle(store)
        faults.set { call in
            guard call.kind == .remove, call.path.hasSuffix(tree.adaPath) else { return nil }
            failed.withLock { $0 = true }
            return .error(EROFS)
        }
        try tree.write(tree.adaPath, tree.adaFile)
        try await eventually { failed.withLock { $0 } }
        faults.set { _ in nil }
        try await eventually { try tree.files()[tree.adaPath] == nil }
        _ = try await store.change(by: tree.requester) { _, _ in
            .createUser(User(id: "u2", created: nil, attributes: ["userName": "ada@example.com"]))
        }
        try await tree.settle(store)
        #expect(try tree.text(tree.adaPath).contains("id: u2\n"))
        #expect(store.snapshot.directory.userIDs.count == 1)
    }

    @Test func `what is in a commit is edited, and so is a file that holds something else`() async throws {
        for isCommitted in [true, false] {
            let (tree, store, log) = try await filled()
            _ = try await store.change(by: tree.requester) { _, _ in
                .changeUser(id: "u1", Assignments(["active": false]))
            }
            try await tree.settle(store)
            if isCommitted { log.commit() }
            try tree.write(tree.adaPath, isCommitted ? tree.adaFile : tree.adaFile + "title: Countess\n")
            try await eventually { store.snapshot.directory.user(id: "u1")?.isActive == true }
            try await eventually { tree.events.all.contains(.edited(files: 1)) }
            #expect(!tree.events.all.contains { if case .putBack = $0 { true } else { false } })
        }
    }
}
