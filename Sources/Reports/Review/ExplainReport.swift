package import Access
internal import SCIM

/// What one person may do, and why.
package struct ExplainReport: Sendable {
    /// What they may do at one point, with every way to it.
    package struct Point: Sendable {
        package var point: AccessPoint
        package var role: EffectiveRole
        package var trails: [AccessTrail]

        /// Joins a point with what leads to a role there.
        package init(point: AccessPoint, role: EffectiveRole, trails: [AccessTrail]) {
            self.point = point
            self.role = role
            self.trails = trails
        }
    }

    package var moment: TreeMoment
    /// The person's userName.
    package var person: String
    package var displayName: String?
    package var isActive: Bool
    /// The commit that deactivated somebody who is not active.
    package var inactiveSince: CommitNote?
    /// The names of the groups that list the person.
    package var groups: [String]
    /// The deployment that was asked about; nil: everything.
    package var deployment: String?
    package var points: [Point]

    /// Joins the parts.
    package init(
        moment: TreeMoment,
        person: String,
        displayName: String? = nil,
        isActive: Bool,
        inactiveSince: CommitNote? = nil,
        groups: [String],
        deployment: String? = nil,
        points: [Point]
    ) {
        self.moment = moment
        self.person = person
        self.displayName = displayName
        self.isActive = isActive
        self.inactiveSince = inactiveSince
        self.groups = groups
        self.deployment = deployment
        self.points = points
    }
}

extension ExplainReport {
    /// The report in one form, ending with a line's end.
    package func rendered(as format: ReportFormat, isColored: Bool = false) -> String {
        guard format == .json else { return outline.rendered(as: format, isColored: isColored) }
        return String(decoding: ReportJSON.bytes(json), as: UTF8.self)
    }

    private var outline: Outline {
        var facts: [[Outline.Span]] = [
            [.words(isActive ? "active" : "inactive")], [.words("at \(moment.words)")],
            [.words("grants of \(moment.day)")],
        ]
        if !groups.isEmpty { facts.append([.words("groups: "), .names(groups)]) }
        let name = displayName.map { [Outline.Span.words(" "), .quiet("(\($0))")] } ?? []
        let sections = points.enumerated().map { index, point in
            Outline.Section(point.point.description.neutralized, id: "point-\(index)", [item(of: point)])
        }
        return Outline(title: [.strong(person)] + name, facts: facts, sections: nothing + sections)
    }

    private var nothing: [Outline.Section] {
        guard points.isEmpty else { return [] }
        guard isActive else {
            let why = inactiveSince.map { [Outline.Item(spans: [.words("since "), .foreign($0.words)])] } ?? []
            let item = Outline.Item(spans: [.words("inactive people hold nothing")], items: why)
            return [Outline.Section("Holds nothing", id: "nothing", [item])]
        }
        let whereTo = deployment.map { " on \($0.neutralized)" } ?? ""
        return [Outline.Section("Holds nothing\(whereTo)", id: "nothing", empty: "no grant reaches this person", [])]
    }

    private func item(of point: Point) -> Outline.Item {
        Outline.Item(spans: [.words("may act as "), .role(point.role)], items: point.trails.map(TrailItem.item))
    }

    private var json: Value {
        [
            "format_version": .integer(ReportJSON.version),
            "kind": "explain",
            "at": ReviewJSON.value(moment),
            "user": .string(person),
            "display_name": ReportJSON.text(displayName),
            "active": .bool(isActive),
            "inactive_since": ReviewJSON.value(inactiveSince),
            "groups": ReportJSON.texts(groups),
            "deployment": ReportJSON.text(deployment),
            "access": .array(points.map(ReviewJSON.value)),
        ]
    }
}
