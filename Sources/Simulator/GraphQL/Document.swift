/// What a client asks for, as it is written: operations and the fragments that they share.
struct Document: Sendable {
    var operations: [Operation] = []
    var fragments: [Fragment] = []
}

/// A query or a mutation.
struct Operation: Sendable {
    enum Kind: String, Sendable {
        case query
        case mutation
        case subscription
    }

    var kind: Kind
    var name: String?
    var variables: [VariableDefinition] = []
    var directives: [Directive] = []
    var selections: [Selection]
    /// Where it begins.
    var location: Location
    var nameLocation: Location?
}

/// Fields that may be selected wherever an object can be of a type.
struct Fragment: Sendable {
    var name: String
    var type: NamedType
    var directives: [Directive]
    var selections: [Selection]
    var location: Location
    var nameLocation: Location
}

/// The name of a type where it stands alone.
struct NamedType: Hashable, Sendable {
    var name: String
    var location: Location
}

/// One part of a selection set.
enum Selection: Sendable {
    case field(Field)
    case spread(FragmentSpread)
    case inline(InlineFragment)
}

/// A field that is asked for.
struct Field: Sendable {
    var alias: String?
    var name: String
    var arguments: [Argument] = []
    var directives: [Directive] = []
    /// What is asked of its value; nil where there are no braces.
    var selections: [Selection]?
    var location: Location
    var selectionsLocation: Location?

    /// The name under which the answer has it.
    var responseName: String { alias ?? name }
}

/// `...Name`.
struct FragmentSpread: Sendable {
    var name: String
    var directives: [Directive]
    var location: Location
    var nameLocation: Location
}

/// `... on Type { … }`, or without a type.
struct InlineFragment: Sendable {
    var type: NamedType?
    var directives: [Directive]
    var selections: [Selection]
    var location: Location
}

/// A value by its name.
struct Argument: Sendable {
    var name: String
    var value: Literal
    var location: Location
}

/// `@include(if: $wanted)`.
struct Directive: Sendable {
    var name: String
    var arguments: [Argument]
    var location: Location
}

/// `$name: Type = default`.
struct VariableDefinition: Sendable {
    var name: String
    var type: TypeReference
    /// Where the type's name stands.
    var typeLocation: Location
    var defaultValue: Literal?
    var directives: [Directive]
    var location: Location
    var nameLocation: Location
}
