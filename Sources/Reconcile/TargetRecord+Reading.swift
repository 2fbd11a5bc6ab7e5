package import Access
internal import Roster
package import YAML

extension TargetRecord {
    /// Reads what ``bytes`` writes; anything else is an error with its place, and no part of it is used.
    package static func read(_ bytes: [UInt8], file: String) -> (record: TargetRecord?, diagnostics: [Diagnostic]) {
        var reader = DocumentReader(file: file)
        guard let root = reader.root(bytes, limit: Reader.wholeLimit) else { return (nil, reader.diagnostics) }
        let record = RecordReader.read(root, &reader)
        return (reader.hasErrors ? nil : record, reader.diagnostics)
    }

    /// Reads the names of a record, and of which commit it is; mistakes in the rest are not looked for.
    package static func readNames(
        _ bytes: [UInt8],
        file: String
    ) -> (names: (commit: String?, part: KnownNames)?, diagnostics: [Diagnostic]) {
        var reader = DocumentReader(file: file)
        guard let root = reader.root(bytes, limit: Reader.wholeLimit) else { return (nil, reader.diagnostics) }
        let names = RecordReader.readNames(root, &reader)
        return (reader.hasErrors ? nil : names, reader.diagnostics)
    }
}

/// Reads the parts of a record.
enum RecordReader {
    private static let keys = [
        "version", "target", "commit", "attempted", "intent", "time", "users", "teams", "roles", "invitations",
        "newcomers", "deployments", "known",
        "notAdopted", "vanished", "guards", "protected", "overrides",
    ]

    static func readNames(_ root: Node, _ reader: inout DocumentReader) -> (commit: String?, part: KnownNames)? {
        guard let (fields, _) = head(root, &reader) else { return nil }
        var people: [(userName: String, id: String)] = []
        for entry in entries(fields["users"], &reader) {
            guard let user = reader.entries(of: entry.value, what: "a user").map(Fields.init),
                let id = text(user["id"], &reader)
            else { continue }
            people.append((text(user["userName"], &reader) ?? entry.key, id))
        }
        var known = names(fields["known"], &reader)
        known.add(TargetRecord.names(of: people))
        return (text(fields["commit"], &reader), known)
    }

    /// What every record begins with.
    private static func head(_ root: Node, _ reader: inout DocumentReader) -> (fields: Fields, target: String)? {
        guard let fields = reader.fields(of: root, what: "the record", known: keys) else { return nil }
        guard let version = fields["version"].flatMap({ reader.integer($0.value, what: "\"version\"") }),
            let target = fields["target"].flatMap({ reader.text($0.value, what: "\"target\"") })
        else {
            reader.error("a record states its version and target", at: root.place)
            return nil
        }
        guard version.value == TargetRecord.version else {
            let hint = "it was written by a newer dagroster; run that one"
            reader.error("unknown version \(version.value) of a record", at: version.place, hint: hint)
            return nil
        }
        return (fields, target.value)
    }

    static func read(_ root: Node, _ reader: inout DocumentReader) -> TargetRecord? {
        guard let (fields, target) = head(root, &reader) else { return nil }
        var record = TargetRecord(target: target)
        record.commit = text(fields["commit"], &reader)
        record.attempted = text(fields["attempted"], &reader)
        record.intent = fields["intent"].flatMap { IntentReader.read($0.value, &reader) }
        record.time = fields["time"].flatMap { reader.scalar($0.value, what: "\"time\"")?.value }
        let users = entries(fields["users"], &reader)
        record.users.reserveCapacity(users.count)
        for entry in users { record.users[entry.key] = user(entry, &reader) }
        for entry in entries(fields["teams"], &reader) { record.teams[entry.key] = team(entry.value, &reader) }
        if let roles = fields["roles"] { record.roles = CustomRoleFields.read(roles.value, &reader) }
        for entry in entries(fields["invitations"], &reader) { record.invitations[entry.key] = instant(entry, &reader) }
        record.newcomers = Set(texts(fields["newcomers"], &reader))
        for entry in entries(fields["deployments"], &reader) {
            record.deployments[entry.key] = deployment(entry.value, &reader)
        }
        record.names = names(fields["known"], &reader)
        record.names.add(record.usersNames)
        record.notAdopted = Set(texts(fields["notAdopted"], &reader).map(ItemID.init))
        for entry in entries(fields["vanished"], &reader) {
            record.vanished[ItemID(entry.key)] = instant(entry, &reader)
        }
        record.limits = fields["guards"].flatMap { limits($0.value, &reader) }
        record.protected = protected(fields["protected"], &reader)
        record.overrides = overrides(fields["overrides"], &reader)
        return record
    }

    static func user(_ entry: Entry, _ reader: inout DocumentReader) -> RecordedUser? {
        let keys = ["id", "created", "userName", "ours", "grants"]
        guard let fields = reader.fields(of: entry.value, what: "a user", known: keys) else { return nil }
        guard let id = text(fields["id"], &reader) else {
            reader.error("a user without \"id\"", at: entry.keyPlace)
            return nil
        }
        return RecordedUser(
            id: id,
            created: fields["created"].flatMap { reader.scalar($0.value, what: "\"created\"")?.value },
            userName: text(fields["userName"], &reader) ?? entry.key,
            isOurs: fields["ours"].flatMap { reader.boolean($0.value, what: "\"ours\"")?.value } ?? true,
            grants: fields["grants"].flatMap { grants($0.value, &reader) }
        )
    }

