package import HashTreeCollections

/// All users and groups with the indexes that answer every question without a scan.
///
/// A value on persistent collections: a copy is free and stays what it was, so that readers work on one while a
/// writer prepares the next. People stand by their numbers, and what they are found by in flat tables of these that all
/// states share; groups, of which there are few, in trees.
package struct Directory: Sendable {
    var usersByID = UserRecords()
    package internal(set) var groupsByID: TreeDictionary<String, Group> = [:]
    package internal(set) var userIDs = OrderedIDs()
    package internal(set) var groupIDs = OrderedIDs()
    var userNumberByName = UserIndex.byName()
    var groupIDByName: TreeDictionary<NameKey, String> = [:]
    var userNumbersByExternalID = UserIndex.byExternalID()
    var groupIDsByExternalID: TreeDictionary<String, IDList> = [:]
    var userNumbersByEmail = UserIndex.byEmail()
    /// Member id to the ids of the groups that hold it directly.
    var groupIDsByMember = Memberships()
    /// Names that groups' files list and nobody has, to the ids of those groups.
    var groupIDsByUnresolvedName: TreeDictionary<NameKey, IDList> = [:]

    package init() {}
}

extension Directory {
    /// All users, in no particular order.
    package var users: some Collection<User> { usersByID }

    /// All groups, in no particular order.
    package var groups: some Collection<Group> { groupsByID.values }

    package func user(id: String) -> User? { usersByID[id] }

    /// The user of a userName, whatever its letter case.
    package func user(named name: String) -> User? {
        user(named: NameKey(name))
    }

    func user(named name: NameKey) -> User? {
        userNumberByName.number(name, among: usersByID.list).flatMap { usersByID.list[$0] }
    }

    package func group(id: String) -> Group? { groupsByID[id] }

    /// The group of a displayName, whatever its letter case.
    package func group(named name: String) -> Group? {
        groupIDByName[NameKey(name)].flatMap { groupsByID[$0] }
    }

    /// The ids of the users with an externalId, compared exactly (RFC 7643 section 3.1); several may share one.
    package func userIDs(externalID: String) -> [String] {
        userNumbersByExternalID.ids(externalID, among: usersByID.list)
    }

    /// The ids of the groups with an externalId, compared exactly; several may share one.
    package func groupIDs(externalID: String) -> [String] { groupIDsByExternalID[externalID]?.ids ?? [] }

    /// The ids of the users with an e-mail address of any type, whatever its letter case.
    package func userIDs(email: String) -> [String] {
        userNumbersByEmail.ids(NameKey(email), among: usersByID.list)
    }

    /// The ids of the groups that hold a person or group directly, in ascending order.
    package func groupIDs(containing member: String) -> [String] {
        groupIDsByMember.groupIDs(of: member, among: usersByID)
    }

    /// What an id names, if anything.
    package func member(id: String) -> Member? {
        if usersByID[id] != nil { return .user(id) }
        return groupsByID[id] == nil ? nil : .group(id)
    }

    /// The name of a member as files and commit messages state it.
    package func name(of member: Member) -> String? {
        switch member {
        case .user(let id): usersByID[id]?.userName
        case .group(let id): groupsByID[id]?.displayName
        }
    }
}

extension Directory {
    /// Whom a userName means, or an e-mail address that only they have.
    package func user(called name: String) -> User? {
        if let user = user(named: name) { return user }
        let holders = userIDs(email: name)
        return holders.count == 1 ? holders.first.flatMap(user(id:)) : nil
    }
}

extension Directory: Hashable {
    /// Directories of the same records are the same; every index follows from these.
    package static func == (left: Directory, right: Directory) -> Bool {
        left.groupsByID == right.groupsByID && left.usersByID == right.usersByID
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(groupsByID)
        hasher.combine(usersByID)
    }
}
