internal import HashTreeCollections
internal import Roster

/// A mutation that was applied in memory, on its way to the journal and then to the files.
struct AppliedChange: Sendable {
    var sequence: Int
    var time: Timestamp
    var requester: Requester
    var mutation: Mutation
    var before: Directory
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
                .init(id: id, before: before.version(of: id), after: after.directory.version(of: id))
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

extension Snapshot {
    /// The state after a mutation.
    ///
    /// - Returns: the records whose files change by it.
    mutating func apply(_ mutation: Mutation, at time: Timestamp) throws(RosterError) -> Set<String> {
        let effect = try directory.apply(mutation)
        for id in effect.users { modified[id] = time }
        for id in effect.groups { modified[id] = time }
        for id in effect.removedUsers { modified[id] = nil }
        for id in effect.removedGroups { modified[id] = nil }
        return effect.touched
    }
}
