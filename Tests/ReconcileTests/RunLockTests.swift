import Reconcile
import Testing
import Tree

/// How a run waits for another one's lock.
struct RunLockTests {
    private static let holder = LockHolder.current(command: "dagroster reconcile", since: "2026-11-23T16:47:00Z")

    @Test func `a run waits as long as it was told to, and then names the holder`() async throws {
        try await RecordStoreTests.withFolder { tree in
            let lock = try RunLock.acquire(tree: tree, target: "sandbox", as: Self.holder)
            let start = ContinuousClock.now
            #expect(throws: Refusal.locked(by: Self.holder.description)) {
                _ = try RunLock.acquire(tree: tree, target: "sandbox", as: Self.holder, seconds: 1)
            }
            #expect(start.duration(to: .now) >= .seconds(1))
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a lock that comes free while a run waits is taken`() async throws {
        try await RecordStoreTests.withFolder { tree in
            var lock: FileLock? = try RunLock.acquire(tree: tree, target: "sandbox", as: Self.holder)
            async let waiting: Void = {
                let lock = try RunLock.acquire(tree: tree, target: "sandbox", as: Self.holder, seconds: 60)
                withExtendedLifetime(lock) {}
            }()
            withExtendedLifetime(lock) {}
            lock = nil
            try await waiting
        }
    }

    @Test func `the locks of two targets are two`() async throws {
        try await RecordStoreTests.withFolder { tree in
            let one = try RunLock.acquire(tree: tree, target: "sandbox", as: Self.holder)
            let other = try RunLock.acquire(tree: tree, target: "acme", as: Self.holder)
            withExtendedLifetime((one, other)) {}
        }
    }
}
