internal import SCIM

/// What a field was called with: coerced values by name; what was not given is absent.
struct Arguments: Hashable, Sendable {
    var values: [String: Value] = [:]

    subscript(name: String) -> Value? { values[name] }

    /// A text; empty when it is absent or null, as Dagster+'s Python takes it.
    func text(_ name: String) -> String { values[name]?.string ?? "" }

    /// A whole number; nil when it is absent or null.
    func integer(_ name: String) -> Int? { values[name]?.integer }

    /// The fields of an input object, as arguments of their own.
    func object(_ name: String) -> Arguments {
        Arguments(values[name]?.object)
    }

    init(_ object: Object? = nil) {
        for member in object?.members ?? [] { values[member.name] = member.value }
    }
}
