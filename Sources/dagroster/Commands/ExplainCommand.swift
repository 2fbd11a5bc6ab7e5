import Access
import ArgumentParser
import Reports
import Roster
import Tree
import YAML

/// Says what one person may do, and why.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "What a person may do, every path that leads there, and the commit that opened each.",
        discussion: """
            Reads a commit, never a target: it says what the tree asks for. A path is everything that must be so: the \
            person is active, a group lists them, a team takes the group, a file gives the role. Each is followed back \
            through history, and the newest of their commits opened the path.

            Of a commit only what the person's access depends on is read: an error in anybody else's record does not keep \
            the answer back, and is "dagroster check"'s to find.

            Exit: 0 with an answer · 3 the tree is invalid · 64 nobody has the name, or wrong usage

            Example:  dagroster explain ada@example.com prod --at 2026-10-01
            """
    )

    @Argument(help: "The person's userName, or an e-mail address that only they have.")
    var user: String

    @Argument(help: "A deployment, DEPLOYMENT/LOCATION, organization or branches. Default: everything that they hold.")
    var deployment: String?

    @OptionGroup var moment: MomentOptions

    @OptionGroup var options: ReviewOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let reviewed = try await ReviewedTree.read(common, options, at: moment.at, about: user)
        let person = try Self.person(user, in: reviewed)
        let asked = try deployment.map { try PointArgument.point($0, in: reviewed) }
        var history = try await reviewed.history()
        let key = reviewed.policy.identity.key(of: person).flatMap { key in
            reviewed.wanted.users[key]?.userID == person.id ? key : nil
        }
        var points: [ExplainReport.Point] = []
        for (point, role) in key.map({ Self.points(of: $0, asked, reviewed) }) ?? [] {
            let found = reviewed.trails.trails(of: key ?? "", at: point)
            let trails = try await history?.dated(found) ?? found
            points.append(ExplainReport.Point(point: point, role: role, trails: trails))
        }
        let inactive = PathLink(
            .inactive(user: person.id),
            file: reviewed.contents.paths[person.id] ?? "",
            words: "\(person.userName) is inactive"
        )
        let report = ExplainReport(
            moment: reviewed.moment,
            person: person.userName,
            displayName: person.displayName,
            isActive: person.isActive,
            inactiveSince: person.isActive ? nil : try await history?.opening(of: inactive),
            groups: reviewed.contents.directory.groupIDs(containing: person.id)
                .compactMap { reviewed.contents.directory.group(id: $0)?.displayName }.sorted(),
            deployment: deployment,
            points: points
        )
        options.show(common.color, report.rendered)
    }

    private static func person(_ name: String, in reviewed: ReviewedTree) throws -> User {
        let directory = reviewed.contents.directory
        if let user = directory.user(called: name) { return user }
        let other = Suggestion.closest(to: name, among: directory.users.map(\.userName).sorted())
        let hint = other.map { "\nhint: did you mean \"\($0)\"?" } ?? ""
        throw Failure.usage(
            "nobody is called \"\(name)\" in \(reviewed.moment.commit.map { "commit \($0.prefix(10))" } ?? "the tree")\(hint)"
        )
    }

    /// Where the person holds something: everywhere, or at a point and the locations of it that grants name.
    private static func points(
        of key: String,
        _ asked: AccessPoint?,
        _ reviewed: ReviewedTree
    ) -> [(AccessPoint, EffectiveRole)] {
        let access = reviewed.wanted.effectiveAccess(of: key)
        let points = asked.map { asked in [asked] + access.points.filter { $0.isPart(of: asked) } } ?? access.points
        return AccessPoint.inReadingOrder(points).map { ($0, access.role(at: $0)) }.filter { !$0.1.isNone }
    }
}

extension AccessPoint {
    /// Whether it is a location of a deployment.
    func isPart(of other: AccessPoint) -> Bool {
        guard case .location(let deployment, _) = self, case .deployment(let name) = other else { return false }
        return deployment == name
    }
}
