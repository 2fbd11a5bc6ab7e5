internal import SCIM
internal import YAML

/// Reads `scim.store`: `all`, or attributes by their names in the SCIM schemas, whatever the letter case.
enum StoredSettingsReader {
    static func stored(_ node: Node, _ reader: inout DocumentReader) -> SCIMSettings.Stored {
        guard case .sequence = node.content else {
            reader.word(node, what: "\"store\"", allowed: ["all"], or: "a list of attributes")
            return .all
        }
        let texts = reader.texts(node, what: "\"store\"") ?? []
        return .attributes(texts.compactMap { name($0, &reader) })
    }

    private static let enterprise = "enterprise"
    private static let never = "password"
    private static let names: [String] =
        (Schema.user.attributes + Schema.group.attributes).map(\.name).filter { $0 != never }

    /// The name as the schemas write it.
    private static func name(_ text: Located<String>, _ reader: inout DocumentReader) -> String? {
        if let name = canonical(text.value) { return name }
        guard text.value.lowercased() != never else {
            reader.error("\"\(never)\" is never stored", at: text.place, hint: "take it out of the list")
            return nil
        }
        reader.error("unknown attribute \"\(text.value)\" in \"store\"", at: text.place, hint: hint(text.value))
        return nil
    }

    private static func canonical(_ text: String) -> String? {
        let urn = Schema.enterpriseUser.id
        if text.lowercased() == enterprise || ResourceType.user.schema(named: text)?.id == urn { return urn }
        let schemas = [Schema.common, .user, .group]
        return schemas.lazy.compactMap { $0.attribute(named: text)?.name }.first { $0 == "id" || names.contains($0) }
    }

    /// What was meant: an attribute instead of a part of it, the extension instead of its attribute, or another name.
    private static func hint(_ text: String) -> String {
        let urn = Schema.enterpriseUser.id
        if text.lowercased().hasPrefix(urn.lowercased()) || Schema.enterpriseUser.attribute(named: text) != nil {
            return "write \"\(enterprise)\", which stands for all of the enterprise extension"
        }
        if let whole = canonical(String(text.prefix { $0 != "." && $0 != "[" })) {
            return "write \"\(whole)\"; attributes are stored as a whole"
        }
        return Suggestion.closest(to: text, among: names + [enterprise]).map { "did you mean \"\($0)\"?" }
            ?? "name attributes of the SCIM schemas, such as \"name\" or \"emails\", or \"\(enterprise)\""
    }
}
