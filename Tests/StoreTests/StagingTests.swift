import Foundation
import Roster
import SCIM
import Store
import Synchronization
import Testing
import Tree

/// Files that were replaced are written over by later contents, and nobody else's are.
struct StagingTests {
    private let folder = ".dagroster/files"

    private func retitle(_ store: Store, _ tree: TemporaryTree, _ title: String) async throws {
        _ = try await store.change(by: tree.requester) { _, _ in
            .changeUser(id: "u1", Assignments(["title": .string(title)]))
        }
        try await tree.settle(store)
    }

    private func filled() async throws -> (tree: TemporaryTree, store: Store) {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        return (tree, store)
    }

    @Test func `a replaced file waits to be written over, and is gone with the store`() async throws {
        let (tree, store) = try await filled()
        for title in ["Analyst", "Countess of Lovelace", "Author"] {
            try await retitle(store, tree, title)
            #expect(tree.paths(in: folder).count == 1)
            #expect(try tree.text(tree.adaPath).contains("title: \(title)\n"))
        }
        store.close()
        try await store.closed()
        #expect(tree.paths(in: folder) == [])
        #expect(try tree.files().count == 2)
    }

    @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/dev/shm"), "there is no second file system"))
    func `local state on a volume of its own is no hindrance`() async throws {
        let tree = try await TemporaryTree()
        let volume = "/dev/shm/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: volume, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: volume) }
        try FileManager.default.createDirectory(atPath: tree.path + "/.dagroster", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: "\(tree.path)/\(folder)", withDestinationPath: volume)
        let store = tree.store()
        try await tree.fill(store)
        for title in ["Analyst", "Author"] { try await retitle(store, tree, title) }
        store.close()
        try await store.closed()
        #expect(try tree.text(tree.adaPath).contains("title: Author\n"))
        #expect(try tree.files().count == 2)
    }

    @Test func `a file system that lets no files change places is no hindrance`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store(disk: Disk(hasRenameRules: false))
        try await tree.fill(store)
        try await retitle(store, tree, "Author")
        #expect(try tree.text(tree.adaPath).contains("title: Author\n"))
        let path = "provisioned/users/grace.yaml"
        try tree.write(path, "not ours: true\n")
        _ = try? await store.change(by: tree.requester) { _, _ in
            .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"]))
        }
        store.close()
        try await store.closed()
        #expect(try tree.text(path) == "not ours: true\n")
        #expect(tree.paths(in: folder) == [])
    }

    @Test func `a second name of a file keeps what it was`() async throws {
        let (tree, store) = try await filled()
        let copy = tree.path + "/copy.yaml"
        try FileManager.default.linkItem(atPath: tree.path + "/" + tree.adaPath, toPath: copy)
        for title in ["Analyst", "Author", "Countess"] { try await retitle(store, tree, title) }
        #expect(try tree.text("copy.yaml") == tree.adaFile)
    }

    @Test func `somebody who reads slowly reads one content to its end`() async throws {
        let (tree, store) = try await filled()
        let reader = try #require(FileHandle(forReadingAtPath: tree.path + "/" + tree.adaPath))
        let first = try #require(try reader.read(upToCount: 10))
        for title in ["Analyst", "Author", "Countess"] { try await retitle(store, tree, title) }
        let rest = try #require(try reader.readToEnd())
        #expect(String(decoding: first + rest, as: UTF8.self) == tree.adaFile)
    }

    @Test func `a file that somebody writes in the moment of its replacement is theirs`() async throws {
        let (tree, faults) = (try await TemporaryTree(), Faults())
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        let theirs = tree.adaFile + "title: Theirs\n"
        let isWritten = Flag()
        faults.set { call in
            guard call.kind == .rename, call.path.hasSuffix(tree.adaPath), isWritten.raise() else { return nil }
            try? tree.write(tree.adaPath, theirs)
            return nil
        }
        _ = try await store.change(by: tree.requester) { _, _ in
            .changeUser(id: "u1", Assignments(["displayName": "Ada"]))
        }
        // Both are kept: hers and what was answered.
        try await eventually {
            let text = try tree.text(tree.adaPath)
            return text.contains("title: Theirs\n") && text.contains("displayName: Ada\n")
        }
        let directory = store.snapshot.directory
        #expect(directory.user(id: "u1")?.value(of: "title") == "Theirs")
        #expect(directory.user(id: "u1")?.displayName == "Ada")
    }

    @Test func `a file that somebody makes where a new one is to be is theirs`() async throws {
        let (tree, faults) = (try await TemporaryTree(), Faults())
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        let path = "provisioned/users/grace.yaml"
        let isWritten = Flag()
        faults.set { call in
            guard call.kind == .rename, call.path.hasSuffix(path), isWritten.raise() else { return nil }
            try? tree.write(path, "not ours: true\n")
            return nil
        }
        _ = try await store.change(by: tree.requester) { _, _ in
            .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"]))
        }
        try await eventually { store.snapshot.broken.problems[path] != nil }
        #expect(try tree.text(path) == "not ours: true\n")
    }
}

/// Something that happens once.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock { $0 } }

    /// Whether it had not happened yet.
    func raise() -> Bool {
        state.withLock { isRaised in
            defer { isRaised = true }
            return !isRaised
        }
    }
}
