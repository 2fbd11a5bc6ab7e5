internal import Access
internal import SCIM

/// What the JSON forms of `explain`, `who-can`, `report` and `diff` share.
enum ReviewJSON {
    static func value(_ moment: TreeMoment) -> Value {
        [
            "commit": ReportJSON.text(moment.commit),
            "time": ReportJSON.text(moment.seconds.map(TreeMoment.time)),
            "day": .string(moment.day.description),
        ]
    }

    static func value(_ role: EffectiveRole) -> Value { ReportJSON.texts(role.roles.map(\.name)) }

    static func value(_ note: CommitNote?) -> Value {
        guard let note else { return .null }
        return [
            "commit": .string(note.id),
            "author": .string(note.author),
            "time": .string(TreeMoment.time(note.seconds)),
            "subject": .string(note.subject),
            "source": ReportJSON.text(note.source),
            "requests": ReportJSON.texts(note.requests),
            "hand_edit": ReportJSON.text(note.handEdit),
            "merge": ReportJSON.text(note.merge),
            "history_ends_here": .bool(note.isOldestHere),
        ]
    }

    static func value(_ point: ExplainReport.Point) -> Value {
        [
            "point": .string(point.point.description),
            "roles": value(point.role),
            "paths": .array(point.trails.map(value)),
        ]
    }

    static func value(_ trail: AccessTrail) -> Value {
        let team: String? = if case .team(let name, _) = trail.held.path { name } else { nil }
        return [
            "role": .string(trail.role.name),
            "location": ReportJSON.text(trail.location),
            "implied_by_organization_admin": .bool(trail.isImplied),
            "team": ReportJSON.text(team),
            "source": ReportJSON.text(trail.source?.description),
            "grant": ReportJSON.value(trail.held.grant),
            "origin": ReportJSON.text(trail.held.origin),
            "expires": ReportJSON.text(trail.held.expires?.description),
            "reason": ReportJSON.text(trail.held.reason),
            "opened": value(trail.opened),
            "links": .array(
                trail.links.map { link in
                    [
                        "words": .string(link.words), "file": .string(link.file),
                        "since": value(trail.since[link]),
                    ]
                }
            ),
        ]
    }
}
