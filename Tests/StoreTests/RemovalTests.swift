import Foundation
import Roster
import SCIM
import Store
import Testing
import Tree
import YAML

/// What somebody makes of a file in the very moment of its removal is not lost.
struct RemovalTests {
    private static let rename = Mutation.changeUser(id: "u1", Assignments(["userName": "countess"]))
    private static let deletion = Mutation.deleteUser(id: "u1")
    private let renamedPath = "provisioned/users/countess.yaml"
    private let setAside = ".dagroster/set-aside"

    private func filled(_ faults: Faults) async throws -> (tree: TemporaryTree, store: Store, theirs: String) {
        let tree = try await TemporaryTree()
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        return (tree, store, tree.adaFile + "title: Theirs\n")
    }

    /// Lets somebody write the file when it is about to be removed, and something else happen before a later call.
    private func edit(
        _ tree: TemporaryTree,
        _ theirs: String,
        _ faults: Faults,
        then later: @escaping @Sendable (DiskCall) -> DiskFault? = { _ in nil }
    ) {
        let isWritten = Flag()
        faults.set { [path = tree.adaPath] call in
            if call.kind == .remove, call.path.hasSuffix(path), isWritten.raise() {
                try? tree.write(path, theirs)
                return nil
            }
            return isWritten.isRaised ? later(call) : nil
        }
    }

    @Test func `an edit of a renamed record's old file goes into the new one`() async throws {
        let faults = Faults()
        let (tree, store, theirs) = try await filled(faults)
        edit(tree, theirs, faults)
        _ = try await store.change(by: tree.requester) { _, _ in Self.rename }
        try await eventually { (try? tree.text(renamedPath).contains("title: Theirs\n")) == true }
        try await tree.settle(store)
        #expect(try tree.files().keys.sorted() == ["provisioned/groups/data-platform.yaml", renamedPath])
        #expect(store.snapshot.directory.user(id: "u1")?.value(of: "title") == "Theirs")
        #expect(store.snapshot.broken == BrokenFiles())
        #expect(try await tree.written() == store.snapshot.directory)
        store.close()
        try await store.closed()
        #expect(tree.paths(in: ".dagroster/files") == [])
    }

    @Test func `an edit of a deleted record's file is kept aside, and told`() async throws {
        let faults = Faults()
        let (tree, store, theirs) = try await filled(faults)
        edit(tree, theirs, faults)
        _ = try await store.change(by: tree.requester) { _, _ in Self.deletion }
        try await tree.settle(store)
        let kept = try tree.files(in: setAside)
        #expect(kept.values.contains { $0.hasSuffix(theirs) })
        #expect(tree.events.all.contains(.setAside(path: tree.adaPath, kept: kept.keys.first ?? "")))
        #expect(try tree.files()[tree.adaPath] == nil)
        #expect(store.snapshot.directory.user(id: "u1") == nil)
        #expect(store.snapshot.broken == BrokenFiles())
    }

    @Test func `another record's file in the place of one that goes stays`() async throws {
        let faults = Faults()
        let (tree, store, _) = try await filled(faults)
        edit(tree, "id: u2\nuserName: grace\n", faults)
        _ = try await store.change(by: tree.requester) { _, _ in Self.deletion }
        try await eventually { store.snapshot.directory.user(id: "u2") != nil }
        try await tree.settle(store)
        #expect(try tree.text(tree.adaPath) == "id: u2\nuserName: grace\n")
        #expect(store.snapshot.directory.users.map(\.id) == ["u2"])
    }

    @Test(arguments: [Self.rename, Self.deletion])
    func `a file that comes while an edited one is given back leaves both`(mutation: Mutation) async throws {
        let faults = Faults()
        let (tree, store, theirs) = try await filled(faults)
        let later = tree.adaFile + "title: Later\n"
        let isWritten = Flag()
        edit(tree, theirs, faults) { [path = tree.adaPath] call in
            guard call.kind == .rename, call.path.hasSuffix(path), isWritten.raise() else { return nil }
            try? tree.write(path, later)
            return nil
        }
        _ = try await store.change(by: tree.requester) { _, _ in mutation }
        try await eventually { tree.events.all.contains { if case .setAside = $0 { true } else { false } } }
        try await tree.settle(store)
        let texts = Array(try tree.files(in: setAside).values) + Array(try tree.files().values)
        #expect(texts.contains { $0.hasSuffix(theirs) })
        #expect(texts.contains { $0.contains("title: Later\n") })
    }

    /// The machine stops right after the file was moved aside; nothing has looked at it yet.
    @Test(arguments: [Self.rename, Self.deletion])
    func `an edit is there after a stop in the middle of a removal`(mutation: Mutation) async throws {
        let faults = Faults()
        let (tree, store, theirs) = try await filled(faults)
        edit(tree, theirs, faults) { _ in .error(EIO) }
        _ = try await store.change(by: tree.requester) { _, _ in mutation }
        try await eventually { store.status.fileTrouble != nil }
        await faults.stop(store)
        #expect(try tree.files()[tree.adaPath] == nil)
        let next = try await tree.reopened()
        #expect(try tree.text(tree.adaPath) == theirs)
        #expect(next.snapshot.broken.problems.keys.contains { $0 == tree.adaPath || $0 == renamedPath })
        #expect(try tree.files(in: setAside).values.contains { $0.contains("would have been removed") })
        next.close()
        try await next.closed()
        #expect(try tree.text(tree.adaPath) == theirs)
        #expect(tree.paths(in: ".dagroster/files") == [])
    }

    @Test func `a disk that fails in the middle of a removal gives the edit back as soon as it works`() async throws {
        let faults = Faults()
        let (tree, store, theirs) = try await filled(faults)
        edit(tree, theirs, faults) { $0.path.contains("/journal/") ? nil : .error(EIO) }
        _ = try await store.change(by: tree.requester) { _, _ in Self.rename }
        try await eventually { store.status.fileTrouble != nil }
        faults.set { _ in nil }
        try await eventually { (try? tree.text(renamedPath).contains("title: Theirs\n")) == true }
        try await tree.settle(store)
        #expect(try tree.files()[tree.adaPath] == nil)
        #expect(try await tree.written() == store.snapshot.directory)
    }

    @Test func `a folder of waiting files that somebody removed is no hindrance to a removal`() async throws {
        let faults = Faults()
        let (tree, store, _) = try await filled(faults)
        let isRemoved = Flag()
        faults.set { [path = tree.adaPath] call in
            guard call.kind == .remove, call.path.hasSuffix(path), isRemoved.raise() else { return nil }
            try? tree.remove(".dagroster/files")
            return nil
        }
        _ = try await store.change(by: tree.requester) { _, _ in Self.deletion }
        try await tree.settle(store)
        #expect(try tree.files()[tree.adaPath] == nil)
    }
}