    static func team(_ node: Node, _ reader: inout DocumentReader) -> RecordedTeam? {
        let keys = ["groups", "members", "grants"]
        guard let fields = reader.fields(of: node, what: "a team", known: keys) else { return nil }
        return RecordedTeam(
            groups: texts(fields["groups"], &reader),
            members: Set(texts(fields["members"], &reader)),
            grants: fields["grants"].flatMap { grants($0.value, &reader) }
        )
    }

    private static func grants(_ node: Node, _ reader: inout DocumentReader) -> [Scope: RecordedGrant]? {
        guard let nodes = reader.list(node, what: "\"grants\"") else { return nil }
        var grants: [Scope: RecordedGrant] = [:]
        for node in nodes {
            guard let fields = reader.fields(of: node, what: "a recorded grant", known: ["grant", "because"]),
                let field = fields["grant"],
                let rule = GrantFields.read(field.value, allowsExpiry: true, &reader)?.first
            else { continue }
            let because = text(fields["because"], &reader)
            grants[rule.grant.scope] = RecordedGrant(rule.grant, because: because, expires: rule.expires)
        }
        return grants
    }

    private static func deployment(_ node: Node, _ reader: inout DocumentReader) -> DeploymentState? {
        guard let fields = reader.fields(of: node, what: "a deployment", known: ["locations"]) else { return nil }
        return DeploymentState(locations: fields["locations"].map { Set(texts($0, &reader)) })
    }

    private static func names(_ field: Entry?, _ reader: inout DocumentReader) -> KnownNames {
        guard let field,
            let fields = reader.fields(of: field.value, what: "\"known\"", known: ["users", "groups"])
        else { return KnownNames() }
        var names = KnownNames()
        for entry in entries(fields["users"], &reader) { names.users[NameKey(entry.key)] = text(entry, &reader) }
        for entry in entries(fields["groups"], &reader) { names.groups[NameKey(entry.key)] = text(entry, &reader) }
        return names
    }

    private static func instant(_ entry: Entry, _ reader: inout DocumentReader) -> Timestamp? {
        guard let text = reader.scalar(entry.value, what: "a time") else { return nil }
        guard let time = Timestamp(text.value) else {
            reader.error("\"\(text.value)\" is no time", at: text.place)
            return nil
        }
        return time
    }

    private static func limits(_ node: Node, _ reader: inout DocumentReader) -> GuardLimits? {
        let keys = ["percent", "count", "floor", "groupPercent", "groupFloor", "minAdmins"]
        guard let fields = reader.fields(of: node, what: "\"guards\"", known: keys + ["grace"]) else { return nil }
        let numbers = keys.compactMap { key in
            fields[key].flatMap { reader.integer($0.value, what: "\"\(key)\"")?.value }
        }
        guard numbers.count == keys.count else {
            reader.error("\"guards\" of a record has all of \(keys.joined(separator: ", "))", at: node.place)
            return nil
        }
        return GuardLimits(
            percent: numbers[0],
            count: numbers[1],
            floor: numbers[2],
            groupPercent: numbers[3],
            groupFloor: numbers[4],
            minimumAdmins: numbers[5],
            grace: fields["grace"].flatMap { reader.integer($0.value, what: "\"grace\"")?.value } ?? 0
        )
    }

    private static func protected(_ field: Entry?, _ reader: inout DocumentReader) -> ProtectedNames {
        guard let field,
            let fields = reader.fields(of: field.value, what: "\"protected\"", known: ["users", "teams", "renamed"])
        else { return ProtectedNames() }
        var names = ProtectedNames(
            users: Set(texts(fields["users"], &reader)),
            teams: Set(texts(fields["teams"], &reader))
        )
        for entry in entries(fields["renamed"], &reader) { names.renamedTeams[entry.key] = text(entry, &reader) }
        return names
    }

    private static func overrides(_ field: Entry?, _ reader: inout DocumentReader) -> [GuardOverride] {
        guard let field else { return [] }
        let keys = ["guard", "digest", "reason"]
        return (reader.list(field.value, what: "\"overrides\"") ?? []).compactMap { node in
            guard let fields = reader.fields(of: node, what: "an override", known: keys) else { return nil }
            return GuardOverride(
                guardName: text(fields["guard"], &reader) ?? "",
                digest: text(fields["digest"], &reader) ?? "",
                reason: text(fields["reason"], &reader) ?? ""
            )
        }
    }

    static func entries(_ field: Entry?, _ reader: inout DocumentReader) -> [Entry] {
        field.flatMap { reader.entries(of: $0.value, what: "\"\($0.key)\"") } ?? []
    }

    static func text(_ field: Entry?, _ reader: inout DocumentReader) -> String? {
        field.flatMap { reader.text($0.value, what: "\"\($0.key)\"")?.value }
    }

    private static func texts(_ field: Entry?, _ reader: inout DocumentReader) -> [String] {
        field.flatMap { reader.texts($0.value, what: "\"\($0.key)\"") }?.map(\.value) ?? []
    }
}
