/// One of the things that must all be so for a path to lead somebody to a role, and the file that says it.
package struct PathLink: Hashable, Sendable {
    /// What is so; people and groups by id, because their names change.
    package enum Statement: Hashable, Sendable {
        /// The person's record is active.
        case active(user: String)
        /// The person's record is there and not active.
        case inactive(user: String)
        /// The group's record lists the person.
        case member(user: String, group: String)
        /// The group's record lists another group.
        case nested(group: String, in: String)
        /// The person's record has a value among its `roles`.
        case holdsAppRole(user: String, value: String)
        /// The principal's file lists the person under `users`.
        case listed(user: String)
        /// The principal's file takes the group's members.
        case takesGroup(String)
        /// The principal's file takes everybody with an app role.
        case takesAppRole(String)
        /// The principal's file gives at least this role at this scope, or at one location of it.
        case grant(Scope, Role, location: String?)
        /// The file of custom roles has the role, and lets it do at least what it may do now.
        case customRole(CustomRole)
    }

    /// What is so.
    package var statement: Statement
    /// The file in the tree that says it.
    package var file: String
    /// The same for people.
    package var words: String

    /// Joins a statement, its file and its words.
    package init(_ statement: Statement, file: String, words: String) {
        self.statement = statement
        self.file = file
        self.words = words
    }
}
