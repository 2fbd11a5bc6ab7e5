internal import SCIM

/// The order of what has none: attributes as files list them, and the elements of multi-valued attributes.
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

    private static func sorted(_ object: Object, by ranks: [String: Int]) -> Object {
        let members = object.members.compactMap { member -> (String, Value)? in
            let value = canonical(member.value)
            return value.isUnassigned ? nil : (member.name, value)
        }
        return Object(
            members.sorted { left, right in
                let leftRank = ranks[left.0] ?? ranks.count
                let rightRank = ranks[right.0] ?? ranks.count
                return leftRank == rightRank ? left.0 < right.0 : leftRank < rightRank
            }
        )
    }

    private static func canonical(_ value: Value) -> Value {
        switch value {
        case .object(let object): .object(sorted(object, by: subRanks))
        case .array(let elements): .array(unique(elements.map(canonical).filter { !$0.isUnassigned }))
        case .null, .bool, .integer, .decimal, .string: value
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
