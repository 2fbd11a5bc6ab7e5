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
    private var people: GroupMembers
    /// Ids of the groups nested in it.
    package private(set) var groups: TreeSet<String>
    /// Names in the file that nobody has: kept, so that a file that does not parse costs nobody a membership.
    package var unresolved: UnresolvedMembers
    /// A sum over the hashes of the groups in it.
    private var groupsHash: UInt64
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
        people = GroupMembers()
        self.groups = []
        self.unresolved = unresolved.inOrder
        groupsHash = 0
        attributesHash = Self.hash(of: self.attributes, id)
        for member in members { join(.user(member)) }
        for group in groups { join(.group(group)) }
    }

    /// Takes those whom its file lists in the place of who was in it.
    ///
    /// - Parameters:
    ///   - numbers: of the people, in a list of ids that many groups share.
    ///   - ids: that list.
    ///   - unresolved: names that nobody has.
    package mutating func take(_ numbers: [UInt32], of ids: [String], _ unresolved: UnresolvedMembers) {
        people = GroupMembers(numbers, in: ids)
        self.unresolved = unresolved.inOrder
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
        switch member {
        case .user(let id): return people.insert(id)
        case .group(let id):
            guard groups.insert(id).inserted else { return false }
            groupsHash &+= ContentHash.mixed(id)
            return true
        }
    }

    /// Removes a member; false if it was none.
    @discardableResult
    package mutating func leave(_ member: Member) -> Bool {
        switch member {
        case .user(let id): return people.remove(id)
        case .group(let id):
            guard groups.remove(id) != nil else { return false }
            groupsHash &-= ContentHash.mixed(id)
            return true
        }
    }

    /// Makes what a change of a large group begins with, so that nobody waits for it later.
    package func prepare() { people.prepare(from: Self.fewestPrepared) }

    /// Of fewer members the set is made within a millisecond or two.
    private static let fewestPrepared = 2048
}

extension Group {
    /// Ids of the people in the group itself.
    package var members: TreeSet<String> { people.ids }

    /// A sum over the members' hashes, so that the version of a large group changes at the cost of the change.
    var membersHash: UInt64 { people.hash &+ groupsHash }

    /// The group's name, unique whatever its letter case.
    package var displayName: String { attributes["displayName"]?.string ?? "" }

    package var externalID: String? { attributes["externalId"]?.string }

    /// Whether a person or a group is directly in it.
    package func contains(_ member: Member) -> Bool {
        switch member {
        case .user(let id): people.ids.contains(id)
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

    fileprivate var inOrder: UnresolvedMembers { UnresolvedMembers(users: users.inOrder, groups: groups.inOrder) }
}

extension [String] {
    /// Each once, in the order in which files list them.
    fileprivate var inOrder: [String] {
        count < 2 ? self : Set(self).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
