internal import SCIM

/// A value as a document writes it.
struct Literal: Hashable, Sendable {
    indirect enum Kind: Hashable, Sendable {
        case variable(String)
        case int(String)
        case float(String)
        case string(String)
        case bool(Bool)
        case null
        case enumeration(String)
        case list([Literal])
        case object([Member])
    }

    struct Member: Hashable, Sendable {
        var name: String
        var location: Location
        var value: Literal
    }

    var kind: Kind
    var location: Location
}

extension Literal: CustomStringConvertible {
    /// The value as a document would write it, in the words of an error.
    var description: String {
        switch kind {
        case .variable(let name): "$\(name)"
        case .int(let text), .float(let text), .enumeration(let text): text
        case .string(let text): String(decoding: JSON.write(.string(text)), as: UTF8.self)
        case .bool(let bool): bool ? "true" : "false"
        case .null: "null"
        case .list(let elements): "[\(elements.map(\.description).joined(separator: ", "))]"
        case .object(let members): "{\(members.map { "\($0.name): \($0.value)" }.joined(separator: ", "))}"
        }
    }
}

extension Literal {
    /// Whether two literals are written alike, but for the order of an object's members.
    func isLike(_ other: Literal) -> Bool { sorted == other.sorted }

    /// The text with the members of objects by name.
    private var sorted: String {
        switch kind {
        case .list(let elements): "[\(elements.map(\.sorted).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\($0.name):\($0.value.sorted)" }.sorted().joined(separator: ","))}"
        default: description
        }
    }

    /// The names of all variables in it, with their places.
    var variables: [(name: String, location: Location)] {
        switch kind {
        case .variable(let name): [(name, location)]
        case .list(let elements): elements.flatMap(\.variables)
        case .object(let members): members.flatMap(\.value.variables)
        default: []
        }
    }
}
