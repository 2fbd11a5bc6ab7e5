/// The type of a field, an argument or a variable, as it is written: `[LocationScopedGrantInput!]!`.
indirect enum TypeReference: Hashable, Sendable {
    case named(String)
    case list(TypeReference)
    case nonNull(TypeReference)
}

extension TypeReference {
    /// The type without the `!` at its end.
    var nullable: TypeReference {
        if case .nonNull(let type) = self { type } else { self }
    }

    var isNonNull: Bool {
        if case .nonNull = self { true } else { false }
    }

    /// The type of the elements, if this is a list.
    var element: TypeReference? {
        if case .list(let element) = nullable { element } else { nil }
    }

    /// The name inside all lists.
    var name: String {
        switch self {
        case .named(let name): name
        case .list(let type), .nonNull(let type): type.name
        }
    }
}

extension TypeReference: CustomStringConvertible {
    var description: String {
        switch self {
        case .named(let name): name
        case .list(let type): "[\(type)]"
        case .nonNull(let type): "\(type)!"
        }
    }
}
