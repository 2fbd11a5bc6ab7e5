/// One type of a schema.
struct TypeDefinition: Sendable {
    enum Kind: Sendable {
        case scalar
        case object(NamedList<FieldDefinition>, interfaces: [String])
        case interface(NamedList<FieldDefinition>)
        case union([String])
        case enumeration([String])
        case input(NamedList<InputDefinition>)
    }

    var name: String
    var kind: Kind
}

/// A field of an object or an interface.
struct FieldDefinition: Named, Sendable {
    var name: String
    var arguments: NamedList<InputDefinition>
    var type: TypeReference

    init(_ name: String, _ type: TypeReference, _ arguments: [InputDefinition] = []) {
        self.name = name
        self.type = type
        self.arguments = NamedList(arguments)
    }

    static let typeName = FieldDefinition("__typename", .nonNull(.named("String")))
    static let schema = FieldDefinition("__schema", .nonNull(.named("__Schema")))
    static let type = FieldDefinition(
        "__type",
        .named("__Type"),
        [InputDefinition(name: "name", type: .nonNull(.named("String")))]
    )
}

/// An argument of a field, or a field of an input object.
struct InputDefinition: Named, Sendable {
    var name: String
    var type: TypeReference
    var defaultValue: Literal?

    /// Whether it must be given.
    var isRequired: Bool { type.isNonNull && defaultValue == nil }
}

/// What has a name.
protocol Named {
    var name: String { get }
}

/// Things in the order in which they are written, found by name.
struct NamedList<Element: Named & Sendable>: Sendable {
    private(set) var elements: [Element]
    private let places: [String: Int]

    init(_ elements: [Element]) {
        self.elements = elements
        places = Dictionary(elements.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    subscript(name: String) -> Element? { places[name].map { elements[$0] } }
}

extension TypeDefinition {
    /// Whether fields are selected of its values.
    var isComposite: Bool {
        switch kind {
        case .object, .interface, .union: true
        case .scalar, .enumeration, .input: false
        }
    }

    /// Whether its values stand alone.
    var isLeaf: Bool {
        switch kind {
        case .scalar, .enumeration: true
        case .object, .interface, .union, .input: false
        }
    }

    /// Whether a variable or an argument can be of it.
    var isInput: Bool {
        switch kind {
        case .scalar, .enumeration, .input: true
        case .object, .interface, .union: false
        }
    }

    /// The fields that can be selected.
    var fields: NamedList<FieldDefinition> {
        switch kind {
        case .object(let fields, _), .interface(let fields): fields
        default: NamedList([])
        }
    }

    /// The fields of an input object.
    var inputs: NamedList<InputDefinition>? {
        if case .input(let fields) = kind { fields } else { nil }
    }
}
