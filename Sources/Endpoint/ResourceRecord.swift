internal import Roster
internal import SCIM
internal import Store

/// A user or group as the protocol reads it.
enum ResourceRecord: Record {
    case user(UserRecord)
    case group(GroupRecord)

    /// The record of a type and id, if there is one.
    init?(_ type: ResourceType, id: String, links: Links) {
        if type == .user, let user = links.content.user(id: id) {
            self = .user(UserRecord(user, links: links))
        } else if type == .group, let group = links.content.group(id: id) {
            self = .group(GroupRecord(group, links: links))
        } else {
            return nil
        }
    }

    var type: ResourceType {
        switch self {
        case .user: .user
        case .group: .group
        }
    }

    var id: String {
        switch self {
        case .user(let record): record.user.id
        case .group(let record): record.group.id
        }
    }

    /// The record's version: weak, because it names the content and not its bytes.
    var entityTag: EntityTag {
        switch self {
        case .user(let record): EntityTag(record.user.version)
        case .group(let record): EntityTag(record.group.version)
        }
    }

    /// The URL of the resource.
    var location: String {
        switch self {
        case .user(let record): record.links.location(.user, id: id)
        case .group(let record): record.links.location(.group, id: id)
        }
    }

    /// Whether the resource is too large to be sent back after every change.
    var isLarge: Bool {
        guard case .group(let record) = self else { return false }
        return record.group.members.count + record.group.groups.count > 1000
    }

    /// The resource as an answer shows it, in the schema's order; what is not selected is not even asked for.
    func resource(_ selection: Selection) -> Object {
        var object = Object()
        for name in ["schemas", "id"] { object[name] = common(name) }
        for attribute in type.schema.attributes where shows(attribute, selection) {
            object[attribute.name] = value(of: attribute, in: type.schema).assigned
        }
        for schema in type.extensions {
            let members = schema.attributes.compactMap { attribute in
                value(of: attribute, in: schema).assigned.map { (attribute.name, $0) }
            }
            if !members.isEmpty { object[schema.id] = .object(Object(members)) }
        }
        object["meta"] = common("meta")
        return selection.isDefault ? object : selection.applied(to: object)
    }

    /// Appends the resource as an answer shows it.
    func write(_ selection: Selection, into bytes: inout [UInt8]) {
        if case .user(let record) = self, selection.isDefault, record.links.stored.isAll {
            UserAnswer(links: record.links).write(record.user, into: &bytes)
        } else {
            JSON.write(.object(resource(selection)), into: &bytes)
        }
    }

    /// The default needs no look at names: no schema has parts of attributes that are left out by default, and whole
    /// attributes say so themselves.
    private func shows(_ attribute: Attribute, _ selection: Selection) -> Bool {
        guard selection.isDefault else { return selection.includes(attribute.name) }
        return attribute.returned == .default || attribute.returned == .always
    }

    private func common(_ name: String) -> Value? {
        Schema.common.attribute(named: name).flatMap { value(of: $0, in: type.schema) }
    }

    func value(of attribute: Attribute, in schema: Schema) -> Value? {
        switch self {
        case .user(let record): record.value(of: attribute, in: schema)
        case .group(let record): record.value(of: attribute, in: schema)
        }
    }

    func elements(of attribute: Attribute, whose subAttribute: String, equals value: String) -> [Value]? {
        switch self {
        case .user(let record): record.elements(of: attribute, whose: subAttribute, equals: value)
        case .group(let record): record.elements(of: attribute, whose: subAttribute, equals: value)
        }
    }

    func hasValue(of attribute: Attribute, in schema: Schema) -> Bool {
        switch self {
        case .user(let record): record.hasValue(of: attribute, in: schema)
        case .group(let record): record.hasValue(of: attribute, in: schema)
        }
    }
}

extension Value? {
    /// Nil for what stands for "no value", which answers never show.
    fileprivate var assigned: Value? {
        guard let self, !self.isUnassigned else { return Value?.none }
        return self
    }
}
