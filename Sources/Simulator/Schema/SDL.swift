/// The schema of the simulated organisation in GraphQL's definition language, in parts.
///
/// The same text stands in `Tests/Fixtures/dagster-plus/schema.graphql` for tools of other languages; a test compares.
enum SDL {
    /// The whole text.
    static let text = [roots, errors, enumerations, grants, people, organization].joined(separator: "\n")
}
