package import Access
internal import SCIM

/// What a change of the tree means: for people first, then object by object.
package struct DifferenceReport: Sendable {
    package var from: TreeMoment
    package var to: TreeMoment
    package var difference: AccessDifference

    /// Joins two states with what is different between them.
    package init(from: TreeMoment, to: TreeMoment, difference: AccessDifference) {
        self.from = from
        self.to = to
        self.difference = difference
    }
}

extension DifferenceReport {
    /// The report in one form, ending with a line's end.
    package func rendered(as format: ReportFormat, isColored: Bool = false) -> String {
        guard format == .json else { return outline.rendered(as: format, isColored: isColored) }
        return String(decoding: ReportJSON.bytes(json), as: UTF8.self)
    }

    private var outline: Outline {
        let counts = [
            Self.count(difference.groups.count, "group", "groups"),
            Self.count(difference.people.count, "person", "people"),
            Self.count(difference.objects.count, "object", "objects"),
        ].compactMap { $0 }
        let title = difference.isEmpty ? "nothing changes" : counts.joined(separator: ", ") + " changed"
        let moments = "\(from.words) -> \(to.words)"
        return Outline(
            title: [.words("dagroster diff: \(title)")],
            facts: [[.words(moments)]],
            sections: DifferenceOutline.sections(of: difference)
        )
    }

    private static func count(_ count: Int, _ one: String, _ many: String) -> String? {
        count == 0 ? nil : PlanText.counted(count, one, many)
    }

    private var json: Value {
        var object: Object = [
            "format_version": .integer(ReportJSON.version),
            "kind": "diff",
            "from": ReviewJSON.value(from),
            "to": ReviewJSON.value(to),
        ]
        for (key, value) in DifferenceJSON.members(of: difference) { object[key] = value }
        return .object(object)
    }
}
