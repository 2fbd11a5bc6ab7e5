internal import HashTreeCollections

/// Changes that were made on one state of the directory, made again on another one that moved on meanwhile.
///
/// A change says what it changes and nothing else, so that both sides' changes of one record stand afterwards; where
/// both gave one attribute a value, the one that is made again counts. What cannot be made any more is lost, and told:
/// a name that somebody else has by now, a record that is gone. Who was made twice under one name is one: the record
/// that was there first stays, and takes the other one's memberships.
package struct Reapplication: Sendable {
    /// A change that could not be made again, as a whole or in part.
    package struct Loss: Error, Hashable, Sendable {
        package var mutation: Mutation
        package var reason: RosterError

        package init(mutation: Mutation, reason: RosterError) {
            self.mutation = mutation
            self.reason = reason
        }
    }

    package private(set) var directory: Directory
    package private(set) var losses: [Loss] = []
    /// Records whose files are no longer what they were.
    package private(set) var touched: Set<String> = []
    /// The record that stands for one that could not be made, by the id of that.
    private var substitutes: [String: String] = [:]

    /// Begins with the state that moved on.
    package init(on directory: Directory) { self.directory = directory }

    /// Makes a change again.
    package mutating func apply(_ mutation: Mutation) {
        switch mutation {
        case .createUser(let user): create(user)
        case .createGroup(let group): create(group)
        case .changeUser(let id, let assignments): change(substitutes[id] ?? id, assignments, mutation)
        case .changeGroup(let id, let change): self.change(substitutes[id] ?? id, change, mutation)
        case .deleteUser(let id), .deleteGroup(let id):
            // Gone already, or never made: as it was asked for.
            guard directory.member(id: id) != nil else { return }
            attempt(mutation)
        }
    }

    /// Forgets which files have changed so far.
    package mutating func beginBatch() { touched = [] }
}

extension Reapplication {
    private mutating func create(_ user: User) {
        if let there = directory.user(id: user.id) {
            let assignments = Assignments(from: there.attributes, to: user.attributes)
            return change(user.id, assignments, .createUser(user))
        }
        guard let loss = attempt(.createUser(user)) else { return }
        substitutes[user.id] = loss.nameHolder
    }

    private mutating func create(_ group: Group) {
        let members = group.held
        let alone = Group(id: group.id, created: group.created, attributes: group.attributes)
        if let there = directory.group(id: group.id) {
            let assignments = Assignments(from: there.attributes, to: group.attributes)
            return change(
                group.id,
                GroupChange(assignments: assignments, joining: members),
                .createGroup(group)
            )
        }
        if let loss = attempt(.createGroup(alone)) {
            substitutes[group.id] = loss.nameHolder
            guard loss.nameHolder != nil else { return }
        }
        change(substitutes[group.id] ?? group.id, GroupChange(joining: members), .createGroup(group))
    }

    private mutating func change(_ id: String, _ assignments: Assignments, _ origin: Mutation) {
        guard !assignments.isEmpty else { return }
        guard attempt(.changeUser(id: id, assignments), origin)?.nameHolder != nil else { return }
        let rest = assignments.without("userName")
        if !rest.isEmpty { attempt(.changeUser(id: id, rest), origin) }
    }

    private mutating func change(_ id: String, _ change: GroupChange, _ origin: Mutation) {
        var change = change
        change.joining = known(change.joining)
        change.leaving = known(change.leaving)
        guard !change.isEmpty else { return }
        switch attempt(.changeGroup(id: id, change), origin) {
        case .groupNameTaken:
            change.assignments = change.assignments.without("displayName")
        case .cycle:
            change.joining = change.joining.filter { if case .user = $0 { true } else { false } }
        default: return
        }
        if !change.isEmpty { attempt(.changeGroup(id: id, change), origin) }
    }

    /// The members that are there, under the ids that they have there.
    private func known(_ members: Set<Member>) -> Set<Member> {
        Set(members.compactMap { directory.member(id: substitutes[$0.id] ?? $0.id) })
    }

    @discardableResult
    private mutating func attempt(_ mutation: Mutation, _ origin: Mutation? = nil) -> RosterError? {
        do throws(RosterError) {
            let effect = try directory.apply(mutation)
            touched.formUnion(effect.users.union(effect.groups))
            touched.formUnion(effect.removedUsers.union(effect.removedGroups))
            return nil
        } catch {
            losses.append(Loss(mutation: origin ?? mutation, reason: error))
            return error
        }
    }
}

extension Reapplication.Loss: CustomStringConvertible {
    /// The change and why it was lost, in a line.
    package var description: String {
        let what =
            switch mutation {
            case .createUser(let user): "user \"\(user.userName)\" was not created"
            case .createGroup(let group): "group \"\(group.displayName)\" was not created"
            case .changeUser(let id, _): "user \(id) was not changed"
            case .changeGroup(let id, _): "group \(id) was not changed"
            case .deleteUser(let id): "user \(id) was not deleted"
            case .deleteGroup(let id): "group \(id) was not deleted"
            }
        return what + " as asked: \(reason)"
    }
}

extension Assignments {
    /// The other assignments than that of one attribute.
    fileprivate func without(_ name: String) -> Assignments {
        Assignments(values.filter { $0.key.lowercased() != name.lowercased() })
    }
}
