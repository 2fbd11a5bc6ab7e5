internal import SCIM

/// The value of a field before the fields are selected of it.
enum Resolved: Sendable {
    case null
    case leaf(Value)
    case list([Resolved])
    case node(Node)
}

extension Resolved {
    static func text(_ text: String?) -> Resolved { text.map { .leaf(.string($0)) } ?? .null }

    static func integer(_ integer: Int?) -> Resolved { integer.map { .leaf(.integer($0)) } ?? .null }

    static func bool(_ bool: Bool) -> Resolved { .leaf(.bool(bool)) }

    static func node(_ node: Node?) -> Resolved { node.map { .node($0) } ?? .null }

    static func nodes(_ nodes: [Node]) -> Resolved { .list(nodes.map { .node($0) }) }

    static func texts(_ texts: [String]) -> Resolved { .list(texts.map { .leaf(.string($0)) }) }
}

/// An object of the schema: its type, and how its fields get their values.
struct Node: Sendable {
    let type: String
    let field: @Sendable (String, Arguments) throws(GraphQLError) -> Resolved?

    /// An object whose fields take no arguments; a field that it does not know has no value.
    init(_ type: String, _ field: @escaping @Sendable (String) -> Resolved?) {
        self.type = type
        self.field = { name, _ in field(name) }
    }

    init(_ type: String, calling field: @escaping @Sendable (String, Arguments) throws(GraphQLError) -> Resolved?) {
        self.type = type
        self.field = field
    }
}

/// Where an operation begins.
protocol Root {
    /// The value of a root field; nil when there is no such field.
    mutating func resolve(_ field: String, _ arguments: Arguments) throws(GraphQLError) -> Resolved?
}
