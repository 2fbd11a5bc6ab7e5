internal import Roster
internal import Tree

/// What records were before changes of them that are in no commit yet.
///
/// Git puts a file back to what the last commit holds of it with `git stash`, `git reset --hard`, `git checkout` and
/// `git restore`, and means what somebody has not committed; it does not mean what was answered to a client. Such a file
/// is no edit: what was answered is written again.
///
/// It belongs to the thread that writes files.
struct UncommittedChanges: Sendable {
    /// Records that were written in the same seconds.
    private struct Generation: Sendable {
        /// The directory as the files had it before.
        var base: Directory
        let start: ContinuousClock.Instant
        var ids: Set<String>
        /// How many changes had been noted in the log with the last of them.
        var end: Int
    }

    /// How long a generation is: each keeps what all of its records were.
    private static let length = Duration.seconds(4)
    /// Of more the first are put together, so that a commit that does not come about costs no memory without bound.
    private static let most = 8

    private var generations: [Generation] = []
    private var noted = 0

    /// Notes that records are written.
    ///
    /// - Parameters:
    ///   - ids: the records.
    ///   - base: the directory as the files have it until then.
    ///   - changes: how many changes were noted in the log for that.
    ///   - now: when.
    mutating func note(_ ids: Set<String>, base: Directory, changes: Int, at now: ContinuousClock.Instant = .now) {
        noted += changes
        generations.append(Generation(base: base, start: now, ids: ids, end: noted))
        let last = generations.count - 1
        if last > 0, generations[last - 1].start.duration(to: now) < Self.length { merge(last) }
        if generations.count > Self.most { merge(1) }
    }

    /// Makes a generation part of the one before it: what only the later one has was the same before the earlier one.
    private mutating func merge(_ later: Int) {
        let generation = generations.remove(at: later)
        generations[later - 1].ids.formUnion(generation.ids)
        generations[later - 1].end = generation.end
    }

    /// Forgets what is in commits.
    ///
    /// - Parameter open: how many of the changes that were noted are in none.
    mutating func forget(open: Int) {
        let committed = noted - open
        generations.removeAll { $0.end <= committed }
    }

    /// The directory as it was before the first change of a record that is in no commit; nil: there is none.
    func base(of id: String) -> Directory? { generations.first { $0.ids.contains(id) }?.base }

    /// Whether a file holds what the last commit holds of a record that has changed since.
    func isPutBack(_ file: ProvisionedFile) -> Bool {
        guard let id = file.id, let base = base(of: id), base.member(id: id) != nil else { return false }
        let edit = OutsideEdit(base: base, now: base)
        switch file {
        case .user(let user): return edit.mutation(user)?.isEmpty == true
        case .group(let contents): return edit.mutation(contents)?.isEmpty == true
        case .none, .broken: return false
        }
    }
}
