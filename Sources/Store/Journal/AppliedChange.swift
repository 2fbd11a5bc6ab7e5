internal import Roster

/// A mutation that was applied in memory, on its way to the journal and then to the files.
///
/// A class, because it goes through many hands: one count each time, and not one on each of its parts.
final class AppliedChange: Sendable {
    let sequence: Int
    let time: Timestamp
    let requester: Requester
    let mutation: Mutation
    let before: Snapshot
    let after: Snapshot
    /// The records whose files change by it.
    let touched: Set<String>

    init(
        sequence: Int,
        time: Timestamp,
        requester: Requester,
        mutation: Mutation,
        before: Snapshot,
        after: Snapshot,
        touched: Set<String>
    ) {
        self.sequence = sequence
        self.time = time
        self.requester = requester
        self.mutation = mutation
        self.before = before
        self.after = after
        self.touched = touched
    }

    /// The state that it made.
    var state: Latest.State { Latest.State(snapshot: after, sequence: sequence) }

    /// What the journal holds of it.
    var logged: LoggedChange {
        LoggedChange(
            sequence: sequence,
            time: time,
            requester: requester,
            mutation: mutation,
            records: touched.sorted().map { id in
                .init(id: id, before: before.content.version(of: id), after: after.content.version(of: id))
            }
        )
    }
}

extension Directory {
    /// The version of a record's content; nil where there is no such record.
    func version(of id: String) -> String? {
        user(id: id)?.version ?? group(id: id)?.version
    }
}

extension Effect {
    /// Every record that it changes, removes or makes.
    var touched: Set<String> { users.union(groups).union(removedUsers).union(removedGroups) }
}
