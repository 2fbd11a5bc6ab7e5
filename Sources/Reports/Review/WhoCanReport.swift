package import Access
internal import SCIM

/// Who may do at least what a role allows, at a deployment and its locations.
package struct WhoCanReport: Sendable {
    /// One person at one point.
    package struct Holder: Sendable {
        package var person: String
        package var displayName: String?
        package var point: AccessPoint
        package var role: EffectiveRole
        package var trails: [AccessTrail]

        /// Joins a person with what leads to a role.
        package init(
            person: String,
            displayName: String? = nil,
            point: AccessPoint,
            role: EffectiveRole,
            trails: [AccessTrail]
        ) {
            self.person = person
            self.displayName = displayName
            self.point = point
            self.role = role
            self.trails = trails
        }
    }

    package var moment: TreeMoment
    package var role: Role
    package var point: AccessPoint
    package var holders: [Holder]

    /// Joins a question with its answer.
    package init(moment: TreeMoment, role: Role, point: AccessPoint, holders: [Holder]) {
        self.moment = moment
        self.role = role
        self.point = point
        self.holders = holders
    }
}

extension WhoCanReport {
    /// The report in one form, ending with a line's end.
    package func rendered(as format: ReportFormat, isColored: Bool = false) -> String {
        guard format == .json else { return outline.rendered(as: format, isColored: isColored) }
        return String(decoding: ReportJSON.bytes(json), as: UTF8.self)
    }

    private var outline: Outline {
        let people = Set(holders.map(\.person)).count
        let title: [Outline.Span] = [
            .words("who can act as "), .strong(role.name), .words(" on "), .strong(point.description),
            .words(": \(PlanText.counted(people, "person", "people"))"),
        ]
        let facts: [[Outline.Span]] = [[.words("at \(moment.words)")], [.words("grants of \(moment.day)")]]
        let points = holders.map(\.point).reduce(into: [AccessPoint]()) { if !$0.contains($1) { $0.append($1) } }
        let sections = points.enumerated().map { index, point in
            let holders = holders.filter { $0.point == point }
            let title = point.description.neutralized
            return Outline.Section(title, id: "point-\(index)", count: holders.count, holders.map(Self.item))
        }
        let nobody = Outline.Section("Nobody", id: "nobody", empty: "no path leads to it", [])
        return Outline(title: title, facts: facts, sections: sections.isEmpty ? [nobody] : sections)
    }

    private static func item(_ holder: Holder) -> Outline.Item {
        let name = holder.displayName.map { [Outline.Span.words(" "), .quiet("(\($0))")] } ?? []
        return Outline.Item(
            spans: [.strong(holder.person)] + name + [.words("  "), .role(holder.role)],
            items: holder.trails.map(TrailItem.item)
        )
    }

    private var json: Value {
        [
            "format_version": .integer(ReportJSON.version),
            "kind": "who-can",
            "at": ReviewJSON.value(moment),
            "role": .string(role.name),
            "point": .string(point.description),
            "people": .array(
                holders.map { holder in
                    [
                        "person": .string(holder.person),
                        "display_name": ReportJSON.text(holder.displayName),
                        "point": .string(holder.point.description),
                        "roles": ReviewJSON.value(holder.role),
                        "paths": .array(holder.trails.map(ReviewJSON.value)),
                    ]
                }
            ),
        ]
    }
}
