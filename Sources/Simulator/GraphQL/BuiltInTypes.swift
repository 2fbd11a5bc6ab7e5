/// What every schema has.
enum BuiltInTypes {
    static let scalars = ["Int", "Float", "String", "Boolean", "ID"].map { TypeDefinition(name: $0, kind: .scalar) }

    /// The arguments of the directives that an operation may bear.
    static func arguments(ofDirective name: String) -> NamedList<InputDefinition>? {
        guard name == "include" || name == "skip" else { return nil }
        return NamedList([InputDefinition(name: "if", type: .nonNull(.named("Boolean")))])
    }
}
