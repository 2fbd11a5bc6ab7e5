import Foundation
import HashTreeCollections
import Roster
import SCIM
import Store
import Synchronization
import Testing
import Tree

struct FaultTests {
    @Test(arguments: [DiskCall.Kind.write, .synchronizeBytes])
    func `a journal that fails is final: the store takes no more writes and readers see what is on disk`(
        kind: DiskCall.Kind
    ) async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        let before = store.snapshot.directory
        faults.set { $0.kind == kind && $0.path.contains("/journal/") ? .error(EIO) : nil }
        for _ in 0..<2 {
            await #expect {
                try await store.change(by: tree.requester) { _, _ in .deleteUser(id: "u1") }
            } throws: { error in
                guard case StoreError.disagreement(let words) = error else { return false }
                return words.contains("Input/output error")
            }
            // A disk that works again does not make it true.
            faults.set { _ in nil }
        }
        #expect(store.snapshot.directory == before)
        let failures = tree.events.all.filter { if case .failed = $0 { true } else { false } }
        #expect(failures.count == 1)
        #expect(store.status.failure?.contains("until dagroster is started again") == true)
        // What decides to change nothing is still answered, on the state that is on disk.
        let read = try await store.change(by: tree.requester) { snapshot, _ in
            #expect(snapshot.directory == before)
            return nil
        }
        #expect(read.directory == before)
    }

    @Test func `no room for a segment refuses those who wait, and the next ones are made`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(disk: faults.disk)
        faults.set { $0.kind == .open && $0.path.contains("/journal/") ? .error(ENOSPC) : nil }
        await withDiscardingTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    await #expect(throws: StoreError.self) {
                        try await store.change(by: tree.requester) { _, _ in
                            Self.creation(number)
                        }
                    }
                }
            }
        }
        #expect(store.snapshot.directory == Directory())
        #expect(store.status.refusal?.contains("No space left") == true && store.status.failure == nil)
        faults.set { _ in nil }
        // Without anybody's asking: whoever is told that nothing can be changed may ask no more.
        try await eventually { store.status.refusal == nil }
        try await tree.fill(store)
        #expect(store.snapshot.directory.users.map(\.id) == ["u1"])
        #expect(try await tree.written() == store.snapshot.directory)
    }

    @Test func `word of what a file is to hold is kept before it holds that`() async throws {
        let tree = try await TemporaryTree()
        let (log, faults) = (Log(), Faults())
        let options = StoreOptions(limits: .quick, log: log, report: tree.report)
        let contents = try await TreeReader.read(FolderSource(tree.path))
        let store = Store(root: tree.path, contents: contents, options: options, disk: faults.disk) { tree.now }
        let early = Mutex<[String]>([])
        faults.set { call in
            let path = call.path.dropFirst(tree.path.count + 1)
            if call.kind == .rename, path.hasPrefix("provisioned/"), !log.paths.contains(String(path)) {
                early.withLock { $0.append(String(path)) }
            }
            return nil
        }
        try await tree.fill(store)
        #expect(early.withLock { $0 } == [])
        #expect(log.count == 2)
        // Files of which no word can be kept stay as they are.
        log.fails.withLock { $0 = true }
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        try await eventually { store.status.fileTrouble != nil }
        #expect(try tree.text(tree.adaPath) == tree.adaFile)
        log.fails.withLock { $0 = false }
        try await tree.settle(store)
        #expect(try tree.text(tree.adaPath) != tree.adaFile)
        // One that failed is not counted twice.
        #expect(log.count == 3)
    }

    private final class Log: WriteLog {
        private let noted = Mutex((paths: Set<String>(), count: 0))
        let fails = Mutex(false)

        var paths: Set<String> { noted.withLock { $0.paths } }
        var count: Int { noted.withLock { $0.count } }
        var uncommitted: Int { count }

        func note(_ files: [NotedFile], of changes: Int) throws {
            if fails.withLock({ $0 }) { throw FileError(action: "write", path: "log", code: ENOSPC) }
            noted.withLock { noted in
                noted.paths.formUnion(files.map(\.path))
                noted.count += changes
            }
        }
    }

    @Test func `short writes are finished`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        faults.set { $0.kind == .write ? .short(7) : nil }
        let store = tree.store(limits: .tiny, disk: faults.disk)
        try await tree.fill(store)
        #expect(try await tree.written() == store.snapshot.directory)
    }

    @Test func `files that cannot be written are tried again, and the answers stay in the journal`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        faults.set { $0.path.contains("/provisioned/") ? .error(EROFS) : nil }
        _ = try await store.change(by: tree.requester) { _, _ in .deleteUser(id: "u1") }
        try await eventually { store.status.fileTrouble?.contains("Read-only file system") == true }
        #expect(try tree.text(tree.adaPath) == tree.adaFile)
        // Changes are taken all the same, unless it lasts.
        let status = store.status
        #expect(status.refusal == nil || status.oldestAge.map { $0 > StoreLimits.quick.longestLag } == true)
        faults.set { _ in nil }
        try await tree.settle(store)
        #expect(try await tree.written() == store.snapshot.directory)
        #expect(store.status.fileTrouble == nil)
        #expect(try tree.files().count == 1)
    }

    @Test func `more than the files can follow is refused with the reason, not kept in memory`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        var limits = StoreLimits.quick
        limits.backlog = 10
        let store = tree.store(limits: limits, disk: faults.disk)
        faults.set { $0.path.contains("/provisioned/") ? .error(ENOSPC) : nil }
        var refused = 0
        for number in 0..<40 {
            do {
                _ = try await store.change(by: tree.requester) { _, _ in
                    Self.creation(number)
                }
            } catch StoreError.notWritten {
                refused += 1
            }
        }
        #expect(refused > 0 && store.snapshot.directory.users.count <= 12)
        #expect(store.status.refusal?.contains("No space left") == true)
        faults.set { _ in nil }
        try await tree.settle(store)
        #expect(store.status.refusal == nil)
        #expect(try await tree.written() == store.snapshot.directory)
    }

    private static func creation(_ number: Int) -> Mutation {
        .createUser(User(id: "u\(number)", created: nil, attributes: ["userName": .string("u\(number)")]))
    }

    /// From one system call on, the machine does nothing more; the next start must find all that was answered.
    @Test(arguments: [EIO, ENOSPC, EROFS])
    func `a machine that stops at any system call loses no answer`(code: Int32) async throws {
        let rounds = Rounds.count(12)
        for stop in stride(from: 0, to: 360, by: max(1, 360 / rounds)) {
            let tree = try await TemporaryTree()
            let faults = Faults()
            let count = Mutex(0)
            faults.set { _ in
                count.withLock { count in
                    count += 1
                    return count > stop ? .error(code) : nil
                }
            }
            var answered: [Int] = []
            do {
                let store = tree.store(limits: .tiny, disk: faults.disk)
                for step in 1...30 {
                    guard (try? await store.change(by: tree.requester) { _, _ in Script.mutation(step) }) != nil else {
                        break
                    }
                    answered.append(step)
                    try await Task.sleep(for: .milliseconds(1))
                }
                await faults.stop(store)
            }
            let last = answered.last ?? 0
            let store = try await tree.reopened()
            let found = store.snapshot.directory
            let allowed = try [last, last + 1].map(Script.directory)
            #expect(allowed.contains(found), "stopped at call \(stop), answered \(last)")
            #expect(store.snapshot.broken == BrokenFiles())
            store.close()
            try await store.closed()
            #expect(try await tree.written() == found, "stopped at call \(stop)")
        }
    }
}

