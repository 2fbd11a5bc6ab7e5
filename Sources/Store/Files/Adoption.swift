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
    private var last: [String: Int] = [:]
    private var limit = 10_000

    /// Notes a change.
    ///
    /// - Parameters:
    ///   - change: what was changed.
    ///   - through: the last change that is in the files; asked when many were noted.
    mutating func note(_ change: AppliedChange, through: () -> Int) {
        for id in change.touched { last[id] = change.sequence }
        guard last.count > limit else { return }
        forget(through: through())
        limit = max(10_000, 2 * last.count)
    }

    /// Forgets changes that are in the files.
    mutating func forget(through: Int) { last = last.filter { $0.value > through } }

    /// Whether a record has changes that the files may not have yet.
    func contains(_ id: String) -> Bool { last[id] != nil }
}
