internal import Access

/// Dagster+'s own words for roles.
enum RoleNames {
    private static let words: [(Role, String)] = [
        (.catalogViewer, "CATALOG_VIEWER"), (.viewer, "VIEWER"), (.launcher, "LAUNCHER"), (.editor, "EDITOR"),
        (.admin, "ADMIN"),
    ]

    /// What a custom role's grant says beside its id.
    static let custom = "CUSTOM"

    static func word(for role: Role) -> String { words.first { $0.0 == role }?.1 ?? custom }

    /// The built-in role of a word; nil for a word that this program does not know.
    static func role(for word: String) -> Role? { words.first { $0.1 == word }?.0 }
}
