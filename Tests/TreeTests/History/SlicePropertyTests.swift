import Access
import Generators
import Git
import Roster
import Testing

@testable import Tree

/// What is read of two commits because few files differ says the same as both trees as a whole.
struct SlicePropertyTests {
    @Test(arguments: [UInt64](11...18))
    func `a comparison of what changed is that of the whole trees`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let world = try await HistoryWorld()
        var replay = Replay()
        try await world.commit(bytes: replay.populate())
        for _ in 0..<40 {
            let files = replay.step(&random)
            if !files.isEmpty { try await world.commit(bytes: files) }
        }
        var sliced = 0
        for _ in 0..<24 {
            let first = random.below(world.commits.count - 1)
            let old = world.commits[first]
            let new = world.commits[first + 1 + random.below(min(3, world.commits.count - first - 1))]
            guard let found = try await Self.sliced(world, old, new) else { continue }
            sliced += 1
            #expect(try await found == Self.whole(world, old, new))
        }
        #expect(sliced > 0)
    }

    private static let ada = "provisioned/users/ada.yaml"
    private static let user = "id: u1\nuserName: ada\n"

    @Test func `a group that still lists somebody whose file is gone has lost them`() async throws {
        let world = try await HistoryWorld()
        let old = try await world.commit([
            Self.ada: Self.user, "provisioned/groups/data.yaml": "id: g1\ndisplayName: Data\nmembers:\n  - ada\n",
        ])
        let new = try await world.commit([Self.ada: nil])
        let found = try #require(try await Self.sliced(world, old, new))
        #expect(found.groups.map(\.left) == [["ada"]])
        #expect(try await found == Self.whole(world, old, new))
    }

    @Test func `a name that nobody has, and a record in an unlikely file, are looked for in all files`() async throws {
        let world = try await HistoryWorld()
        let old = try await world.commit([
            "provisioned/users/moved.yaml": Self.user, Self.ada: "id: u2\nuserName: grace\n",
            "access/data.yaml": "team: Data\ngroups: []\nusers: [ada, nobody]\ngrants: [{organization: admin}]\n",
        ])
        let new = try await world.commit([Self.ada: "id: u2\nuserName: grace\nroles:\n  - value: Ops\n"])
        let found = try #require(try await Self.sliced(world, old, new))
        #expect(try await found == Self.whole(world, old, new))
        let raised = try await world.commit([
            "access/data.yaml": "team: Data\ngroups: []\nusers: [ada, nobody]\ngrants: []\n"
        ])
        let lost = try #require(try await Self.sliced(world, new, raised))
        #expect(!lost.people.isEmpty)
        #expect(try await lost == Self.whole(world, new, raised))
    }

    @Test(arguments: [
        // Somebody else of the same name, no record, and a place where none may be.
        ("provisioned/users/\(FileName(of: "ada", kind: .user).distinguished())", "id: u2\nuserName: ada\n"),
        ("provisioned/users/eve.yaml", "userName: eve\n"),
        ("provisioned/users/ab/eve.yaml", "id: u2\nuserName: eve\n"),
    ])
    func `what makes a tree invalid is no part of one`(path: String, text: String) async throws {
        let world = try await HistoryWorld()
        let old = try await world.commit([Self.ada: Self.user])
        let new = try await world.commit([path: text])
        #expect(try await Self.sliced(world, old, new) == nil)
        let folder = try #require(world.folder).path
        let states = try await TreeComparison.begun(world.repository, from: old, to: new, in: folder)
            .finished(known: KnownNames())
        #expect(states.before.isValid && !states.after.isValid)
    }

    /// The answer of what differs alone; nil where that is not certain.
    private static func sliced(_ world: HistoryWorld, _ old: CommitID, _ new: CommitID) async throws
        -> AccessDifference?
    {
        let roots = ["dagroster.yaml", "provisioned", "access"]
        let changes = try await world.repository.changes(from: old, to: new, under: roots)
        let folder = try #require(world.folder).path
        var slice = TreeSlice(world.repository, commit: new, changes: changes, in: folder)
        guard let parts = try await slice.readParts(),
            let part = try await slice.read(parts, known: KnownNames())
        else { return nil }
        return try AccessDifference(from: side(part.before), to: side(part.after))
    }

    private static func whole(_ world: HistoryWorld, _ old: CommitID, _ new: CommitID) async throws -> AccessDifference
    {
        let before = try await TreeReader.read(CommitSource(world.repository, at: old))
        let after = try await TreeReader.read(CommitSource(world.repository, at: new))
        return try AccessDifference(from: side(before), to: side(after))
    }

    private static func side(_ contents: TreeContents) throws -> TreeSide {
        TreeSide(
            wanted: try HistoryWorld.wanted(contents.access, contents.directory),
            access: contents.access,
            directory: contents.directory,
            paths: contents.paths
        )
    }
}
