import Access
import Git
import Roster
import Testing
import YAML

@testable import Tree

/// What is read for a question about one person says the same as the whole tree.
struct PersonSliceTests {
    /// Everything that is told about a person.
    private struct Answer: Equatable {
        var user: User?
        var groups: [String]
        var roles: [AccessPoint: EffectiveRole]
        var trails: [AccessPoint: [AccessTrail]]
        var inactiveSince: CommitNote?
        /// Whether a name is used that nobody has ever had.
        var isRefused: Bool
    }

    @Test(arguments: [UInt64](1...14))
    func `an answer about a person is that of the whole tree`(seed: UInt64) async throws {
        let random = RandomTree(seed: seed)
        let world = try await HistoryWorld()
        let commit = try await world.commit(random.files)
        let whole = try await TreeReader.read(CommitSource(world.repository, at: commit))
        #expect(whole.isValid, "\(whole.diagnostics)")
        let names = RandomTree.names + RandomTree.names.map { $0.uppercased() } + RandomTree.emails + ["nobody"]
        for (number, name) in names.enumerated() where (number + Int(seed)).isMultiple(of: 3) {
            let part = try await part(world, commit, name, random)
            guard let part, let user = whole.directory.user(called: name) else {
                #expect(part == nil && whole.directory.user(called: name) == nil, "\(name)")
                continue
            }
            let found = try await answer(about: user, part, random, world, commit)
            #expect(try await found == answer(about: user, whole, random, world, commit), "\(name)")
        }
    }

    private func part(
        _ world: HistoryWorld,
        _ commit: CommitID,
        _ name: String,
        _ random: RandomTree
    ) async throws -> TreeContents? {
        let folder = try #require(world.folder).path
        return try await PersonSlice.read(name, in: world.repository, at: commit, of: folder, known: random.known)
    }

    private func answer(
        about user: User,
        _ contents: TreeContents,
        _ random: RandomTree,
        _ world: HistoryWorld,
        _ commit: CommitID
    ) async throws -> Answer {
        let (wanted, diagnostics) = Resolution.wanted(
            contents.access,
            contents.directory,
            policy: random.policy,
            known: random.known,
            today: try #require(CalendarDate("2026-11-01")),
            paths: contents.paths
        )
        let key = random.policy.identity.key(of: user).flatMap { wanted.users[$0]?.userID == user.id ? $0 : nil } ?? ""
        let access = wanted.effectiveAccess(of: key)
        let finder = TrailFinder(wanted, contents.access, contents.directory, paths: contents.paths)
        var history = try await LinkHistory(world.repository, endingAt: commit, paths: contents.paths)
        var trails: [AccessPoint: [AccessTrail]] = [:]
        for point in access.points { trails[point] = try await history.dated(finder.trails(of: key, at: point)) }
        let inactive = PathLink(.inactive(user: user.id), file: contents.paths[user.id] ?? "", words: "")
        return Answer(
            user: contents.directory.user(id: user.id),
            groups: contents.directory.groupIDs(containing: user.id),
            roles: Dictionary(uniqueKeysWithValues: access.points.map { ($0, access.role(at: $0)) }),
            trails: trails,
            inactiveSince: user.isActive ? nil : try await history.opening(of: inactive),
            isRefused: diagnostics.contains { $0.severity == .error }
        )
    }
}

/// Where only the whole tree can say what is wrong, and where the rest of it does not matter.
struct PersonSliceFaultTests {
    private static let ada = "provisioned/users/ada.yaml"
    private static let data = "provisioned/groups/data.yaml"
    private static let files = [
        ada: "id: u1\nuserName: ada\n", "provisioned/users/eve.yaml": "id: u2\nuserName: eve\n",
        data: "id: g1\ndisplayName: Data\nmembers:\n  - ada\n",
        "provisioned/groups/other.yaml": "id: g2\ndisplayName: Other\n",
        "access/data.yaml": "team: Data\ngrants: []\n",
    ]

    private func isRead(_ changes: [String: String?], _ name: String = "ada") async throws -> Bool {
        let world = try await HistoryWorld()
        try await world.commit(Self.files)
        let commit = try await world.commit(changes)
        let whole = try await TreeReader.read(CommitSource(world.repository, at: commit))
        #expect(!whole.isValid || whole.directory.user(called: name) == nil)
        let folder = try #require(world.folder).path
        let part = try await PersonSlice.read(
            name,
            in: world.repository,
            at: commit,
            of: folder,
            known: KnownNames()
        )
        return part != nil
    }

    @Test(
        arguments: [
            // The settings, what people wrote, the person's record, a group with them in it, a circle around it.
            ["dagroster.yaml": "version: 9\n"], ["dagroster.yaml": nil], ["access/more.yaml": "team: [\n"],
            ["access/more.yaml": "team: Data\n"], ["access/notes.txt": "x\n"], [ada: "userName: ada\n"],
            [data: "id: g1\n<<<<<<< ours\ndisplayName: Data\nmembers: [ada]\n"],
            [data: "id: g1\ndisplayName: Data\nmembers: [ada]\ngroups: [Data]\n"],
            // A second record of the name or the id, a path that the layout does not have.
            ["provisioned/users/\(FileName(of: "ada", kind: .user).distinguished())": "id: u3\nuserName: ada\n"],
            ["provisioned/groups/data-2.yaml": "id: g1\ndisplayName: Data 2\nmembers: [ada]\n"],
            ["provisioned/groups/\(FileName(of: "Data", kind: .group).distinguished())": "id: g3\ndisplayName: data\n"],
            ["provisioned/groups/ab/x.yaml": "id: g3\ndisplayName: X\n"],
        ] as [[String: String?]]
    )
    func `what the answer depends on is valid, or the whole tree says why not`(changes: [String: String?]) async throws
    {
        #expect(try await !isRead(changes))
    }

    @Test(
        arguments: [
            ["provisioned/users/eve.yaml": "userName: eve\n"],
            ["provisioned/users/eve.yaml": "id: u1\nuserName: eve\n"],
            ["provisioned/groups/other.yaml": "id: [\n"],
        ] as [[String: String?]]
    )
    func `an error in somebody else's record does not keep the answer back`(changes: [String: String?]) async throws {
        #expect(try await isRead(changes))
    }

    @Test func `nobody is not found`() async throws {
        #expect(try await !isRead(["README": "x\n"], "nobody"))
    }
}
