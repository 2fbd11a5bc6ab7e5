internal import Access
internal import YAML

/// Reads the settings' `guards`.
enum GuardSettingsReader {
    static func guards(_ node: Node, _ reader: inout DocumentReader) -> GuardSettings {
        var guards = GuardSettings()
        let keys = ["removals", "group", "minAdmins", "grace"]
        guard let fields = reader.fields(of: node, what: "\"guards\"", known: keys) else { return guards }
        if let removals = fields["removals"] {
            let known = ["percent", "count", "floor"]
            let limits = reader.fields(of: removals.value, what: "\"removals\"", known: known) ?? Fields([])
            guards.removals.percent = percent(limits, &reader) ?? guards.removals.percent
            guards.removals.count = count("count", limits, &reader) ?? guards.removals.count
            guards.removals.floor = count("floor", limits, &reader) ?? guards.removals.floor
        }
        if let group = fields["group"] {
            let limits = reader.fields(of: group.value, what: "\"group\"", known: ["percent", "floor"]) ?? Fields([])
            guards.group.percent = percent(limits, &reader) ?? guards.group.percent
            guards.group.floor = count("floor", limits, &reader) ?? guards.group.floor
        }
        guards.minAdmins = count("minAdmins", fields, &reader) ?? guards.minAdmins
        if let grace = fields["grace"].flatMap({ reader.duration($0.value, what: "\"grace\"") }) {
            guards.grace = grace.value
        }
        return guards
    }

    /// Until which day, and why, nothing is applied; both must be said, so that a report can say them.
    static func suspend(_ entry: Entry, _ reader: inout DocumentReader) -> SuspendSettings? {
        let known = ["until", "reason"]
        guard let fields = reader.fields(of: entry.value, what: "\"suspend\"", known: known) else { return nil }
        guard let until = fields["until"], let reason = fields["reason"] else {
            let missing = fields["until"] == nil ? "until" : "reason"
            reader.error(
                "\"suspend\" has no \"\(missing)\"",
                at: entry.keyPlace,
                hint: "write suspend: {until: 2027-01-31, reason: a migration}; to go on, remove it"
            )
            return nil
        }
        guard let text = reader.scalar(until.value, what: "\"until\""),
            let words = reader.name(reason.value, what: "\"reason\"")
        else { return nil }
        guard let day = CalendarDate(text.value) else {
            reader.error(
                "\"until\" is \"\(text.value)\"",
                at: text.place,
                hint: "write a day as YYYY-MM-DD; nothing is applied through it, UTC"
            )
            return nil
        }
        return SuspendSettings(until: day, reason: words.value)
    }

    private static func percent(_ fields: Fields, _ reader: inout DocumentReader) -> Int? {
        fields["percent"].flatMap { reader.count($0.value, what: "\"percent\"", limit: 100) }
    }

    private static func count(_ key: String, _ fields: Fields, _ reader: inout DocumentReader) -> Int? {
        fields[key].flatMap { reader.count($0.value, what: "\"\(key)\"") }
    }
}
