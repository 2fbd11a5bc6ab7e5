package import HashTreeCollections
package import SCIM

/// A group of people as the identity provider describes it: what one file under `provisioned/groups/` holds.
///
/// Members are held by id; files list them by name. The sets are persistent, so that a copy costs nothing and a
/// member in or out of 100,000 costs one path of the tree.
package struct Group: Hashable, Sendable {
    package let id: String
    /// When the record was made, RFC 3339; nil in a file that does not say.
    package var created: String?
    /// Everything but the members, by SCIM's own names.
    package private(set) var attributes: Object
    /// Ids of the people in the group itself.
    package private(set) var members: TreeSet<String>
    /// Ids of the groups nested in it.
    package private(set) var groups: TreeSet<String>
    /// Names in the file that nobody has: kept, so that a file that does not parse costs nobody a membership.
    package var unresolved: UnresolvedMembers
    /// A sum over the members' hashes, so that the version of a large group changes at the cost of the change.
    private(set) var membersHash: UInt64
    /// The hash of everything but the members.
    private(set) var attributesHash: UInt64

    package init(
        id: String,
        created: String?,
        attributes: Object,
        members: some Sequence<String> = [],
        groups: some Sequence<String> = [],
        unresolved: UnresolvedMembers = UnresolvedMembers()
    ) {
        self.id = id
        self.created = created
        self.attributes = AttributeOrder.canonical(attributes)
        self.members = []
        self.groups = []
        self.unresolved = UnresolvedMembers(
            users: unresolved.users.inOrder,
            groups: unresolved.groups.inOrder
        )
        membersHash = 0
        attributesHash = Self.hash(of: self.attributes, id)
        for member in members { join(.user(member)) }
        for group in groups { join(.group(group)) }
    }

    /// Replaces the values of some attributes; nil removes one.
    package mutating func assign(_ assignments: Assignments) {
        guard !assignments.isEmpty else { return }
        attributes = AttributeOrder.canonical(assignments.applied(to: attributes))
        attributesHash = Self.hash(of: attributes, id)
    }

    private static func hash(of attributes: Object, _ id: String) -> UInt64 {
        var hash = ContentHash()
        hash.combine(id.utf8)
        hash.combine(JSON.write(.object(attributes)))
        return hash.mixed
    }

    /// Adds a member; false if it was one already.
    @discardableResult
    package mutating func join(_ member: Member) -> Bool {
        guard insert(member) else { return false }
        membersHash &+= ContentHash.mixed(member.id)
        return true
    }

    /// Removes a member; false if it was none.
    @discardableResult
    package mutating func leave(_ member: Member) -> Bool {
        guard remove(member) else { return false }
        membersHash &-= ContentHash.mixed(member.id)
        return true
    }

    private mutating func insert(_ member: Member) -> Bool {
        switch member {
        case .user(let id): members.insert(id).inserted
        case .group(let id): groups.insert(id).inserted
        }
    }

    private mutating func remove(_ member: Member) -> Bool {
        switch member {
        case .user(let id): members.remove(id) != nil
        case .group(let id): groups.remove(id) != nil
        }
    }
}

extension Group {
    /// The group's name, unique whatever its letter case.
    package var displayName: String { attributes["displayName"]?.string ?? "" }

    package var externalID: String? { attributes["externalId"]?.string }

    /// Whether a person or a group is directly in it.
    package func contains(_ member: Member) -> Bool {
        switch member {
        case .user(let id): members.contains(id)
        case .group(let id): groups.contains(id)
        }
    }
}

/// What a group can hold.
package enum Member: Hashable, Sendable {
    case user(String)
    case group(String)

    package var id: String {
        switch self {
        case .user(let id), .group(let id): id
        }
    }
}

/// Names that a group's file lists and that no record has.
package struct UnresolvedMembers: Hashable, Sendable {
    package var users: [String]
    package var groups: [String]

    package init(users: [String] = [], groups: [String] = []) {
        self.users = users
        self.groups = groups
    }

    package var isEmpty: Bool { users.isEmpty && groups.isEmpty }
}

extension [String] {
    /// Each once, in the order in which files list them.
    fileprivate var inOrder: [String] {
        count < 2 ? self : Set(self).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
