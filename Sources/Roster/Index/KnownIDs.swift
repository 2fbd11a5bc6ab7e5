/// The ids that a directory was made with at once, by their numbers.
///
/// It stays as it is for as long as the directory lives, whoever comes or goes: what was there from the start is found by
/// a number, and what came later by its id.
package final class KnownIDs: Sendable {
    /// Of a directory that began empty.
    package static let none = KnownIDs([], table: NumberTable())

    /// All of them, by their numbers.
    package let ids: [String]
    private let table: NumberTable

    /// Takes ids that differ, and a table that has the number of each.
    init(_ ids: [String], table: NumberTable) {
        self.ids = ids
        self.table = table
    }

    /// The number of an id, whether or not a record has it any more.
    package func number(of id: String) -> Int? {
        ids.isEmpty ? nil : table.first(at: KeyHash(id)) { ids[$0] == id }
    }
}
