import Access
import ArgumentParser
import Git
import Reports
import Roster
import Tree
import YAML

/// Says who may do what in the whole organisation.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Who may do what where, with every path and the commit that opened it, for an auditor to keep.",
        discussion: """
            With --format html one page that loads nothing from elsewhere: a table of people and deployments in which \
            each cell opens its paths, the organization's admins, grants with a last day, people in no group, and, with \
            --since, what changed. It reads without scripts; with them it can be filtered.

            Exit: 0 with an answer · 3 the tree is invalid · 64 wrong usage

            Example:  dagroster report --format html --since 2026-10-01 > access.html
            """
    )

    @Option(help: ArgumentHelp("Say what changed since a commit, or since the end of a day.", valueName: "rev"))
    var since: String?

    @OptionGroup var moment: MomentOptions

    @OptionGroup var options: ReviewOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let reviewed = try await ReviewedTree.read(common, options, at: moment.at)
        var report = try await WholeReport(reviewed: reviewed).report()
        report.since = try await changes(reviewed)
        options.show(common.color, report.rendered)
    }

    private func changes(
        _ reviewed: ReviewedTree
    ) async throws -> (moment: TreeMoment, difference: AccessDifference)? {
        guard let since else { return nil }
        guard let repository = reviewed.repository, let commit = reviewed.commit else {
            throw Failure.usage("\(reviewed.tree) is in no git repository, so that nothing is known about \"\(since)\"")
        }
        let (old, info) = try await Revision.find(since, in: repository, of: reviewed.tree)
        let comparison = Comparison(
            tree: reviewed.tree,
            repository: repository,
            old: old,
            new: commit,
            from: TreeMoment(commit: old.hex, seconds: info.committer.seconds, day: reviewed.moment.day),
            to: reviewed.moment
        )
        let report = try await comparison.report(target: options.target)
        return (report.from, report.difference)
    }
}

/// Asks about everybody.
private struct WholeReport {
    let reviewed: ReviewedTree

    func report() async throws -> AccessReport {
        let directory = reviewed.contents.directory
        let inactive = directory.users.filter { !$0.isActive }.map(\.userName).sorted()
        let people = try await people()
        return AccessReport(
            moment: reviewed.moment,
            points: points,
            people: people,
            expiring: expiring,
            withoutGroup: people.filter(\.groups.isEmpty).map(\.person),
            inactive: inactive
        )
    }

    private func people() async throws -> [AccessReport.Person] {
        let teams = reviewed.wanted.teamsByMember
        let finder = reviewed.trails
        let columns = points
        let directory = reviewed.contents.directory
        var people: [AccessReport.Person] = []
        for (key, user) in reviewed.wanted.users.sorted(by: { $0.key < $1.key }) {
            let access = reviewed.wanted.effectiveAccess(of: key, teams: teams[key] ?? [])
            var points: [ExplainReport.Point] = []
            for point in columns where !access.role(at: point).isNone {
                let ways = finder.trails(of: key, at: point, teams: teams[key] ?? [])
                points.append(ExplainReport.Point(point: point, role: access.role(at: point), trails: ways))
            }
            let groups = directory.groupIDs(containing: user.userID).compactMap { directory.group(id: $0)?.displayName }
            people.append(
                AccessReport.Person(
                    person: user.userName,
                    displayName: user.displayName,
                    groups: groups.sorted(),
                    points: points
                )
            )
        }
        try await date(&people)
        return people
    }

    private func date(_ people: inout [AccessReport.Person]) async throws {
        guard var history = try await reviewed.history() else { return }
        try await history.prepare(for: people.flatMap(\.points).flatMap(\.trails))
        for person in people.indices {
            for point in people[person].points.indices {
                let ways = people[person].points[point].trails
                people[person].points[point].trails = try await history.dated(ways)
            }
        }
    }

    /// The organisation, what grants name, and the deployments that the target had at the last apply.
    private var points: [AccessPoint] {
        var points = Set(PointArgument.deployments(in: reviewed).map(AccessPoint.deployment)).union([.organization])
        for user in reviewed.wanted.users.values {
            points.formUnion((user.grants ?? [:]).values.flatMap(\.grant.points))
        }
        for team in reviewed.wanted.teams.values {
            points.formUnion((team.grants ?? [:]).values.flatMap(\.grant.points))
        }
        return AccessPoint.inReadingOrder(points)
    }

    private var expiring: [AccessReport.Expiring] {
        let all = reviewed.contents.access.bindings.flatMap { binding in
            (binding.grants ?? []).compactMap { rule in
                rule.expires.map { last in
                    AccessReport.Expiring(
                        principal: binding.principal.description,
                        grant: rule.grant,
                        last: last,
                        days: reviewed.moment.day.days(until: last),
                        origin: "\(binding.file):\(rule.place)"
                    )
                }
            }
        }
        return all.sorted { ($0.last, $0.origin) < ($1.last, $1.origin) }
    }
}
