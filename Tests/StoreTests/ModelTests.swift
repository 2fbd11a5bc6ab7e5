import Foundation
import Generators
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
    static func mutation(on directory: Directory, _ random: inout SeededGenerator) -> Mutation {
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

    @Test func `what clients and people do to the same records at the same time ends as the files say`() async throws {
        for _ in 0..<Rounds.count(3) {
            let seed = UInt64.random(in: 1 ... .max)
            let tree = try await TemporaryTree()
            let store = tree.store(limits: .tiny)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<4 {
                    group.addTask {
                        var random = SeededGenerator(seed: seed &+ UInt64(client))
                        for _ in 0..<60 {
                            let choice = random.next()
                            // A decision that does not fit the state is refused.
                            _ = try? await store.change(by: tree.requester) { snapshot, _ in
                                var random = SeededGenerator(seed: choice)
                                guard choice % 2 == 0 else { return Self.mutation(on: snapshot.directory, &random) }
                                return Self.mutationOfEdited(&random)
                            }
                        }
                    }
                }
                group.addTask {
                    var random = SeededGenerator(seed: seed &+ 100)
                    for _ in 0..<60 { try Self.edit(tree, &random) }
                }
                try await group.waitForAll()
            }
            try await tree.settle(store)
            var difference: [String] = ["?"]
            try await eventually {
                difference = try await Self.difference(store, tree)
                return difference.isEmpty
            }
            #expect(difference == [], "seed \(seed)")
            #expect(store.snapshot.broken == BrokenFiles(), "seed \(seed)")
            store.close()
            try await store.closed()
            #expect(try await tree.reopened().snapshot.directory == store.snapshot.directory, "seed \(seed)")
        }
    }

    /// What memory and files do not agree about.
    private static func difference(_ store: Store, _ tree: TemporaryTree) async throws -> [String] {
        let (known, written) = (store.snapshot.directory, try await tree.written())
        let users = Set(known.users).symmetricDifference(written.users)
        let groups = Set(known.groups).symmetricDifference(written.groups)
        guard users.isEmpty, groups.isEmpty else { return (users.map { "\($0)" } + groups.map { "\($0)" }).sorted() }
        return known == written ? [] : ["the indexes"]
    }

    /// Something about the records whose files a person edits.
    static func mutationOfEdited(_ random: inout SeededGenerator) -> Mutation {
        let (user, group) = ("p\(random.next() % 12)", "q\(random.next() % 12)")
        return switch Int.random(in: 0..<6, using: &random) {
        case 0: .deleteUser(id: user)
        case 1: .changeGroup(id: group, GroupChange(joining: [.user(user)]))
        case 2: .changeGroup(id: group, GroupChange(leaving: [.user(user)]))
        case 3: .deleteGroup(id: group)
        default: .changeUser(id: user, Assignments(["title": .string("\(random.next() % 9)")]))
        }
    }

    /// What a person does to a file: nothing that two records could have in common but members.
    private static func edit(_ tree: TemporaryTree, _ random: inout SeededGenerator) throws {
        let number = Int.random(in: 0..<12, using: &random)
        let all = tree.paths(in: "provisioned").filter { $0.hasSuffix(".yaml") }.sorted()
        let path = all.randomElement(using: &random) ?? "provisioned/users/p0.yaml"
        let isEdited = path.hasPrefix("provisioned/users/p") || path.hasPrefix("provisioned/groups/q")
        switch Int.random(in: 0..<5, using: &random) {
        case 0: try? tree.remove(path)
        case 1: try tree.write("provisioned/users/p\(number).yaml", "id: p\(number)\nuserName: p\(number)\n")
        case 2:
            let members = ["p\(number)", "p1", "name\(number)"].map { "  - \($0)\n" }.joined()
            try tree.write(
                "provisioned/groups/q\(number).yaml",
                "id: q\(number)\ndisplayName: Q\(number)\nmembers:\n\(members)"
            )
        default:
            // One that somebody else has just removed stays removed.
            guard isEdited, let text = try? tree.text(path) else { return }
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("externalId:") }
            try tree.write(path, lines.joined(separator: "\n") + "\nexternalId: x\(random.next() % 9)\n")
        }
    }

    @Test func `readers never see what is not on disk`() async throws {
        let tree = try await TemporaryTree()
        let faults = Faults()
        let store = tree.store(disk: faults.disk)
        try await tree.fill(store)
        let seen = Mutex<Set<Bool>>([])
        // The store has the faults, which must not have the store.
        faults.set { [weak store] call in
            guard call.kind == .synchronizeBytes, let store else { return nil }
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
        let isAsked = Mutex(false)
        let isDecided = Mutex(false)
        faults.set { call in
            guard call.kind == .synchronizeBytes else { return nil }
            isAsked.withLock { $0 = true }
            while isHeld.withLock({ $0 }) { usleep(1000) }
            return .error(EIO)
        }
        let creation = Task {
            try await store.change(by: tree.requester) { _, _ in
                .createUser(User(id: "u2", created: nil, attributes: ["userName": "grace"]))
            }
        }
        // The first one is at the disk, so that the second one is decided on what it made.
        try await eventually { isAsked.withLock { $0 } }
        let second = Task {
            try await store.change(by: tree.requester) { _, _ in
                isDecided.withLock { $0 = true }
                return .createUser(User(id: "u3", created: nil, attributes: ["userName": "grace"]))
            }
        }
        try await eventually { isDecided.withLock { $0 } }
        isHeld.withLock { $0 = false }
        // "taken" would be a lie: the first one never came to be.
        await #expect(throws: StoreError.self) { try await creation.value }
        await #expect(throws: StoreError.self) { try await second.value }
    }
}
