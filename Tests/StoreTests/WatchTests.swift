import Foundation
import Roster
import SCIM
import Store
import Synchronization
import Testing
import Tree
import YAML

/// What others do to the files becomes part of the state without any request that would make the store look.
struct WatchTests {
    private let grace = "provisioned/users/grace.yaml"
    private let group = "provisioned/groups/data-platform.yaml"

    private func filled(
        _ watch: (any FolderWatch)? = nil,
        gate: any WriteGate = OpenGate()
    ) async throws -> (tree: TemporaryTree, store: Store) {
        let tree = try await TemporaryTree()
        var limits = StoreLimits.quick
        limits.scan = .milliseconds(50)
        let store = tree.store(gate: gate, limits: limits, watch: watch)
        try await tree.fill(store)
        return (tree, store)
    }

    /// A watch that knows only that something happened, as after too many events, and one that there is not.
    private final class Vague: FolderWatch {
        private let tell = Mutex<[@Sendable (FolderNews) -> Void]>([])

        func start(_ tell: @escaping @Sendable (FolderNews) -> Void) { self.tell.withLock { $0 = [tell] } }

        func stop() {}

        func say() { for tell in tell.withLock({ $0 }) { tell(.anything) } }
    }

    @Test func `an edited file is read`() async throws {
        let (tree, store) = try await filled()
        let text = tree.adaFile + "title: Countess\n"
        try tree.write(tree.adaPath, text)
        try await eventually { store.snapshot.directory.user(id: "u1")?.attributes["title"] == "Countess" }
        #expect(try tree.text(tree.adaPath) == text)
        try await eventually { tree.events.all.contains(.edited(files: 1)) }
        #expect(store.status.changesBehind == 0)
    }

    @Test
    func `where the system tells of nothing in particular, and where it tells nothing, everything is looked through`()
        async throws
    {
        let vague = Vague()
        for watch in [vague, NoWatch()] as [any FolderWatch] {
            let (tree, store) = try await filled(watch)
            try tree.write(tree.adaPath, tree.adaFile + "title: Countess\n")
            vague.say()
            try await eventually { store.snapshot.directory.user(id: "u1")?.attributes["title"] == "Countess" }
            #expect(try await tree.written() == store.snapshot.directory)
        }
    }

    @Test func `what changes between the listing and the start is read, without looking through everything`()
        async throws
    {
        let (tree, store) = try await filled()
        store.close()
        try await store.closed()
        let temporary = "provisioned/users/\(DurableFile.temporaryPrefix)left"
        try tree.write(temporary, "")
        // Long ago, so that nothing is read again because it is young.
        for path in [tree.adaPath, group] { try tree.write(path, try tree.text(path)) }
        let recovery = try Recovery(root: tree.path)
        let contents = try await TreeReader.read(FolderSource(tree.path, observer: recovery.listing))
        #expect(contents.states.map(\.path).sorted() == [group, tree.adaPath])
        try tree.write(tree.adaPath, tree.adaFile + "title: Countess\n")
        try tree.write(grace, "id: by-hand\nuserName: grace\n")
        var limits = StoreLimits.quick
        limits.scan = .seconds(3600)
        let options = StoreOptions(limits: limits, report: tree.report)
        let started = try Store.open(recovery, contents: contents, options: options) { tree.now }
        try await eventually { started.snapshot.directory.user(id: "u1")?.attributes["title"] == "Countess" }
        try await eventually { started.snapshot.directory.user(named: "grace")?.id == "by-hand" }
        #expect(tree.paths(in: "provisioned/users").sorted() == [tree.adaPath, grace])
        // And what comes later.
        try tree.remove(grace)
        try await eventually { started.snapshot.directory.user(named: "grace") == nil }
        #expect(started.status.brokenFiles.isEmpty)
        started.close()
        try await started.closed()
    }

