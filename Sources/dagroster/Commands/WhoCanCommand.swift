import Access
import ArgumentParser
import Reports
import Tree
import YAML

/// Says who may act in a role.
struct WhoCanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who-can",
        abstract: "Who holds at least a role on a deployment, through what, and since which commit.",
        discussion: """
            Whoever holds a higher role is named, too: an admin can do what an editor can. Locations on which somebody \
            holds more than on the deployment are listed behind it.

            Exit: 0 with an answer · 3 the tree is invalid · 64 an unknown name, or wrong usage

            Example:  dagroster who-can editor prod
            """
    )

    @Argument(help: "catalog_viewer, viewer, launcher, editor, admin, or a custom role's name.")
    var role: String

    @Argument(help: "A deployment, DEPLOYMENT/LOCATION, organization, branches or \"branches of DEPLOYMENT\".")
    var deployment: String

    @OptionGroup var moment: MomentOptions

    @OptionGroup var options: ReviewOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let reviewed = try await ReviewedTree.read(common, options, at: moment.at)
        let role = try Self.role(role, in: reviewed)
        let point = try PointArgument.point(deployment, in: reviewed)
        let holders = try await Holders(reviewed: reviewed, role: role).found(at: point)
        let report = WhoCanReport(moment: reviewed.moment, role: role, point: point, holders: holders)
        options.show(common.color, report.rendered)
    }

    private static func role(_ name: String, in reviewed: ReviewedTree) throws -> Role {
        let role = Role(name: name)
        let custom = reviewed.contents.access.roles
        guard case .custom(let name) = role, custom[name] == nil else { return role }
        let names = Role.builtIn.map(\.name) + custom.keys.sorted()
        let hint =
            Suggestion.closest(to: name, among: names).map { "did you mean \"\($0)\"?" }
            ?? "the roles are \(names.joined(separator: ", "))"
        throw Failure.usage("no role is called \"\(name)\"\nhint: \(hint)")
    }
}

/// The people who hold at least a role.
private struct Holders {
    let reviewed: ReviewedTree
    let role: Role

    /// At a point, and behind it at each location where somebody holds it who does not on the whole deployment.
    func found(at point: AccessPoint) async throws -> [WhoCanReport.Holder] {
        let teams = reviewed.wanted.teamsByMember
        let finder = reviewed.trails
        var found: [(rank: AccessPoint, holder: WhoCanReport.Holder)] = []
        for (key, user) in reviewed.wanted.users.sorted(by: { $0.key < $1.key }) {
            let access = reviewed.wanted.effectiveAccess(of: key, teams: teams[key] ?? [])
            let isHeld = { (point: AccessPoint) in access.role(at: point).isAtLeast(EffectiveRole([role])) }
            let points = isHeld(point) ? [point] : access.points.filter { $0.isPart(of: point) && isHeld($0) }
            for point in points {
                let ways = finder.trails(of: key, at: point, teams: teams[key] ?? []).filter { $0.role.isAtLeast(role) }
                let holder = WhoCanReport.Holder(
                    person: user.userName,
                    displayName: user.displayName,
                    point: point,
                    role: access.role(at: point),
                    trails: ways
                )
                found.append((point, holder))
            }
        }
        if var history = try await reviewed.history() {
            try await history.prepare(for: found.flatMap(\.holder.trails))
            for index in found.indices {
                found[index].holder.trails = try await history.dated(found[index].holder.trails)
            }
        }
        let ordered = found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        return ordered.map(\.element.holder)
    }
}
