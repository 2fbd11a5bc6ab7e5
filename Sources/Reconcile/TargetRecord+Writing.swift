internal import Access
internal import Roster
internal import YAML

extension TargetRecord {
    /// The version of the form in which records are written.
    static let version = 1

    /// The record as canonical YAML: the same record gives the same bytes.
    package var bytes: [UInt8] {
        Writer.bytes(of: .map(fields), comment: "Written by dagroster after an apply: what it holds in the target.")
    }

    private var fields: [Field] {
        var fields = [Field("version", .integer(Self.version)), Field("target", .text(target))]
        fields.add("commit", commit.map(Value.text))
        fields.add("attempted", attempted.map(Value.text))
        fields.add("intent", intent?.value)
        fields.add("time", time.map(Value.timestamp))
        fields.add("users", map(users) { key, user in user.value(key: key) })
        fields.add("teams", map(teams) { _, team in team.value })
        fields.add("roles", roles.isEmpty ? nil : CustomRoleFields.value(of: roles))
        fields.add("invitations", map(invitations) { _, time in .timestamp(time.description) })
        fields.add("newcomers", texts(newcomers))
        fields.add("deployments", map(deployments) { _, deployment in deployment.value })
        fields.add("known", known)
        fields.add("notAdopted", texts(notAdopted.map(\.text)))
        let times = Dictionary(vanished.map { ($0.key.text, $0.value) }, uniquingKeysWith: min)
        fields.add("vanished", map(times) { _, time in .timestamp(time.description) })
        fields.add("guards", limits?.value)
        fields.add("protected", protected.value)
        fields.add("overrides", overrides.isEmpty ? nil : .list(overrides.map(\.value)))
        return fields
    }

    private var known: Value? {
        // Whom "users" has already is not stated again.
        let stated = usersNames
        let others = names.users.filter { stated[$0.key] != $0.value }
        var fields: [Field] = []
        fields.add("users", Self.value(of: others))
        fields.add("groups", Self.value(of: names.groups))
        return fields.isEmpty ? nil : .map(fields)
    }
}

extension TargetRecord {
    /// The ids of the recorded people by userName.
    var usersNames: [NameKey: String] { Self.names(of: users.values.map { ($0.userName, $0.id) }) }

    /// Ids by userName; of two people of one name the lesser id counts.
    static func names(of people: [(userName: String, id: String)]) -> [NameKey: String] {
        var names: [NameKey: String] = Dictionary(minimumCapacity: people.count)
        for (userName, id) in people {
            let key = NameKey(userName)
            names[key] = names[key].map { min($0, id) } ?? id
        }
        return names
    }

    private static func value(of ids: [NameKey: String]) -> Value? {
        map(Dictionary(ids.map { ($0.key.folded, $0.value) }, uniquingKeysWith: min)) { .text($1) }
    }
}

extension KnownNames {
    /// Takes up people's names, where nothing is known of them.
    mutating func add(_ names: [NameKey: String]) {
        if users.isEmpty { users = names } else { users.merge(names) { known, _ in known } }
    }
}

extension RecordedUser {
    func value(key: String) -> Value {
        var fields = [Field("id", .text(id))]
        fields.add("created", created.map(Value.timestamp))
        fields.add("userName", userName == key ? nil : .text(userName))
        fields.add("ours", isOurs ? nil : .boolean(false))
        fields.add("grants", grants.map(Self.value))
        return .map(fields)
    }

    fileprivate static func value(of grants: [Scope: RecordedGrant]) -> Value {
        .list(
            grants.values.sorted { $0.grant.scope < $1.grant.scope }.map { recorded in
                var fields = [Field("grant", GrantFields.value(of: [recorded.rule]))]
                fields.add("because", recorded.because.map(Value.text))
                return .map(fields)
            }
        )
    }
}

extension RecordedGrant {
    /// The grant in the form in which files state one.
    fileprivate var rule: GrantRule {
        let place = Place(line: 1, column: 1)
        return GrantRule(grant: grant, expires: expires, place: place, rolePlace: place, scopePlace: place)
    }
}

extension RecordedTeam {
    var value: Value {
        var fields: [Field] = []
        fields.add("groups", groups.isEmpty ? nil : Value.texts(groups))
        fields.add("members", texts(members))
        fields.add("grants", grants.map(RecordedUser.value))
        return .map(fields)
    }
}

extension DeploymentState {
    fileprivate var value: Value {
        var fields: [Field] = []
        fields.add("locations", locations.map { .texts($0.sorted()) })
        return .map(fields)
    }
}

extension GuardLimits {
    fileprivate var value: Value {
        var fields = [
            Field("percent", .integer(percent)),
            Field("count", .integer(count)),
            Field("floor", .integer(floor)),
            Field("groupPercent", .integer(groupPercent)),
            Field("groupFloor", .integer(groupFloor)),
            Field("minAdmins", .integer(minimumAdmins)),
        ]
        fields.add("grace", grace == 0 ? nil : .integer(grace))
        return .map(fields)
    }
}

extension ProtectedNames {
    fileprivate var value: Value? {
        var fields: [Field] = []
        fields.add("users", texts(users))
        fields.add("teams", texts(teams))
        fields.add("renamed", map(renamedTeams) { .text($1) })
        return fields.isEmpty ? nil : .map(fields)
    }
}

extension GuardOverride {
    fileprivate var value: Value {
        .map([
            Field("guard", .text(guardName)), Field("digest", .text(digest)), Field("reason", .text(reason)),
        ])
    }
}

extension [Field] {
    /// Appends a field that has a value.
    mutating func add(_ key: String, _ value: Value?) {
        if let value { append(Field(key, value)) }
    }
}

/// A map by key, nil when there is nothing in it.
func map<Element>(_ elements: [String: Element], _ value: (String, Element) -> Value) -> Value? {
    guard !elements.isEmpty else { return nil }
    return .map(elements.sorted { $0.key < $1.key }.map { Field($0.key, value($0.key, $0.value)) })
}

/// A sorted list, nil when it is empty.
private func texts(_ texts: some Sequence<String>) -> Value? {
    let sorted = texts.sorted()
    return sorted.isEmpty ? nil : .texts(sorted)
}
