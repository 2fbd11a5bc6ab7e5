/// The fields of a map whose keys are a few that are known, by their keys.
///
/// A list, because a search through some of them costs less than a table of them, of which a record of many people would
/// need one each.
package struct Fields: Hashable, Sendable {
    private let entries: [Entry]

    /// The entries of a map; no key stands twice.
    package init(_ entries: [Entry]) { self.entries = entries }

    /// The entry of a key, if it is there.
    package subscript(key: String) -> Entry? { entries.first { $0.key == key } }
}