/// What goes wrong with the disk at the moment.
final class Faults: Sendable {
    /// In a struct, because a bare closure in a `Mutex` is wrapped once more by each access.
    private struct Rule: Sendable {
        var fault: @Sendable (DiskCall) -> DiskFault?
    }

    private let rule = Mutex(Rule { _ in nil })

    func set(_ new: @escaping @Sendable (DiskCall) -> DiskFault?) { rule.withLock { $0 = Rule(fault: new) } }

    /// Lets no further call through, and waits until the store's threads have ended: as if the machine had stopped.
    func stop(_ store: Store) async {
        set { _ in .error(EIO) }
        store.close()
        try? await store.closed()
    }

    var disk: Disk {
        Disk { [self] call in rule.withLock { $0 }.fault(call) }
    }
}

/// One person and a group, with changes that touch both, renames and deletions.
enum Script {
    static func mutation(_ step: Int) -> Mutation {
        if step == 1 { return .createGroup(Group(id: "g", created: nil, attributes: ["displayName": "G"])) }
        let id = "u\(step / 5)"
        return switch step % 5 {
        case 0: .createUser(User(id: id, created: nil, attributes: ["userName": .string("\(id)@example.com")]))
        case 1: .changeGroup(id: "g", GroupChange(joining: [.user(id)]))
        case 2 where step < 5: .createUser(User(id: id, created: nil, attributes: ["userName": .string(id)]))
        case 2: .changeUser(id: id, Assignments(["userName": .string("\(id)-renamed")]))
        case 3: .changeUser(id: id, Assignments(["title": "x"]))
        default: .deleteUser(id: id)
        }
    }

    static func directory(after steps: Int) throws -> Directory {
        var directory = Directory()
        for step in 1..<(steps + 1) { try directory.apply(mutation(step)) }
        return directory
    }
}

extension StoreLimits {
    /// Everything happens at once and in small pieces.
    static var tiny: StoreLimits {
        var limits = quick
        limits.pause = .zero
        limits.segment = 4 << 10
        limits.closingAttempts = 1
        return limits
    }
}

/// How often tests that look for what is rare try.
enum Rounds {
    /// `DAGROSTER_ROUNDS`, or a number that takes some seconds.
    static func count(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["DAGROSTER_ROUNDS"].flatMap { Int($0) } ?? usual
    }
}
