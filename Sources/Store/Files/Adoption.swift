internal import Roster

/// What others made of files, on its way into the state.
struct Adoption: Sendable {
    var edits: RecordEdits
    /// When the files were last written, by id.
    var modified: [String: Timestamp]
    /// The directory as the files had it before; with the edits, once they are taken over.
    var written: Directory
    /// The last change that is in the files.
    var through: Int
    /// For records whose files have waited for somebody to mend them while changes were answered: the directory as
    /// those files had it.
    var owing: [String: Directory]
    /// Why records could not be taken over, by id.
    var refused: [String: RosterError] = [:]
    /// Edited records that are gone by what was answered.
    var gone: Set<String> = []
    /// Records with answered changes that go into the files on top of the edits.
    var merged: Set<String> = []
}

/// Which records were changed last by which change, as far as the files may not have it yet.
struct RecentChanges: Sendable {
    /// In the order in which they were made; a list, because every change is noted and hardly ever is anybody asked for.
    private var changes: [(sequence: Int, touched: Set<String>)] = []
    private var limit = 10_000

    /// Notes a change.
    ///
    /// - Parameters:
    ///   - change: what was changed.
    ///   - through: the last change that is in the files; asked when many were noted.
    mutating func note(_ change: AppliedChange, through: () -> Int) {
        changes.append((change.sequence, change.touched))
        guard changes.count > limit else { return }
        forget(through: through())
        limit = max(10_000, 2 * changes.count)
    }

    /// Forgets changes that are in the files.
    mutating func forget(through: Int) { changes.removeAll { $0.sequence <= through } }

    /// The records that have changes which the files may not have yet.
    var touched: Set<String> { changes.reduce(into: []) { $0.formUnion($1.touched) } }
}
