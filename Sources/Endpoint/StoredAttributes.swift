internal import SCIM

/// Which attributes of users and groups are kept (`scim.store`).
///
/// What is not kept is known all the same: a request that names it succeeds, its value is dropped unread, no answer
/// shows it, and no filter finds anybody by it. A file may hold some of it from before, or by somebody's hand: it is
/// hidden, stays there through every PATCH, and goes with the next PUT, which replaces all that a record has.
///
/// A class, because every record that is shown has it.
package final class StoredAttributes: Sendable {
    /// Users and groups as discovery shows them.
    let user: ResourceType
    let group: ResourceType
    /// The same as requests are read: with all attributes, of which some are not kept.
    private let readUser: ResourceType
    private let readGroup: ResourceType
    /// Names of attributes that are not kept, by the URN of their schema.
    private let hidden: [String: Set<String>]
    /// Whether the names of people are kept, which others show.
    let keepsNames: Bool

    /// Everything that the schemas have.
    package static let all = StoredAttributes(user: .user, group: .group)

    /// Attributes of these names, extensions of these URNs, and what no list can leave out.
    package convenience init(_ names: [String]) {
        let names = names + Self.indispensable
        self.init(user: ResourceType.user.limited(to: names), group: ResourceType.group.limited(to: names))
    }

    private init(user: ResourceType, group: ResourceType) {
        self.user = user
        self.group = group
        readUser = ResourceType.user.keeping(only: user)
        readGroup = ResourceType.group.keeping(only: group)
        var hidden: [String: Set<String>] = [:]
        for schema in readUser.schemas + readGroup.schemas {
            let names = schema.attributes.filter { !$0.isKept }.map(\.name)
            if !names.isEmpty { hidden[schema.id] = Set(names) }
        }
        self.hidden = hidden
        keepsNames = hidden[readUser.schema.id]?.contains("displayName") != true
    }

    /// What is kept beside the attributes that the schemas require, listed or not.
    ///
    /// Identity providers find the records that they have made by `externalId`. Without it their search finds nobody,
    /// they create the same person again, are refused, and never get on; and it is an opaque name that says nothing
    /// of a person. `members` is what a group is; `groups` is not stored with a user but follows from it.
    private static let indispensable = ["externalId", "members", "groups"]
}

extension StoredAttributes {
    /// Whether nothing is left out.
    var isAll: Bool { hidden.isEmpty }

    /// Whether an attribute of a schema is kept.
    func keeps(_ attribute: Attribute, in schema: Schema) -> Bool {
        hidden.isEmpty || hidden[schema.id]?.contains(attribute.name) != true
    }

    /// A type as the body of a request is read.
    func read(_ type: ResourceType) -> ResourceType { type == .user ? readUser : readGroup }
}
