import Foundation
import Generators
import Roster
import SCIM
import Store
import Synchronization
import Testing
import Tree
import YAML

/// Whoever reads the folder finds all files of a change, or none of them.
///
/// A rename is a change of several files: the person's goes, another comes, and every group of theirs gets a new line.
struct HalfBatchTests {
    private let rename = Mutation.changeUser(id: "u1", Assignments(["userName": "countess@example.com"]))

    private func filled(
        _ faults: Faults = Faults(),
        limits: StoreLimits = .quick
    ) async throws -> (tree: TemporaryTree, store: Store) {
        let tree = try await TemporaryTree()
        let store = tree.store(limits: limits, disk: faults.disk)
        try await tree.fill(store)
        return (tree, store)
    }

    private func expect(
        _ contents: TreeContents,
        _ directory: Directory,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(contents.directory == directory, sourceLocation: location)
        #expect(contents.diagnostics.filter { $0.file.hasPrefix("provisioned") } == [], sourceLocation: location)
    }

    @Test func `a change between listing and reading is read as a whole`() async throws {
        let (tree, store) = try await filled()
        let isMade = Once()
        let source = SteppedSource(tree) {
            guard isMade.happens() else { return }
            _ = try await store.change(by: tree.requester) { _, _ in rename }
            try await tree.settle(store)
        }
        expect(try await TreeReader.read(source), store.snapshot.directory)
        #expect(store.snapshot.directory.user(named: "countess@example.com") != nil)
    }

    @Test func `who begins to read in the middle of a change reads it as a whole`() async throws {
        let faults = Faults()
        let (tree, store) = try await filled(faults)
        let isBegun = Once()
        let found = Found()
        faults.set { call in
            // All is written but that the old file is there still.
            guard call.kind == .remove, call.path.hasSuffix(tree.adaPath), isBegun.happens() else { return nil }
            let looked = DispatchSemaphore(value: 0)
            Task {
                let contents = try await TreeReader.read(SteppedSource(tree, waiting: { looked.signal() }))
                found.contents.withLock { $0 = contents }
                looked.signal()
            }
            looked.wait()
            return nil
        }
        _ = try await store.change(by: tree.requester) { _, _ in rename }
        try await eventually { found.contents.withLock { $0 != nil } }
        expect(try #require(found.contents.withLock { $0 }), store.snapshot.directory)
    }

    @Test func `formatting finds nothing to do in files that change while they are looked at`() async throws {
        let (tree, store) = try await filled()
        let listings = Atomic(0)
        let source = SteppedSource(tree) {
            let count = listings.add(1, ordering: .relaxed).newValue
            guard count < 3 else { return }
            _ = try await store.change(by: tree.requester) { _, _ in
                .changeUser(id: "u1", Assignments(["title": .string("\(count)")]))
            }
            try await tree.settle(store)
        }
        let format = try await TreeFormat(of: source)
        #expect(format.changes == [])
        #expect(listings.load(ordering: .relaxed) > 1)
    }

    @Test func `every state that is read under random changes is one that the directory had`() async throws {
        for _ in 0..<Rounds.count(2) {
            let seed = UInt64.random(in: 1 ... .max)
            let faults = Faults()
            let tree = try await TemporaryTree()
            let store = tree.store(limits: .tiny, disk: faults.disk)
            let step = DispatchSemaphore(value: 0)
            let isOver = Atomic(false)
            faults.set { call in
                guard [.rename, .remove].contains(call.kind), call.path.contains("/provisioned/") else { return nil }
                // Between two files of a batch the reader gets one step further: that is where it can go wrong.
                while step.wait(timeout: .now()) == .success {}
                if !isOver.load(ordering: .relaxed) { _ = step.wait(timeout: .now() + 60) }
                return nil
            }
            async let found = Self.read(tree, step, until: isOver)
            var random = SeededGenerator(seed: seed)
            for _ in 0..<200 {
                let choice = random.next()
                // What does not fit the state is refused.
                _ = try? await store.change(by: tree.requester) { snapshot, _ in
                    var random = SeededGenerator(seed: choice)
                    return ModelTests.mutation(on: snapshot.directory, &random)
                }
                // Otherwise all changes would go into few batches.
                if choice % 3 == 0 { try await tree.settle(store) }
            }
            try await tree.settle(store)
            isOver.store(true, ordering: .relaxed)
            let states = try await found
            store.close()
            try await store.closed()
            var model = Directory()
            var known: Set<State> = [State(model)]
            for await change in store.changes {
                try model.apply(change.mutation)
                known.insert(State(model))
            }
            #expect(states.isSubset(of: known), "seed \(seed)")
            #expect(states.count > 10, "seed \(seed)")
        }
    }

    /// What a directory holds.
    private struct State: Hashable {
        var users: Set<User>
        var groups: Set<Group>

        init(_ directory: Directory) {
            users = Set(directory.users)
            groups = Set(directory.groups)
        }
    }

    private static func read(
        _ tree: TemporaryTree,
        _ step: DispatchSemaphore,
        until isOver: borrowing Atomic<Bool>
    ) async throws -> Set<State> {
        var states: Set<State> = []
        let source = SteppedSource(tree, listed: { step.signal() }, waiting: { step.signal() })
        while !isOver.load(ordering: .relaxed) {
            let contents = try await TreeReader.read(source)
            // On a busy machine a reader may be kept from reading for longer than it is waited for, and then says so.
            if contents.diagnostics.contains(where: { $0.file == "provisioned" }) { continue }
            #expect(contents.diagnostics.filter { $0.file.hasPrefix("provisioned") } == [])
            states.insert(State(contents.directory))
        }
        return states
    }
}

extension HalfBatchTests {
    @Test func `half a change that a stop or a failing disk leaves is told until it is finished`() async throws {
        let faults = Faults()
        let (tree, store) = try await filled(faults)
        func words() async throws -> [String] {
            try await TreeReader.read(FolderSource(tree.path)).diagnostics
                .filter { $0.file == "provisioned" && $0.severity == .warning }.map(\.message)
        }
        let isOut = Atomic(false)
        faults.set { call in
            if call.kind == .remove, call.path.hasSuffix(tree.adaPath) { isOut.store(true, ordering: .relaxed) }
            return isOut.load(ordering: .relaxed) && !call.path.contains("/journal/") ? .error(EIO) : nil
        }
        _ = try await store.change(by: tree.requester) { _, _ in rename }
        try await eventually { store.status.fileTrouble != nil }
        #expect(try await words().first?.contains("only some files of a change") == true)
        // The disk works again.
        faults.set { _ in nil }
        try await tree.settle(store)
        #expect(try await words() == [])

        isOut.store(false, ordering: .relaxed)
        faults.set { call in
            if call.kind == .remove, call.path.hasSuffix("/countess@example.com.yaml") {
                isOut.store(true, ordering: .relaxed)
            }
            return isOut.load(ordering: .relaxed) ? .error(EIO) : nil
        }
        _ = try? await store.change(by: tree.requester) { _, _ in .deleteUser(id: "u1") }
        try await eventually { store.status.fileTrouble != nil }
        await faults.stop(store)
        #expect(try await words().count == 1)
        let next = try await tree.reopened()
        #expect(try await words() == [])
        try await tree.settle(next)
        #expect(next.snapshot.directory.users.isEmpty)
        #expect(try await tree.written() == next.snapshot.directory)
    }

