internal import HashTreeCollections
internal import Roster
internal import YAML

/// Applies the journal's changes to what the files hold, where they fit.
///
/// A change fits a record whose content has the version that the change found. A record that has another one was
/// changed by somebody else in between: its file stays, and the changes of it are set aside.
struct Replay {
    private(set) var applied: [AppliedChange] = []
    /// Changes that do not fit.
    private(set) var setAside: [LoggedChange] = []
    var snapshot: Snapshot
    private let files: RecordFiles
    private var judged: Set<String> = []
    /// Records that have what the journal holds of them already, up to a change.
    private var settled: [String: Int] = [:]

    init(snapshot: Snapshot, files: RecordFiles) {
        self.snapshot = snapshot
        self.files = files
    }

    /// Applies changes in order.
    mutating func apply(_ changes: [LoggedChange]) {
        judgeAll(changes)
        for change in changes {
            let id = change.mutation.id
            if let last = settled[id], change.sequence <= last { continue }
            guard snapshot.broken.keptIDs[id] == nil else {
                setAside.append(change)
                continue
            }
            apply(change)
        }
    }

    private mutating func apply(_ change: LoggedChange) {
        var after = snapshot
        do throws(RosterError) {
            let touched = try after.apply(change.mutation, at: change.time)
            applied.append(
                AppliedChange(
                    sequence: change.sequence,
                    time: change.time,
                    requester: change.requester,
                    mutation: change.mutation,
                    before: snapshot,
                    after: after,
                    touched: touched
                )
            )
            snapshot = after
        } catch {
            refuse(change.mutation.id, because: "a change that was answered cannot be made any more: \(error)")
            setAside.append(change)
        }
    }

    /// Compares every record's content with what the first change of it found.
    private mutating func judgeAll(_ changes: [LoggedChange]) {
        var last: [String: (sequence: Int, version: String?)] = [:]
        for change in changes {
            for record in change.records { last[record.id] = (change.sequence, record.after) }
        }
        for change in changes {
            for record in change.records where judged.insert(record.id).inserted {
                let found = snapshot.directory.version(of: record.id)
                if found == record.before { continue }
                if let last = last[record.id], found == last.version {
                    settled[record.id] = last.sequence
                } else {
                    refuse(record.id, because: "somebody changed the file while answered changes of it were waiting")
                }
            }
        }
    }

    private mutating func refuse(_ id: String, because message: String) {
        guard snapshot.broken.keptIDs[id] == nil, let path = files.path(of: id) else { return }
        snapshot.broken.keptIDs[id] = path
        snapshot.broken.problems[path] = Diagnostic(file: path, place: nil, message: message)
    }
}
