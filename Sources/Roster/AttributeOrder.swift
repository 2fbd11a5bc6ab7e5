internal import SCIM

/// The order of what has none: attributes as files list them and as answers show them, and the elements of
/// multi-valued attributes.
enum AttributeOrder {
    /// The keys of a user's or group's file from top to bottom; `id` stands before and `created` after them.
    static let names = [
        "externalId", "userName", "active", "displayName", "name", "nickName", "profileUrl", "title", "userType",
        "preferredLanguage", "locale", "timezone", "emails", "phoneNumbers", "ims", "photos", "addresses",
        "entitlements", "roles", "x509Certificates",
    ]

    /// The keys of one element of a multi-valued or complex attribute.
    static let subNames = [
        "type", "value", "display", "displayName", "formatted", "familyName", "givenName", "middleName",
        "honorificPrefix", "honorificSuffix", "streetAddress", "locality", "region", "postalCode", "country",
        "$ref", "primary", "employeeNumber", "costCenter", "organization", "division", "department", "manager",
    ]

    /// The same attributes without those that hold nothing, in file order and with sorted elements.
    static func canonical(_ attributes: Object) -> Object {
        sorted(attributes, by: ranks)
    }

    /// A value without the parts that hold nothing, its parts in order and its elements sorted.
    static func canonical(_ value: Value) -> Value {
        switch value {
        case .object(let object): .object(sorted(object, by: subRanks))
        case .array(let elements): .array(unique(elements.map(canonical).filter { !$0.isUnassigned }))
        case .null, .bool, .integer, .decimal, .string: value
        }
    }

    /// The place of an attribute in a file.
    static func fileRank(of name: String) -> Int { ranks[name] ?? ranks.count }

    private static func sorted(_ object: Object, by ranks: [String: Int]) -> Object {
        if isPlain(object, by: ranks) { return object }
        var members = object.members.compactMap { member -> Ranked? in
            let value = canonical(member.value)
            let rank = ranks[member.name] ?? ranks.count
            return value.isUnassigned ? nil : Ranked(rank: rank, name: member.name, value: value)
        }
        Ranked.sort(&members)
        return Object(distinct: members.map { Object.Member(name: $0.name, value: $0.value) })
    }

    /// Whether an object has simple values only, in order: most have, and are left as they are.
    private static func isPlain(_ object: Object, by ranks: [String: Int]) -> Bool {
        var last = -1
        return object.members.allSatisfy { member in
            guard let rank = ranks[member.name], rank > last else { return false }
            last = rank
            switch member.value {
            case .bool, .integer, .decimal, .string: return true
            case .null, .array, .object: return false
            }
        }
    }

    /// An attribute with its place in an order.
    struct Ranked {
        var rank: Int
        var name: String
        var value: Value

        /// Sorts by rank, and those of one rank by name; what is in order already, as most is, is left as it is.
        static func sort(_ members: inout [Ranked]) {
            let isSorted = members.indices.dropFirst().allSatisfy { members[$0 - 1].precedes(members[$0]) }
            if !isSorted { members.sort { $0.precedes($1) } }
        }

        private func precedes(_ other: Ranked) -> Bool {
            rank == other.rank ? name < other.name : rank < other.rank
        }
    }

    /// Sorted elements, each once.
    static func unique(_ elements: [Value]) -> [Value] {
        guard elements.count > 1 else { return elements }
        let keyed = elements.map { (key: sortKey($0), value: $0) }.sorted { $0.key < $1.key }
        return keyed.reduce(into: []) { result, element in
            if result.last != element.value { result.append(element.value) }
        }
    }

    /// Elements sort by type, then value, then everything else.
    private static func sortKey(_ value: Value) -> String {
        guard let object = value.object else { return String(decoding: JSON.write(value), as: UTF8.self) }
        let leading = [object["type"]?.string ?? "", object["value"]?.string ?? ""]
        return (leading + [String(decoding: JSON.write(value), as: UTF8.self)]).joined(separator: "\u{0}")
    }

    private static let ranks = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    private static let subRanks = Dictionary(uniqueKeysWithValues: subNames.enumerated().map { ($1, $0) })
}

// The order in which an answer shows a user: the schema's.
extension AttributeOrder {
    /// The place of an attribute in an answer, and its name in the schema's letter case.
    static func answerPlace(of name: String) -> (rank: Int, name: String) {
        if let rank = answerRanks[name] { return (rank, name) }
        // A file that somebody wrote by hand may have another letter case (RFC 7643 section 2.1).
        return answerRanks.lazy.filter { $0.key.lowercased() == name.lowercased() }.first.map { ($0.value, $0.key) }
            ?? (enterpriseRank + 1, name)
    }

    /// The section that an attribute of this rank belongs to.
    static func section(ofAnswerRank rank: Int) -> UserText.Section {
        if rank < groupsRank { return .details }
        if rank < enterpriseRank { return .rights }
        return rank == enterpriseRank ? .extensions : .unknown
    }

    /// The enterprise extension stands behind all core attributes.
    static let enterpriseRank = answerNames.count

    private static let groupsRank = answerNames.firstIndex(of: "groups") ?? answerNames.count
    private static let answerNames = Schema.user.attributes.map(\.name)
    private static let answerRanks: [String: Int] = {
        var ranks = Dictionary(uniqueKeysWithValues: answerNames.enumerated().map { ($1, $0) })
        ranks[Schema.enterpriseUser.id] = enterpriseRank
        return ranks
    }()
}
