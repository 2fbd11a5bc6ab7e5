internal import Roster

/// A mutation that was applied in memory, on its way to the journal and then to the files.
struct AppliedChange: Sendable {
    var sequence: Int
    var time: Timestamp
    var requester: Requester
    var mutation: Mutation
    var before: Snapshot
    var after: Snapshot
    /// The records whose files change by it.
    var touched: Set<String>

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
                .init(id: id, before: before.directory.version(of: id), after: after.directory.version(of: id))
            }
        )
    }
}

extension Directory {
    /// The version of a record's content; nil where there is no such record.
    func version(of id: String) -> String? {
        switch member(id: id) {
        case .user: user(id: id)?.version
        case .group: group(id: id)?.version
        case nil: nil
        }
    }
}

extension Effect {
    /// Every record that it changes, removes or makes.
    var touched: Set<String> { users.union(groups).union(removedUsers).union(removedGroups) }
}
