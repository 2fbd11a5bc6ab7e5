/// Which attributes an answer shows (RFC 7644 sections 3.4.2.5 and 3.9, RFC 7643 section 7 "returned").
///
/// Names are taken as in a filter: whatever their letter case, with or without URN, with sub-attributes; a bare
/// extension URN means all of the extension. Names that the type does not have select nothing.
public struct Selection: Hashable, Sendable {
    private let type: ResourceType
    private let isOnly: Bool
    private let named: [Named]

    /// A name that a client gave.
    private struct Named: Hashable, Sendable {
        var schema: String
        /// Nil for the whole schema.
        var attribute: String?
        /// Nil for the whole attribute.
        var part: String?
    }

    /// Reads the two query parameters; both at once are refused with `invalidValue`.
    public init(attributes: String? = nil, excluded: String? = nil, type: ResourceType) throws(SCIMError) {
        let attributes = Self.names(attributes)
        let excluded = Self.names(excluded)
        guard attributes.isEmpty || excluded.isEmpty else {
            throw .invalidValue("\"attributes\" and \"excludedAttributes\" cannot be used together")
        }
        self.type = type
        isOnly = !attributes.isEmpty
        named = (attributes + excluded).compactMap { Self.named($0, in: type) }
    }

    /// Whether the client asked for anything but the default.
    public var isDefault: Bool { !isOnly && named.isEmpty }

    /// Whether an answer shows any of an attribute, so that it need not be made for nothing.
    ///
    /// `name` is a canonical name: `members`, `urn:…:User:manager`.
    public func includes(_ name: String) -> Bool {
        guard let target = type.attribute(name) else { return false }
        return mode(of: target.attribute, in: target.schema) != .nothing
    }

    /// A resource with what the client wants to see of it.
    public func applied(to object: Object) -> Object {
        Object(
            distinct: object.members.compactMap { member in
                if let schema = type.extensions.first(where: { CaseInsensitive.equal($0.id, member.name) }) {
                    return applied(to: member, of: schema)
                }
                let attribute =
                    type.schema.attribute(named: member.name) ?? Schema.common.attribute(named: member.name)
                guard let attribute else { return isOnly ? nil : member }
                return applied(to: member, of: attribute, in: type.schema)
            }
        )
    }
}

extension Selection {
    /// How much of an attribute is shown.
    private enum Mode: Hashable {
        case nothing, whole
        case parts([String])
        case allBut([String])
    }

    private static func names(_ list: String?) -> [String] {
        (list ?? "").split(separator: ",").map { name in
            String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        .filter { !$0.isEmpty }
    }

    private static func named(_ name: String, in type: ResourceType) -> Named? {
        switch type.resolve(name, policy: .tolerant) {
        case .schema(let schema):
            Named(schema: schema.id)
        case .attribute(let target):
            Named(schema: target.schema.id, attribute: target.attribute.name, part: target.subAttribute?.name)
        case .unknownPart, .unknown:
            nil
        }
    }

    private func mode(of attribute: Attribute, in schema: Schema) -> Mode {
        switch attribute.returned {
        case .always: return .whole
        case .never: return .nothing
        case .default, .request: break
        }
        let names = named.filter { $0.schema == schema.id && ($0.attribute == nil || $0.attribute == attribute.name) }
        let isWhole = names.contains { $0.part == nil }
        let parts = names.compactMap(\.part)
        if isOnly { return isWhole ? .whole : parts.isEmpty ? .nothing : .parts(parts) }
        if isWhole || attribute.returned == .request { return .nothing }
        return parts.isEmpty ? .whole : .allBut(parts)
    }

    private func applied(to member: Object.Member, of schema: Schema) -> Object.Member? {
        guard let object = member.value.object else { return nil }
        let shown = object.members.compactMap { inner in
            schema.attribute(named: inner.name).flatMap { applied(to: inner, of: $0, in: schema) }
        }
        guard !shown.isEmpty else { return nil }
        return Object.Member(name: member.name, value: .object(Object(distinct: shown)))
    }

    private func applied(to member: Object.Member, of attribute: Attribute, in schema: Schema) -> Object.Member? {
        let mode = mode(of: attribute, in: schema)
        switch mode {
        case .nothing:
            return nil
        case .whole where attribute.subAttributes.allSatisfy { $0.returned == .default || $0.returned == .always }:
            return member
        case .whole, .parts, .allBut:
            let value = shown(member.value, of: attribute, mode)
            return value.isUnassigned ? nil : Object.Member(name: member.name, value: value)
        }
    }

    private func shown(_ value: Value, of attribute: Attribute, _ mode: Mode) -> Value {
        switch value {
        case .array(let elements):
            return .array(elements.map { shown($0, of: attribute, mode) }.filter { !$0.isUnassigned })
        case .object(let object):
            return .object(Object(distinct: object.members.filter { isShown($0.name, of: attribute, mode) }))
        case .null, .bool, .integer, .decimal, .string:
            return value
        }
    }

    private func isShown(_ name: String, of attribute: Attribute, _ mode: Mode) -> Bool {
        guard let part = attribute.subAttribute(named: name) else { return mode == .whole }
        switch (part.returned, mode) {
        case (.always, _): return true
        case (.never, _), (_, .nothing): return false
        case (_, .parts(let names)): return names.contains(part.name)
        case (.request, _): return false
        case (.default, .whole): return true
        case (.default, .allBut(let names)): return !names.contains(part.name)
        }
    }
}
