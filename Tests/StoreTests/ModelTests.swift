import Foundation
import HashTreeCollections
import Roster
import SCIM
import Store
import Synchronization
import Testing
import Tree

/// Random changes from several clients at once against the same changes made one after the other.
struct ModelTests {
    @Test func `concurrent changes equal a serial order, and answers, files and a restart agree`() async throws {
        for _ in 0..<Rounds.count(3) {
            let seed = UInt64.random(in: 1 ... .max)
            let tree = try await TemporaryTree()
            let store = tree.store(limits: .tiny)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<8 {
                    group.addTask {
                        var random = SeededGenerator(seed: seed &+ UInt64(client))
                        let requester = Requester(source: "client\(client % 2)", requestID: "")
                        for _ in 0..<60 {
                            let choice = random.next()
                            // A decision that does not fit the state is refused; the model never sees it.
                            _ = try? await store.change(by: requester) { snapshot, _ in
                                var random = SeededGenerator(seed: choice)
                                let mutation = Self.mutation(on: snapshot.directory, &random)
                                return mutation
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            store.close()
            try await store.closed()
            var model = Directory()
            var files: [String: [UInt8]] = [:]
            for await change in store.changes {
                try model.apply(change.mutation)
                for file in change.files { files[file.path] = file.bytes }
            }
            #expect(model == store.snapshot.directory, "seed \(seed)")
            #expect(try await tree.written() == model, "seed \(seed)")
            #expect(try tree.files() == files.mapValues { String(decoding: $0, as: UTF8.self) }, "seed \(seed)")
            #expect(try await tree.reopened().snapshot.directory == model, "seed \(seed)")
        }
    }

    /// Something that is mostly possible, about few enough records that clients meet.
    private static func mutation(on directory: Directory, _ random: inout SeededGenerator) -> Mutation {
        let id = "\(Int.random(in: 0..<12, using: &random))"
        let (user, group) = ("u" + id, "g" + id)
        let member = Member.user("u\(Int.random(in: 0..<12, using: &random))")
        switch (Int.random(in: 0..<8, using: &random), directory.user(id: user), directory.group(id: group)) {
        case (0...2, nil, _):
            let name = Value.string("name\(random.next() % 20)")
            return .createUser(User(id: user, created: nil, attributes: ["userName": name]))
        case (0, _, _): return .deleteUser(id: user)
        case (1, _, _):
            return .changeUser(id: user, Assignments(["userName": .string("name\(random.next() % 20)")]))
        case (2, _, _): return .changeUser(id: user, Assignments(["title": .string("\(random.next() % 9)")]))
        case (3...6, _, nil):
            let name = Value.string("Team \(random.next() % 20)")
            return .createGroup(Group(id: group, created: nil, attributes: ["displayName": name]))
        case (3, _, _): return .changeGroup(id: group, GroupChange(leaving: [member]))
        case (4, _, _): return .deleteGroup(id: group)
        case (5, _, _):
            return .changeGroup(id: group, GroupChange(joining: [.group("g\(random.next() % 12)")]))
        default: return .changeGroup(id: group, GroupChange(joining: [member]))
        }
    }

    @Test func `readers never see what is not on disk`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        let seen = Mutex<Set<Bool>>([])
        faults.set { call in
            guard call.kind == .synchronizeBytes else { return nil }
            seen.withLock { _ = $0.insert(store.snapshot.directory.user(id: "u1")?.isActive ?? false) }
            return nil
        }
        _ = try await store.change(by: tree.requester) { _, _ in .changeUser(id: "u1", Assignments(["active": false])) }
        #expect(seen.withLock { $0.contains(true) })
        #expect(store.snapshot.directory.user(id: "u1")?.isActive == false)
    }

    @Test func `a refusal waits for the state that it is about`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        let isHeld = Mutex(true)
        faults.set { call in
            guard call.kind == .synchronizeBytes else { return nil }
            while isHeld.withLock({ $0 }) { usleep(1000) }
            return .error(EIO)
        }
        let creation = Task {
            try await store.change(by: tree.requester) { _, _ in
                .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"]))
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        let second = Task {
            try await store.change(by: tree.requester) { _, _ in
                .createUser(User(id: "u3", created: nil, attributes: ["userName": "grace"]))
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        isHeld.withLock { $0 = false }
        // "taken" would be a lie: the first one never came to be.
        await #expect(throws: StoreError.self) { try await creation.value }
        await #expect(throws: StoreError.self) { try await second.value }
    }
}
