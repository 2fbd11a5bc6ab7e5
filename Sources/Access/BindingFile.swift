internal import Roster
internal import YAML

/// Reads one file under `access/` that says what one team or one user gets.
enum BindingFile {
    static let keys = ["team", "user", "previously", "groups", "users", "appRoles", "owner", "reason", "grants"]
    private static let teamOnly = ["previously", "groups", "users", "appRoles"]

    /// The file's binding; nil, with a diagnostic, when it does not name a principal.
    static func read(_ bytes: [UInt8], _ reader: inout DocumentReader) -> Binding? {
        guard let root = reader.root(bytes),
            let fields = reader.fields(of: root, what: "an access file", known: keys),
            let (principal, place) = principal(in: fields, at: root.place, &reader)
        else { return nil }
        var binding = Binding(file: reader.file, principal: principal, place: place)
        readSources(fields, into: &binding, &reader)
        binding.owner = fields["owner"].flatMap { reader.text($0.value, what: "\"owner\"") }
        binding.reason = fields["reason"].flatMap { reader.text($0.value, what: "\"reason\"")?.value }
        binding.grants = fields["grants"].flatMap { GrantFields.read($0.value, allowsExpiry: true, &reader) }
        return binding
    }

    private static func principal(
        in fields: Fields,
        at place: Place,
        _ reader: inout DocumentReader
    ) -> (Binding.Principal, Place)? {
        let entries = ["team", "user"].compactMap { fields[$0] }.sorted { $0.keyPlace < $1.keyPlace }
        guard let entry = entries.first, entries.count == 1 else {
            reader.error(
                entries.isEmpty
                    ? "the file names neither a team nor a user"
                    : "the file names both a team and a user",
                at: entries.last?.keyPlace ?? place,
                hint: "a file is about one of them: \"team: NAME\" or \"user: USERNAME\""
            )
            return nil
        }
        guard let name = reader.text(entry.value, what: "\"\(entry.key)\"") else { return nil }
        guard !name.value.isEmpty else {
            reader.error("\"\(entry.key)\" is empty", at: name.place)
            return nil
        }
        return (entry.key == "team" ? .team(name.value) : .user(name.value), name.place)
    }

    private static func readSources(
        _ fields: Fields,
        into binding: inout Binding,
        _ reader: inout DocumentReader
    ) {
        guard case .team = binding.principal else {
            for entry in teamOnly.compactMap({ fields[$0] }) {
                reader.error(
                    "\"\(entry.key)\" in a user's file",
                    at: entry.keyPlace,
                    hint: "a user's file has user, owner, reason and grants"
                )
            }
            return
        }
        binding.previously = names(fields["previously"], &reader) ?? []
        binding.groups = names(fields["groups"], &reader)
        binding.users = names(fields["users"], &reader) ?? []
        binding.appRoles = names(fields["appRoles"], &reader, areExact: true) ?? []
    }

    /// The names of a list, each once; names are compared without regard to letter case unless they are exact.
    private static func names(
        _ entry: Entry?,
        _ reader: inout DocumentReader,
        areExact: Bool = false
    ) -> [Located<String>]? {
        guard let entry, let texts = reader.texts(entry.value, what: "\"\(entry.key)\"") else { return nil }
        var seen: Set<String> = []
        return texts.filter { text in
            guard !text.value.isEmpty else {
                reader.error("an empty name in \"\(entry.key)\"", at: text.place)
                return false
            }
            guard seen.insert(areExact ? text.value : NameKey(text.value).folded).inserted else {
                reader.warn("\"\(text.value)\" stands twice in \"\(entry.key)\"", at: text.place)
                return false
            }
            return true
        }
    }
}