    @Test func `a name whose file has just appeared is taken`() async throws {
        let (tree, store) = try await filled()
        try tree.write(grace, "id: by-hand\nuserName: grace\n")
        await #expect(throws: RosterError.userNameTaken("grace", by: "by-hand")) {
            try await store.change(by: tree.requester) { _, _ in
                .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"]))
            }
        }
        #expect(try tree.files().count == 3)
    }

    @Test func `whether there is something to do is decided on the file as it is`() async throws {
        let (tree, store) = try await filled()
        try tree.write(tree.adaPath, tree.adaFile.replacing("active: true", with: "active: false"))
        let seen = Mutex<Bool?>(nil)
        _ = try await store.change(by: tree.requester, on: "u1") { snapshot, _ in
            seen.withLock { $0 = snapshot.directory.user(id: "u1")?.isActive }
            return nil
        }
        #expect(seen.withLock { $0 } == false)
    }

    @Test func `a record whose file is removed is gone, and files that name it stay as they are`() async throws {
        let (tree, store) = try await filled()
        let before = try tree.text(group)
        try tree.remove(tree.adaPath)
        try await eventually { store.snapshot.directory.user(id: "u1") == nil }
        #expect(store.snapshot.directory.group(id: "g1")?.unresolved.users == ["ada@example.com"])
        #expect(try tree.text(group) == before)
        #expect(try await tree.written() == store.snapshot.directory)
        // She is back where she was with her file.
        try tree.write(tree.adaPath, tree.adaFile)
        try await eventually { store.snapshot.directory.groupIDs(containing: "u1") == ["g1"] }
        #expect(try await tree.written() == store.snapshot.directory)
    }

    @Test func `a file that is moved stays its record's`() async throws {
        let (tree, store) = try await filled()
        let moved = "provisioned/users/moved.yaml"
        try FileManager.default.moveItem(atPath: tree.path + "/" + tree.adaPath, toPath: tree.path + "/" + moved)
        try await eventually { tree.events.all.contains(.edited(files: 1)) }
        #expect(store.snapshot.directory.groupIDs(containing: "u1") == ["g1"])
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        try await tree.settle(store)
        #expect(try tree.files().keys.sorted() == [group, tree.adaPath])
    }

    @Test func `a file that cannot be read is named and keeps its record, and is free as soon as it is mended`()
        async throws
    {
        let (tree, store) = try await filled()
        try tree.write(tree.adaPath, "<<<<<<< HEAD\n")
        try await eventually { store.snapshot.broken.keptIDs == ["u1": tree.adaPath] }
        #expect(store.snapshot.directory.user(id: "u1") == tree.ada)
        await #expect(throws: StoreError.self) { try await store.change(by: tree.requester, on: "u1") { _, _ in nil } }
        try tree.write(tree.adaPath, tree.adaFile)
        _ = try await store.change(by: tree.requester, on: "u1") { _, _ in
            .changeUser(id: "u1", Assignments(["active": false]))
        }
        try await eventually { tree.events.all.contains(.mended(path: tree.adaPath)) }
    }

    @Test func `a new file that cannot be read makes its record unknown until it is mended`() async throws {
        let (tree, store) = try await filled()
        try tree.write(grace, "id: [\n")
        try await eventually { store.snapshot.broken.unknown.map(\.file) == [grace] }
        try tree.write(grace, "id: u2\nuserName: grace\n")
        try await eventually { store.snapshot.directory.user(named: "grace")?.id == "u2" }
        try await eventually { store.snapshot.broken == BrokenFiles() }
    }

    @Test func `of two files with one id the first stays, until it goes`() async throws {
        let (tree, store) = try await filled()
        try tree.write(grace, "id: u1\nuserName: grace\n")
        try await eventually { store.snapshot.broken.problems[grace] != nil }
        #expect(store.snapshot.directory.user(id: "u1") == tree.ada)
        try tree.remove(tree.adaPath)
        try await eventually { store.snapshot.directory.user(named: "grace")?.id == "u1" }
        try await eventually { store.snapshot.broken == BrokenFiles() }
    }

    @Test func `a folder that comes is watched`() async throws {
        let tree = try await TemporaryTree(layout: Layout(shards: 256))
        let store = tree.store()
        for id in ["u1", "u2", "u3"] {
            let path = Layout(shards: 256).path(of: .user, id: id, name: id) { _ in false }
            let folder = tree.path + "/" + path.split(separator: "/").dropLast().joined(separator: "/")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for title in ["one", "two"] {
                try tree.write(path, "id: \(id)\nuserName: \(id)\ntitle: \(title)\n")
                try await eventually {
                    store.snapshot.directory.user(id: id)?.attributes["title"] == .string(title)
                }
            }
        }
    }

    @Test(arguments: [(ENOSPC, "fs.inotify.max_user_watches"), (EACCES, "Permission denied")])
    func `a folder that comes and cannot be watched is looked through from time to time, which is told once`(
        code: Int32,
        words: String
    ) async throws {
        let layout = Layout(shards: 256)
        let (tree, faults) = (try await TemporaryTree(layout: layout), Faults())
        var limits = StoreLimits.quick
        limits.scan = .milliseconds(50)
        faults.set { $0.kind == .watch && $0.path.contains("/users/") ? .error(code) : nil }
        let store = tree.store(limits: limits, disk: faults.disk)
        _ = try await store.change(by: tree.requester) { _, _ in
            .createGroup(Group(id: "g", created: nil, attributes: ["displayName": "G"]))
        }
        try await tree.settle(store)
        #expect(store.status.watchTrouble == nil)
        for id in ["u1", "u2"] {
            let path = layout.path(of: .user, id: id, name: id) { _ in false }
            let folder = tree.path + "/" + path.split(separator: "/").dropLast().joined(separator: "/")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for title in ["one", "two", "three"] {
                try tree.write(path, "id: \(id)\nuserName: \(id)\ntitle: \(title)\n")
                try await eventually {
                    store.snapshot.directory.user(id: id)?.attributes["title"] == .string(title)
                }
            }
        }
        let told = tree.events.all.filter { if case .notWatching = $0 { true } else { false } }
        #expect(told.count == 1)
        #expect(store.status.watchTrouble?.contains(words) == true)
        #expect(told == store.status.watchTrouble.map { [.notWatching(reason: $0)] })
    }

    /// Says whether another program is at work, and whether the branch is the right one.
    private final class Gate: WriteGate {
        let busy = Mutex(false)
        let branch = Mutex(true)

        func refusal() -> String? { branch.withLock { $0 } ? nil : "the tree is on another branch" }

        var isBusy: Bool { busy.withLock { $0 } }
    }

    @Test func `what a pull brings is one change, however long it takes`() async throws {
        let gate = Gate()
        let (tree, store) = try await filled(gate: gate)
        gate.busy.withLock { $0 = true }
        for number in 0..<100 {
            try tree.write("provisioned/users/p\(number).yaml", "id: p\(number)\nuserName: p\(number)\n")
        }
        // Longer than what counts as quiet when nobody is at work.
        let end = ContinuousClock.now + .milliseconds(100)
        try await eventually { ContinuousClock.now > end }
        #expect(store.snapshot.directory.users.count == 1)
        gate.busy.withLock { $0 = false }
        var seen: Set<Int> = []
        try await eventually {
            seen.insert(store.snapshot.directory.users.count)
            return seen.contains(101)
        }
        #expect(seen.isSubset(of: [1, 101]))
        try await eventually { tree.events.all.contains(.edited(files: 100)) }
    }

    @Test func `nothing is taken over while HEAD is on another branch`() async throws {
        let gate = Gate()
        let (tree, store) = try await filled(gate: gate)
        gate.branch.withLock { $0 = false }
        try tree.write(tree.adaPath, tree.adaFile + "title: Countess\n")
        try tree.write(grace, "id: u2\nuserName: grace\n")
        await #expect(throws: StoreError.refused("the tree is on another branch")) {
            try await store.change(by: tree.requester, on: "u1") { _, _ in .deleteUser(id: "u1") }
        }
        #expect(store.snapshot.directory.users.map { $0 } == [tree.ada])
        // Back again, with one of the two still there.
        try tree.remove(grace)
        gate.branch.withLock { $0 = true }
        try await eventually { store.snapshot.directory.user(id: "u1")?.attributes["title"] == "Countess" }
        #expect(store.snapshot.directory.users.count == 1)
    }

    @Test func `files that are all gone at once are missed, not taken for deletions`() async throws {
        let (tree, store) = try await filled()
        let (folder, away) = (tree.path + "/provisioned", tree.path + "/away")
        try FileManager.default.moveItem(atPath: folder, toPath: away)
        try await eventually { !store.snapshot.broken.unknown.isEmpty }
        #expect(store.snapshot.directory.user(id: "u1") == tree.ada)
        await #expect(throws: StoreError.self) {
            try await store.change(by: tree.requester, on: "u1") { _, _ in .deleteUser(id: "u1") }
        }
        try FileManager.default.moveItem(atPath: away, toPath: folder)
        try await eventually { store.snapshot.broken == BrokenFiles() }
        _ = try await store.change(by: tree.requester, on: "u1") { _, _ in .deleteUser(id: "u1") }
        try await tree.settle(store)
        #expect(try await tree.written() == store.snapshot.directory)
    }
    @Test(arguments: ["provisioned", "provisioned/users"])
    func `a folder that is gone is not made again for the next change, as if all others had been removed`(
        _ gone: String
    ) async throws {
        // Nobody tells that it is gone before something is to be written into it.
        let (tree, store) = try await filled(Vague())
        let name = { @Sendable (id: String) in User(id: id, created: nil, attributes: ["userName": .string(id)]) }
        _ = try await store.change(by: tree.requester) { _, _ in .createUser(name("grace")) }
        try await tree.settle(store)
        let (folder, away) = (tree.path + "/" + gone, tree.path + "/away")
        try FileManager.default.moveItem(atPath: folder, toPath: away)
        _ = try await store.change(by: tree.requester) { _, _ in .createUser(name("lin")) }
        try await eventually { store.snapshot.broken.problems["provisioned"] != nil }
        #expect(store.snapshot.directory.users.map(\.id).sorted() == ["grace", "lin", "u1"])
        await #expect(throws: StoreError.self) {
            try await store.change(by: tree.requester, on: "u1") { _, _ in .deleteUser(id: "u1") }
        }
        #expect(!FileManager.default.fileExists(atPath: tree.path + "/provisioned/users"))
        try FileManager.default.moveItem(atPath: away, toPath: folder)
        try await eventually { store.snapshot.broken == BrokenFiles() && store.status.changesBehind == 0 }
        #expect(try await tree.written() == store.snapshot.directory)
        #expect(store.snapshot.directory.users.count == 3)
    }
}
