internal import Access

/// One way to a role as an item of a report: through what, the commit that opened it, and each link.
enum TrailItem {
    static func item(_ trail: AccessTrail) -> Outline.Item {
        let implied = trail.isImplied ? ", as organization admin" : ""
        let origin = trail.held.origin.map { ", \($0)" } ?? ""
        let through = trail.source == nil ? "directly" : "through \(trail.through)"
        let spans: [Outline.Span] = [
            .role(EffectiveRole([trail.role])), .words(" "), .foreign(through + implied + origin),
        ]
        let opened = trail.opened.map { note in
            [Outline.Item(spans: [.words("opened by "), .foreign(note.words)])]
        }
        return Outline.Item(spans: spans, items: (opened ?? []) + trail.links.map { link(trail, $0) })
    }

    private static func link(_ trail: AccessTrail, _ link: PathLink) -> Outline.Item {
        let since = trail.since[link].map { note in
            [Outline.Span.words("  since "), .quiet("\(PlanText.short(note.id)) \(TreeMoment.time(note.seconds))")]
        }
        return Outline.Item(spans: [.foreign(link.words)] + (since ?? []))
    }
}
