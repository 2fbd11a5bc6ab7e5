package import Access
package import Reconcile

/// Who may do what where, as a table: a row a person, a column a point.
package struct AccessMatrix: Hashable, Sendable {
    /// What somebody may do at one point.
    package struct Cell: Hashable, Sendable {
        package var role: EffectiveRole
        /// What they could do there before; nil where nothing changes.
        package var before: EffectiveRole?
        /// The ways to it, which open with the cell; none: the row has them.
        package var trails: [AccessTrail] = []

        package init(_ role: EffectiveRole, before: EffectiveRole? = nil) {
            self.role = role
            self.before = before
        }
    }

    /// One person.
    package struct Row: Hashable, Sendable {
        /// The address that a target knows them by.
        package var person: String
        /// The name to show beside it.
        package var displayName: String?
        /// Whether they join or leave the organisation.
        package var membership: PersonChange.Membership
        /// One for each of the table's points.
        package var cells: [Cell]
        /// The names of the groups that list the person, where somebody asked for them.
        package var groups: [String]
        /// The grants that they hold, with the way to each, in words.
        package var paths: [String]

        package init(
            person: String,
            displayName: String? = nil,
            membership: PersonChange.Membership = .stays,
            groups: [String] = [],
            cells: [Cell],
            paths: [String] = []
        ) {
            self.person = person
            self.displayName = displayName
            self.membership = membership
            self.groups = groups
            self.cells = cells
            self.paths = paths
        }

        /// Whether anything is another thing than before.
        package var isChanged: Bool { membership != .stays || cells.contains { $0.before != nil } }
    }

    /// The columns, in their order.
    package var points: [AccessPoint]
    /// Whoever is changed first, then by name.
    package var rows: [Row]
    /// How many people are left out, because a page that holds them all would open nowhere.
    package var omitted: Int

    package init(points: [AccessPoint], rows: [Row], omitted: Int = 0) {
        self.points = points
        self.rows = rows
        self.omitted = omitted
    }

    /// How many cells a table has at most, so that a browser opens it.
    package static let mostCells = 60_000
}

extension AccessMatrix {
    /// What an organisation gives before and after a plan; `wanted` tells through which groups.
    package init(before: AccessTable, after: AccessTable, plan: Plan, wanted: Wanted, mostCells: Int = mostCells) {
        let changes = Dictionary(plan.people.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let others = Set(before.organization.users.keys).union(after.organization.users.keys).subtracting(changes.keys)
        // A former address is the row of the new one.
        let renamed = plan.people.compactMap { person -> String? in
            guard case .renamed(from: let old) = person.membership else { return nil }
            return old
        }
        let people = changes.keys.sorted() + others.subtracting(renamed).sorted()
        let points = Self.points(before, after)
        let shown = people.prefix(max(1, mostCells / max(1, points.count)))
        let rows = shown.map { key in
            Self.row(key, points, before, after, changes[key]?.membership ?? .stays, wanted)
        }
        self.init(points: points, rows: rows, omitted: people.count - shown.count)
    }

    /// What a report found, each cell with the ways to its role.
    init(report: AccessReport, mostCells: Int = mostCells) {
        let shown = report.people.prefix(max(1, mostCells / max(1, report.points.count)))
        let rows = shown.map { person in
            let held = Dictionary(person.points.map { ($0.point, $0) }, uniquingKeysWith: { first, _ in first })
            let cells = report.points.map { point in
                var cell = Cell(held[point]?.role ?? EffectiveRole())
                cell.trails = held[point]?.trails ?? []
                return cell
            }
            return Row(person: person.person, displayName: person.displayName, groups: person.groups, cells: cells)
        }
        self.init(points: report.points, rows: rows, omitted: report.people.count - shown.count)
    }
}

extension AccessMatrix {
    private static func row(
        _ key: String,
        _ points: [AccessPoint],
        _ before: AccessTable,
        _ after: AccessTable,
        _ membership: PersonChange.Membership,
        _ wanted: Wanted
    ) -> Row {
        var formerKey = key
        if case .renamed(from: let old) = membership { formerKey = old }
        let old = before[formerKey]
        let new = after[key]
        let cells = points.map { point in
            let (earlier, later) = (old.role(at: point), new.role(at: point))
            return Cell(later, before: earlier == later ? nil : earlier)
        }
        let held = new.sources.map { source in
            switch source.holder {
            case .user: HeldGrant(source.grant, path: .direct)
            case .team(let name):
                HeldGrant(source.grant, path: .team(name, because: wanted.teams[name]?.members[key] ?? []))
            }
        }
        return Row(
            person: after.organization.users[key]?.email ?? before.organization.users[formerKey]?.email ?? key,
            displayName: wanted.users[key]?.displayName,
            membership: membership,
            cells: cells,
            paths: held.map(words).sorted()
        )
    }

    /// `prod: viewer, finance editor: team "Data Platform" (group "Data Platform")`.
    private static func words(_ held: HeldGrant) -> String {
        "\(AccessPoint(held.grant.scope)): \(ChangeText.text(of: held.grant)), \(held.path)"
            + (held.expires.map { ", until \($0)" } ?? "")
    }

    private static func points(_ before: AccessTable, _ after: AccessTable) -> [AccessPoint] {
        var points: Set<AccessPoint> = [.organization]
        for table in [before, after] {
            points.formUnion(table.organization.deployments.keys.map(AccessPoint.deployment))
            for user in table.organization.users.values { points.formUnion(user.grants.values.flatMap(\.points)) }
            for team in table.organization.teams.values { points.formUnion(team.grants.values.flatMap(\.points)) }
        }
        return AccessPoint.inReadingOrder(points)
    }
}
