import Foundation
import Roster
import SCIM
import Store
import Synchronization
import Testing
import Tree
import YAML

struct OutsideEditTests {
    @Test func `an edit from outside stays, with the change that was answered on top of it`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        try tree.write(tree.adaPath, tree.adaFile + "title: Countess\n")
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        try await tree.settle(store)
        let text = try tree.text(tree.adaPath)
        #expect(text.contains("title: Countess\n") && text.contains("active: false\n"))
        #expect(store.snapshot.directory.user(id: "u1")?.attributes["title"] == "Countess")
        #expect(try await tree.written() == store.snapshot.directory)
    }

    @Test func `a member who was added by hand stays when another one is added`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        for name in ["grace", "lin"] {
            _ = try await store.change(by: tree.requester) { _, _ in
                .createUser(User(id: name, created: nil, attributes: ["userName": .string(name)]))
            }
        }
        try await tree.settle(store)
        let path = "provisioned/groups/data-platform.yaml"
        try tree.write(path, tree.text(path).replacing("  - ada@example.com\n", with: "  - ada@example.com\n  - lin\n"))
        _ = try await store.change(by: tree.requester) { _, _ in
            .changeGroup(id: "g1", GroupChange(joining: [.user("grace")]))
        }
        try await tree.settle(store)
        #expect(try tree.text(path).contains("members:\n  - ada@example.com\n  - grace\n  - lin\n"))
    }

    @Test func `a file that somebody broke is not overwritten, and what was answered is set aside`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        let broken = "<<<<<<< HEAD\n" + tree.adaFile
        try tree.write(tree.adaPath, broken)
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        try await tree.settle(store)
        #expect(try tree.text(tree.adaPath) == broken)
        #expect(try tree.files(in: ".dagroster/set-aside").values.contains { $0.contains("active: false\n") })
        #expect(store.snapshot.broken.keptIDs == ["u1": tree.adaPath])
        await #expect(throws: StoreError.self) {
            try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": true])) }
        }
        // Mended, it takes writes again, and gets what was answered.
        try tree.write(tree.adaPath, tree.adaFile)
        try await eventually { try tree.text(tree.adaPath).contains("active: false\n") }
        #expect(store.snapshot.broken == BrokenFiles())
    }

    @Test func `a deletion does not take a file that somebody broke, but the memberships`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        try tree.write(tree.adaPath, "broken: [")
        _ = try await store.change(by: tree.requester) { _, _ in .deleteUser(id: "u1") }
        try await tree.settle(store)
        #expect(try tree.text(tree.adaPath) == "broken: [")
        #expect(try !tree.text("provisioned/groups/data-platform.yaml").contains("members"))
        // Mended, it goes: otherwise she would be back after the next start.
        try tree.write(tree.adaPath, tree.adaFile)
        try await eventually { try tree.files()[tree.adaPath] == nil }
    }

    @Test func `a file that is no record's is not overwritten`() async throws {
        let tree = try await TemporaryTree()
        let store = tree.store()
        try await tree.fill(store)
        try tree.write("provisioned/users/grace.yaml", "id: strange\n")
        try FileManager.default.createDirectory(
            atPath: tree.path + "/provisioned/users/lin.yaml",
            withIntermediateDirectories: true
        )
        for name in ["grace", "lin"] {
            _ = try await store.change(by: tree.requester) { _, _ in
                .createUser(User(id: name, created: nil, attributes: ["userName": .string(name)]))
            }
        }
        try await tree.settle(store)
        #expect(try tree.text("provisioned/users/grace.yaml") == "id: strange\n")
        let names = try tree.files().keys.filter { $0.contains("~") }.map { $0.split(separator: "~")[0] }
        #expect(names.sorted() == ["provisioned/users/grace", "provisioned/users/lin"])
    }

    @Test func `a file that somebody removed is written again with a change that was answered before`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        faults.set { $0.path.contains("/provisioned/") ? .error(EROFS) : nil }
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        try tree.remove(tree.adaPath)
        faults.set { _ in nil }
        try await tree.settle(store)
        #expect(try tree.text(tree.adaPath).contains("active: false\n"))
        #expect(store.snapshot.directory.user(id: "u1")?.isActive == false)
    }

    @Test func `people whose edits are refused keep the times of their files`() async throws {
        let tree = try await TemporaryTree()
        let first = tree.store()
        try await tree.fill(first)
        for id in ["grace", "lin"] {
            _ = try await first.change(by: tree.requester) { _, _ in
                .createUser(User(id: id, created: nil, attributes: ["userName": .string(id)]))
            }
        }
        first.close()
        try await first.closed()
        // One who was there from the start, and one who came later.
        let store = try await tree.reopened()
        _ = try await store.change(by: tree.requester) { _, _ in
            .createUser(User(id: "kim", created: nil, attributes: ["userName": "kim"]))
        }
        try await tree.settle(store)
        for id in ["grace", "kim"] {
            try tree.write("provisioned/users/\(id).yaml", "id: \(id)\nuserName: ada@example.com\n")
            await #expect(throws: StoreError.self) {
                try await store.change(by: tree.requester, on: id) { _, _ in nil }
            }
        }
        #expect(store.snapshot.broken.keptIDs.keys.sorted() == ["grace", "kim"])
        for id in ["u1", "grace", "lin", "kim"] {
            #expect(store.snapshot.directory.user(id: id)?.userName == (id == "u1" ? "ada@example.com" : id))
            #expect(store.snapshot.modified(id: id)?.wholeSeconds == tree.now.wholeSeconds, "\(id)")
        }
    }

    /// An edit of a record with an answered change goes through the journal, which needs a new segment for it.
    @Test(arguments: [true, false])
    func `an edit that finds no room in the journal while the store closes is not lost, nor is what was answered`(
        hasRoomLater: Bool
    ) async throws {
        let (tree, faults) = (try await TemporaryTree(), Faults())
        var limits = StoreLimits.tiny
        limits.closingAttempts = hasRoomLater ? 10_000 : 5
        let store = tree.store(limits: limits, disk: faults.disk)
        try await tree.fill(store)
        let isRefused = Mutex(0)
        faults.set { call in
            if call.kind == .rename, call.path.contains("/provisioned/") { return .error(EROFS) }
            guard call.kind == .open, call.path.contains("/journal/") else { return nil }
            isRefused.withLock { $0 += 1 }
            return .error(ENOSPC)
        }
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        let theirs = tree.adaFile + "title: \(String(repeating: "x", count: limits.segment))\n"
        try tree.write(tree.adaPath, theirs)
        try await eventually { isRefused.withLock { $0 } > 0 }
        store.close()
        if hasRoomLater {
            let count = isRefused.withLock { $0 }
            try await eventually { isRefused.withLock { $0 } > count + 2 }
            faults.set { _ in nil }
        }
        try? await store.closed()
        faults.set { _ in nil }
        if hasRoomLater {
            let text = try tree.text(tree.adaPath)
            #expect(text.contains("title: xxx") && text.contains("active: false\n"))
            #expect(try await tree.written() == store.snapshot.directory)
            #expect(try tree.files(in: ".dagroster/journal").isEmpty)
        } else {
            #expect(try tree.text(tree.adaPath) == theirs)
            let next = try await tree.reopened()
            #expect(next.snapshot.broken.keptIDs == ["u1": tree.adaPath])
            // As a change, or as what the file was to be where that had been begun.
            let kept = try tree.files(in: ".dagroster/set-aside").values
            #expect(kept.contains { $0.contains(#"["active",false]"#) || $0.contains("active: false\n") })
            next.close()
            try await next.closed()
            #expect(try tree.text(tree.adaPath) == theirs)
        }
    }
}
