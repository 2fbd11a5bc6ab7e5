internal import Access
internal import SCIM

/// A difference as JSON.
enum DifferenceJSON {
    static func members(of difference: AccessDifference) -> [(String, Value)] {
        [
            ("groups", .array(difference.groups.map(value))), ("people", .array(difference.people.map(value))),
            ("objects", .array(difference.objects.map(value))),
        ]
    }

    private static func value(_ group: GroupDifference) -> Value {
        [
            "name": .string(group.name),
            "former_name": ReportJSON.text(group.formerName),
            "action": .string(group.change.rawValue),
            "joined": ReportJSON.texts(group.joined),
            "left": ReportJSON.texts(group.left),
        ]
    }

    private static func value(_ person: PersonDifference) -> Value {
        var object: Object = ["person": .string(person.person), "display_name": ReportJSON.text(person.displayName)]
        switch person.membership {
        case .stays: object["membership"] = "stays"
        case .joins(let why): object["membership"] = .string("joins: \(why)")
        case .leaves(let why): object["membership"] = .string("leaves: \(why)")
        case .renamed(let old):
            object["membership"] = "renamed"
            object["former_address"] = .string(old)
        }
        object["changes"] = .array(
            person.points.map { point in
                [
                    "point": .string(point.point.description),
                    "before": ReviewJSON.value(point.before),
                    "after": ReviewJSON.value(point.after),
                    "loss": .bool(point.isLoss),
                    "reasons": ReportJSON.texts(point.reasons),
                ]
            }
        )
        return .object(object)
    }

    private static func value(_ object: ObjectDifference) -> Value {
        [
            "kind": .string(object.kind),
            "name": .string(object.name),
            "action": .string(object.action.rawValue),
            "details": ReportJSON.texts(object.details),
            "file": .string(object.file),
        ]
    }
}
