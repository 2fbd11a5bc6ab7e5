package import Roster
package import Store
internal import Synchronization

/// The records that a server holds, as somebody who takes over others' changes sees them.
package protocol EditedRecords: Sendable {
    /// Makes a change that came from elsewhere, as far as it still changes something.
    ///
    /// - Returns: whether it did; then it is told among the store's changes.
    /// - Throws: `RosterError` for a change that contradicts what is there, and whatever keeps the store from writing.
    func takeOver(_ mutation: Mutation, by requester: Requester) async throws -> Bool
}

extension Store: EditedRecords {
    package nonisolated func takeOver(_ mutation: Mutation, by requester: Requester) async throws -> Bool {
        let isMade = Mutex(false)
        _ = try await takeOver(by: requester) { snapshot, _ in
            let rest = mutation.rest(in: snapshot.directory)
            isMade.withLock { $0 = rest != nil }
            return rest
        }
        return isMade.withLock { $0 }
    }
}

extension Mutation {
    /// What the change still changes in a directory; nil: nothing.
    func rest(in directory: Directory) -> Mutation? {
        switch self {
        case .createUser(let user):
            guard let there = directory.user(id: user.id) else { return self }
            let assignments = Assignments(from: there.attributes, to: user.attributes)
            return assignments.isEmpty ? nil : .changeUser(id: user.id, assignments)
        case .changeUser(let id, let assignments):
            guard let there = directory.user(id: id) else { return nil }
            var changed = there
            changed.assign(assignments)
            return changed == there ? nil : self
        case .createGroup(let group):
            guard let there = directory.group(id: group.id) else { return self }
            let assignments = Assignments(from: there.attributes, to: group.attributes)
            let change = GroupChange(assignments: assignments, joining: group.held)
            return Mutation.changeGroup(id: group.id, change).rest(in: directory)
        case .changeGroup(let id, var change):
            guard let there = directory.group(id: id) else { return nil }
            change.joining = change.joining.filter { !there.contains($0) && directory.member(id: $0.id) == $0 }
            change.leaving = change.leaving.filter(there.contains)
            var changed = there
            changed.assign(change.assignments)
            if changed == there { change.assignments = Assignments() }
            return change.isEmpty ? nil : .changeGroup(id: id, change)
        case .deleteUser(let id): return directory.user(id: id) == nil ? nil : self
        case .deleteGroup(let id): return directory.group(id: id) == nil ? nil : self
        }
    }
}
