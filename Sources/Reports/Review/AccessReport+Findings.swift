internal import Access

// What an auditor looks for first, as sections of their own.
extension AccessReport {
    var findings: [Outline.Section] {
        [
            Outline.Section(
                "Organization admins",
                id: "admins",
                count: admins.count,
                empty: "nobody",
                admins.map(Self.item)
            ),
            Outline.Section(
                "Grants with a last day",
                id: "expiring",
                count: expiring.count,
                empty: "none",
                expiring.map(Self.item)
            ),
            Outline.Section(
                "Active people in no group",
                id: "without-group",
                count: withoutGroup.count,
                empty: "none",
                withoutGroup.isEmpty ? [] : [Outline.Item(spans: [.names(withoutGroup)])]
            ),
            Outline.Section(
                "Inactive people, who hold nothing",
                id: "inactive",
                count: inactive.count,
                empty: "none",
                inactive.isEmpty ? [] : [Outline.Item(spans: [.names(inactive)])]
            ),
        ]
    }

    private static func item(_ admin: Person) -> Outline.Item {
        let name = admin.displayName.map { [Outline.Span.words(" "), .quiet("(\($0))")] } ?? []
        let trails = admin.points.first { $0.point == .organization }?.trails ?? []
        let ways = trails.filter { $0.role == .admin }.map { trail in
            let through = trail.source == nil ? "directly" : "through \(trail.through)"
            let origin = trail.held.origin.map { ", \($0)" } ?? ""
            let opened = trail.opened.map { [Outline.Span.words("  since "), .quiet($0.words)] } ?? []
            return Outline.Item(spans: [.foreign(through + origin)] + opened)
        }
        return Outline.Item(spans: [.strong(admin.person)] + name, items: ways)
    }

    private static func item(_ grant: Expiring) -> Outline.Item {
        let when: String
        switch grant.days {
        case ..<0: when = "ended after \(grant.last)"
        case 0: when = "ends today, \(grant.last)"
        case 1: when = "ends tomorrow, \(grant.last)"
        default: when = "ends in \(grant.days) days, \(grant.last)"
        }
        return Outline.Item(
            sign: grant.days < 0 ? .loss : .none,
            spans: [
                .words("\(when)  "), .strong(grant.principal), .words("  "),
                .foreign("\(AccessPoint(grant.grant.scope)): \(ChangeText.text(of: grant.grant))"), .words("  "),
                .quiet(grant.origin),
            ]
        )
    }
}
