package import Access
internal import SCIM

/// Everything that an auditor asks about an organisation: who may do what where and why, what ends, what changed.
package struct AccessReport: Sendable {
    /// One person who may do something, with every way to each role.
    package struct Person: Sendable {
        /// What they may do at one point.
        package typealias Point = ExplainReport.Point

        package var person: String
        package var displayName: String?
        /// The names of the groups that list the person.
        package var groups: [String]
        package var points: [Point]

        /// Joins a person with what they hold.
        package init(person: String, displayName: String? = nil, groups: [String], points: [Point]) {
            self.person = person
            self.displayName = displayName
            self.groups = groups
            self.points = points
        }
    }

    /// A grant with a last day.
    package struct Expiring: Hashable, Sendable {
        /// Who holds it: `team "Data Platform"`.
        package var principal: String
        package var grant: Grant
        package var last: CalendarDate
        /// How many days are left; negative: it has ended.
        package var days: Int
        /// The line that gives it.
        package var origin: String

        /// Joins a grant with its last day.
        package init(principal: String, grant: Grant, last: CalendarDate, days: Int, origin: String) {
            self.principal = principal
            self.grant = grant
            self.last = last
            self.days = days
            self.origin = origin
        }
    }

    package var moment: TreeMoment
    /// The points at which somebody may hold something, in the order of a table.
    package var points: [AccessPoint]
    /// Everybody who is active, by address.
    package var people: [Person]
    /// Grants with a last day, the earliest first.
    package var expiring: [Expiring]
    /// Active people whom no group lists.
    package var withoutGroup: [String]
    /// People whose record is there and not active.
    package var inactive: [String]
    /// What is different since another moment; nil: nobody asked.
    package var since: (moment: TreeMoment, difference: AccessDifference)?

    /// Joins the parts.
    package init(
        moment: TreeMoment,
        points: [AccessPoint],
        people: [Person],
        expiring: [Expiring] = [],
        withoutGroup: [String] = [],
        inactive: [String] = [],
        since: (moment: TreeMoment, difference: AccessDifference)? = nil
    ) {
        self.moment = moment
        self.points = points
        self.people = people
        self.expiring = expiring
        self.withoutGroup = withoutGroup
        self.inactive = inactive
        self.since = since
    }
}

extension AccessReport {
    /// The report in one form, ending with a line's end.
    package func rendered(as format: ReportFormat, isColored: Bool = false) -> String {
        guard format == .json else { return outline(as: format).rendered(as: format, isColored: isColored) }
        return String(decoding: ReportJSON.bytes(AccessReportJSON(report: self).value), as: UTF8.self)
    }

    /// Whoever is admin of the organisation.
    var admins: [Person] {
        people.filter { person in
            person.points.contains { $0.point == .organization && $0.role.builtIn == .admin }
        }
    }

    private func outline(as format: ReportFormat) -> Outline {
        let holders = people.filter { !$0.points.isEmpty }.count
        let numbers: [[Outline.Span]] = [
            [.words("at \(moment.words)")], [.words("grants of \(moment.day)")],
            [.words("\(PlanText.counted(people.count, "active person", "active people")), \(holders) with access")],
        ]
        let title = "Who may do what: \(PlanText.counted(people.count, "person", "people"))"
        let table = format == .html ? [matrix] : [list]
        return Outline(title: [.words(title)], facts: numbers, sections: table + findings + changes)
    }

    /// The table of a page; other forms have a list.
    private var matrix: Outline.Section {
        let html = MatrixHTML(matrix: AccessMatrix(report: self)).html
        return Outline.Section(
            "Who may do what where",
            id: "matrix",
            empty: html.isEmpty ? "nobody" : "",
            [],
            html: html
        )
    }

    private var list: Outline.Section {
        let holders = people.filter { !$0.points.isEmpty }
        let items = holders.map { person in
            let name = person.displayName.map { [Outline.Span.words(" "), .quiet("(\($0))")] } ?? []
            let points = person.points.map { point in
                Outline.Item(
                    spans: [.foreign(point.point.description), .words(": "), .role(point.role)]
                        + Self.through(point)
                )
            }
            return Outline.Item(spans: [.strong(person.person)] + name, items: points)
        }
        return Outline.Section("Who may do what where", id: "people", count: holders.count, empty: "nobody", items)
    }

    /// The ways in a few words, each with the commit that opened it.
    private static func through(_ point: ExplainReport.Point) -> [Outline.Span] {
        let ways = point.trails.map { trail in
            let opened = trail.opened.map { " since \(PlanText.short($0.id))" } ?? ""
            return (trail.source == nil ? "directly" : "through \(trail.through)") + opened
        }
        return ways.isEmpty ? [] : [.words("  "), .quiet(ways.joined(separator: "; "))]
    }

    private var changes: [Outline.Section] {
        guard let since else { return [] }
        let note = Outline.Section(
            "Changes since \(since.moment.words)",
            id: "changes",
            empty: since.difference.isEmpty ? "none" : nil,
            since.difference.isEmpty ? [] : [Outline.Item(spans: [.words("up to \(moment.words)")])]
        )
        return [note] + DifferenceOutline.sections(of: since.difference)
    }
}
