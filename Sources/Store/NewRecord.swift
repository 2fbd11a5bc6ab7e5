package import Roster
internal import Tree

/// A record that a change makes, as far as its file's name follows from it.
package struct NewRecord: Hashable, Sendable {
    var kind: RecordKind
    var id: String
    var name: String

    /// A new person.
    package init(_ user: User) { (kind, id, name) = (.user, user.id, user.userName) }

    /// A new group.
    package init(_ group: Group) { (kind, id, name) = (.group, group.id, group.displayName) }
}

extension Mutation {
    /// The record that it makes, if it makes one.
    var newRecord: NewRecord? {
        switch self {
        case .createUser(let user): NewRecord(user)
        case .createGroup(let group): NewRecord(group)
        case .changeUser, .deleteUser, .changeGroup, .deleteGroup: nil
        }
    }
}
