internal import HashTreeCollections

// Putting one record in or taking it out keeps every index true; nothing here checks a rule.
extension Directory {
    mutating func insert(_ user: User) {
        usersByID[user.id] = user
        userIDs.insert(user.id)
        index(UserKeys(user), of: user.id)
    }

    mutating func remove(_ user: User) {
        usersByID[user.id] = nil
        userIDs.remove(user.id)
        unindex(UserKeys(user), of: user.id)
    }

    /// Puts a user in the place of what it was; most changes leave all that it is found by.
    mutating func replace(_ before: User, with after: User) {
        usersByID[after.id] = after
        let (old, new) = (UserKeys(before), UserKeys(after))
        guard old != new else { return }
        unindex(old, of: before.id)
        index(new, of: after.id)
    }

    /// The attributes that a user is found by.
    static let userKeyNames = Set(["userName", "externalId", "emails"].map(NameKey.init))

    private mutating func index(_ keys: UserKeys, of id: String) {
        userIDByName.add(id, at: keys.name, among: usersByID)
        if let externalID = keys.externalID { userIDsByExternalID.add(id, at: externalID, among: usersByID) }
        for email in keys.emails { userIDsByEmail.add(id, at: email, among: usersByID) }
    }

    private mutating func unindex(_ keys: UserKeys, of id: String) {
        userIDByName.take(id, from: keys.name)
        if let externalID = keys.externalID { userIDsByExternalID.take(id, from: externalID) }
        for email in keys.emails { userIDsByEmail.take(id, from: email) }
    }

    /// Puts a group in without its members' index, which ``index(_:of:)`` keeps.
    mutating func insert(_ group: Group) {
        groupsByID[group.id] = group
        groupIDs.insert(group.id)
        groupIDByName[NameKey(group.displayName)] = group.id
        if let externalID = group.externalID { Self.add(group.id, to: &groupIDsByExternalID, at: externalID) }
        for name in group.unresolved.users { Self.add(group.id, to: &groupIDsByUnresolvedName, at: NameKey(name)) }
        for name in group.unresolved.groups { Self.add(group.id, to: &groupIDsByUnresolvedName, at: NameKey(name)) }
    }

    mutating func remove(_ group: Group) {
        groupsByID[group.id] = nil
        groupIDs.remove(group.id)
        groupIDByName[NameKey(group.displayName)] = nil
        if let externalID = group.externalID { Self.take(group.id, from: &groupIDsByExternalID, at: externalID) }
        for name in group.unresolved.users { Self.take(group.id, from: &groupIDsByUnresolvedName, at: NameKey(name)) }
        for name in group.unresolved.groups { Self.take(group.id, from: &groupIDsByUnresolvedName, at: NameKey(name)) }
    }

    mutating func index(_ member: Member, of group: String) {
        groupIDsByMember.add(group, to: member.id)
    }

    mutating func unindex(_ member: Member, of group: String) {
        groupIDsByMember.take(group, from: member.id)
    }

    static func add<Key>(_ id: String, to index: inout TreeDictionary<Key, IDList>, at key: Key) {
        guard var list = index[key] else {
            index[key] = IDList(id)
            return
        }
        list.insert(id)
        index[key] = list
    }

    private static func take<Key>(_ id: String, from index: inout TreeDictionary<Key, IDList>, at key: Key) {
        index[key] = index[key]?.removing(id)
    }
}
