import Foundation
import Roster
import SCIM
import Store
import Synchronization
import Testing

/// Changes whose caller waits for the disk itself.
struct LeadingTests {
    @Test(arguments: [false, true])
    func `whoever may wait for the disk writes where they are`(mayBlock: Bool) async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(limits: Self.limits, disk: faults.disk)
        try await tree.fill(store)
        try await tree.settle(store)
        let decided = Mutex<UInt?>(nil)
        let written = Mutex<UInt?>(nil)
        faults.set { call in
            // The first wait is for the change, later ones are for its file.
            if call.kind == .synchronizeBytes { written.withLock { $0 = $0 ?? Self.thread } }
            return nil
        }
        _ = try await store.change(by: tree.requester, mayBlock: mayBlock) { _, _ in
            decided.withLock { $0 = Self.thread }
            return .changeUser(id: "u1", Assignments(["active": false]))
        }
        let isSame = decided.withLock { $0 } == written.withLock { $0 }
        #expect(isSame == mayBlock)
    }

    @Test func `who comes while somebody leads is written next, and a store that closes waits for both`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(limits: Self.limits, disk: faults.disk)
        try await tree.fill(store)
        try await tree.settle(store)
        let isHeld = Mutex(true)
        let isAsked = Mutex(false)
        faults.set { call in
            guard call.kind == .synchronizeBytes, isHeld.withLock({ $0 }) else { return nil }
            isAsked.withLock { $0 = true }
            while isHeld.withLock({ $0 }) { usleep(1000) }
            return nil
        }
        let leader = Task(executorPreference: OwnThread()) {
            try await store.change(by: tree.requester, mayBlock: true) { _, _ in
                .changeUser(id: "u1", Assignments(["title": "first"]))
            }
        }
        try await eventually { isAsked.withLock { $0 } }
        let isDecided = Mutex(false)
        let follower = Task {
            try await store.change(by: tree.requester, mayBlock: true) { snapshot, _ in
                isDecided.withLock { $0 = true }
                let title = snapshot.directory.user(id: "u1")?.value(of: "title")?.string ?? ""
                return .changeUser(id: "u1", Assignments(["title": .string(title + ", second")]))
            }
        }
        try await eventually { isDecided.withLock { $0 } }
        #expect(store.snapshot.directory.user(id: "u1")?.value(of: "title") == nil)
        store.close()
        isHeld.withLock { $0 = false }
        #expect(try await leader.value.directory.user(id: "u1")?.value(of: "title") == "first")
        #expect(try await follower.value.directory.user(id: "u1")?.value(of: "title") == "first, second")
        try await store.closed()
        #expect(try tree.text(tree.adaPath).contains("title: first, second\n"))
        #expect(try tree.files(in: ".dagroster/journal").isEmpty)
    }

    /// Any disk is fast enough, however busy the machine is.
    private static var limits: StoreLimits {
        var limits = StoreLimits.quick
        limits.fastDisk = .seconds(1000)
        return limits
    }

    private static var thread: UInt { UInt(pthread_self()) }
}
