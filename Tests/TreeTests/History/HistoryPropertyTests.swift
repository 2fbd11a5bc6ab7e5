import Access
import Generators
import Git
import Roster
import SCIM
import Testing
import YAML

@testable import Tree

/// Random histories: at each commit the tree says what replaying the requests up to there gives, and a way was opened by
/// the commit since which all that it depends on has been so.
struct HistoryPropertyTests {
    private static let points: [AccessPoint] = [
        .organization, .deployment("prod"), .location(deployment: "prod", "finance"), .allBranchDeployments,
    ]

    /// A moment of the history, as the requests and edits up to there leave it.
    private struct Moment {
        var directory: Directory
        var access: AccessFiles
    }

    @Test(arguments: [UInt64](1...6))
    func `the tree at a commit is what its requests gave, and every way has the commit that opened it`(
        seed: UInt64
    ) async throws {
        var random = SeededGenerator(seed: seed)
        let world = try await HistoryWorld()
        var replay = Replay()
        var moments = [Moment(directory: Directory(), access: AccessFiles())]
        for _ in 0..<30 {
            let files = replay.step(&random)
            guard !files.isEmpty else { continue }
            try await world.commit(bytes: files)
            moments.append(Moment(directory: replay.directory, access: replay.access))
        }
        #expect(moments.count == world.commits.count)
        for (moment, commit) in zip(moments, world.commits) {
            let (_, wanted) = try await world.state(at: commit)
            let expected = try HistoryWorld.wanted(moment.access, moment.directory)
            for key in Set(wanted.users.keys).union(expected.users.keys) {
                let (found, right) = (wanted.effectiveAccess(of: key), expected.effectiveAccess(of: key))
                for point in Self.points { #expect(found.role(at: point) == right.role(at: point)) }
            }
        }
        try await checkTrails(world, moments)
    }

    private func checkTrails(_ world: HistoryWorld, _ moments: [Moment]) async throws {
        let last = try #require(moments.last)
        let wanted = try HistoryWorld.wanted(last.access, last.directory)
        for key in wanted.users.keys.sorted() {
            for point in Self.points {
                for trail in try await world.trails(of: key, at: point) {
                    let statements = trail.links.map { ($0.statement, $0.file) }
                    let isOpen = moments.map { moment in
                        statements.allSatisfy { Self.isSo($0, $1, moment, last.directory, moments) }
                    }
                    let first = (isOpen.lastIndex(of: false) ?? -1) + 1
                    #expect(first < moments.count)
                    #expect(trail.opened?.id == world.commits[first].hex, "\(trail.links.map(\.words))")
                }
            }
        }
    }

    /// Whether a statement holds at a moment, from the directory and not from files.
    private static func isSo(
        _ statement: PathLink.Statement,
        _ file: String,
        _ moment: Moment,
        _ now: Directory,
        _ moments: [Moment]
    ) -> Bool {
        let directory = moment.directory
        let binding = moment.access.bindings.first { $0.file == file }
        func names(_ id: String) -> Set<NameKey> {
            Set(
                moments.compactMap { $0.directory.name(of: .user(id)) ?? $0.directory.name(of: .group(id)) }.map(
                    NameKey.init
                )
            )
        }
        switch statement {
        case .active(let user): return directory.user(id: user)?.isActive == true
        case .inactive(let user): return directory.user(id: user)?.isActive == false
        case .member(let user, let group): return directory.group(id: group)?.contains(.user(user)) == true
        case .nested(let group, in: let outer): return directory.group(id: outer)?.contains(.group(group)) == true
        case .holdsAppRole(let user, let value): return directory.user(id: user)?.roles.contains(value) == true
        case .listed(let user): return binding?.users.contains { names(user).contains(NameKey($0.value)) } == true
        case .takesGroup(let group):
            let listed = binding?.groups?.map(\.value) ?? binding.map { [$0.principal.name] } ?? []
            return listed.contains { names(group).contains(NameKey($0)) }
        case .takesAppRole(let value): return binding?.appRoles.contains { $0.value == value } == true
        case .grant(let scope, let role, let location):
            return binding?.grants?.contains { rule in
                rule.grant.scope == scope
                    && (rule.grant.role.isAtLeast(role)
                        || location.flatMap { rule.grant.locations[$0] }?.isAtLeast(role) == true)
            } == true
        case .customRole: return true
        }
    }
}