    @Test func `files are written and read where the lock file is missing, or cannot be had`() async throws {
        let (tree, store) = try await filled()
        let lock = ".dagroster/batch.lock"
        #expect(try tree.text(lock).hasPrefix("whole "))
        for isBlocked in [false, true] {
            try tree.remove(lock)
            if isBlocked {
                try FileManager.default.createDirectory(
                    atPath: tree.path + "/" + lock,
                    withIntermediateDirectories: false
                )
            }
            for title in ["Analyst", "Author"] {
                _ = try await store.change(by: tree.requester) { _, _ in
                    .changeUser(id: "u1", Assignments(["title": .string(title)]))
                }
                try await tree.settle(store)
                expect(try await TreeReader.read(FolderSource(tree.path)), store.snapshot.directory)
            }
            #expect(FileManager.default.fileExists(atPath: tree.path + "/" + lock))
        }
    }
}

/// The files of a tree, with word of what whoever reads them does.
private struct SteppedSource: FileSource {
    private let folder: FolderSource
    private let listed: @Sendable () async throws -> Void
    private let waiting: @Sendable () -> Void

    init(
        _ tree: TemporaryTree,
        listed: @escaping @Sendable () async throws -> Void = {},
        waiting: @escaping @Sendable () -> Void = {}
    ) {
        folder = FolderSource(tree.path)
        self.listed = listed
        self.waiting = waiting
    }

    var batches: BatchReader? {
        BatchReader(root: folder.root, patience: .seconds(60)) { [waiting] in
            waiting()
            await Task.yield()
        }
    }

    func files() async throws -> [SourceFile] {
        let files = try await folder.files()
        try await listed()
        return files
    }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] { try await folder.contents(of: files) }
}

/// Something that happens once.
private final class Once: Sendable {
    private let hasHappened = Atomic(false)

    /// Whether it had not happened yet.
    func happens() -> Bool { !hasHappened.exchange(true, ordering: .relaxed) }
}

/// What somebody else has read.
private final class Found: Sendable {
    let contents = Mutex<TreeContents?>(nil)
}
