internal import YAML

/// Reads `access/protected.yaml`: whom no plan may remove or lower.
enum ProtectedFile {
    /// The people and teams that the file lists.
    static func read(_ bytes: [UInt8], _ reader: inout DocumentReader) -> Protected {
        guard let root = reader.root(bytes),
            let fields = reader.fields(of: root, what: "the file of who is protected", known: ["users", "teams"])
        else { return Protected() }
        return Protected(
            users: fields["users"].flatMap { reader.texts($0.value, what: "\"users\"") } ?? [],
            teams: fields["teams"].flatMap { reader.texts($0.value, what: "\"teams\"") } ?? []
        )
    }
}
