/// One change of the directory as a value: what a request becomes, what is written, what a commit message lists,
/// and what can be applied again to a directory that moved on.
///
/// A mutation says what changes and nothing else, so that adding a member to a group of 100,000 is one name long.
package enum Mutation: Hashable, Sendable {
    case createUser(User)
    case changeUser(id: String, Assignments)
    /// Takes the person out of every group, too, as one change.
    case deleteUser(id: String)
    case createGroup(Group)
    case changeGroup(id: String, GroupChange)
    /// Takes the group out of every group that holds it, too, as one change.
    case deleteGroup(id: String)
}

extension Mutation {
    /// The id of the record that was asked to change.
    package var id: String {
        switch self {
        case .createUser(let user): user.id
        case .createGroup(let group): group.id
        case .changeUser(let id, _), .deleteUser(let id), .changeGroup(let id, _), .deleteGroup(let id): id
        }
    }
}

/// What changes in one group.
package struct GroupChange: Hashable, Sendable {
    package var assignments: Assignments
    package var joining: Set<Member>
    package var leaving: Set<Member>

    package init(assignments: Assignments = Assignments(), joining: Set<Member> = [], leaving: Set<Member> = []) {
        self.assignments = assignments
        self.joining = joining
        self.leaving = leaving
    }

    package var isEmpty: Bool { assignments.isEmpty && joining.isEmpty && leaving.isEmpty }
}

/// The records whose files are no longer what they were.
package struct Effect: Hashable, Sendable {
    package var users: Set<String> = []
    package var groups: Set<String> = []
    package var removedUsers: Set<String> = []
    package var removedGroups: Set<String> = []

    package init() {}
}
