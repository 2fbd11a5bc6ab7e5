internal import Access
internal import SCIM

/// A report on an organisation as JSON.
struct AccessReportJSON {
    let report: AccessReport

    var value: Value {
        [
            "format_version": .integer(ReportJSON.version),
            "kind": "report",
            "at": ReviewJSON.value(report.moment),
            "points": ReportJSON.texts(report.points.map(\.description)),
            "people": .array(report.people.map(Self.value)),
            "admins": ReportJSON.texts(report.admins.map(\.person)),
            "expiring": .array(report.expiring.map(Self.value)),
            "without_group": ReportJSON.texts(report.withoutGroup),
            "inactive": ReportJSON.texts(report.inactive),
            "changes": changes,
        ]
    }

    private var changes: Value {
        guard let since = report.since else { return .null }
        var object: Object = ["since": ReviewJSON.value(since.moment)]
        for (key, value) in DifferenceJSON.members(of: since.difference) { object[key] = value }
        return .object(object)
    }

    private static func value(_ person: AccessReport.Person) -> Value {
        [
            "person": .string(person.person),
            "display_name": ReportJSON.text(person.displayName),
            "groups": ReportJSON.texts(person.groups),
            "access": .array(person.points.map(ReviewJSON.value)),
        ]
    }

    private static func value(_ grant: AccessReport.Expiring) -> Value {
        [
            "principal": .string(grant.principal),
            "grant": ReportJSON.value(grant.grant),
            "last_day": .string(grant.last.description),
            "days": .integer(grant.days),
            "origin": .string(grant.origin),
        ]
    }
}
