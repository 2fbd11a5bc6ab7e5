internal import HashTreeCollections

// Putting one record in or taking it out keeps every index true; nothing here checks a rule.
extension Directory {
    mutating func insert(_ user: User) { insert(user, UserKeys(user)) }

    /// The same for a user of whom it is known what they are found by.
    mutating func insert(_ user: User, _ keys: UserKeys) {
        let number = usersByID.add(user)
        userIDs.insert(user.id, number: UInt32(number))
        index(keys, of: number)
    }

    /// Takes out a user whom no group holds any more.
    mutating func remove(_ user: User) {
        guard let number = usersByID.number(of: user.id) else { return }
        groupIDsByMember.forget(user.id)
        usersByID.remove(number)
        userIDs.remove(user.id)
    }

    /// Puts a user in the place of what it was; most changes leave all that it is found by.
    mutating func replace(_ before: User, with after: User) {
        guard let number = usersByID.number(of: before.id) else { return }
        usersByID.replace(number, with: after)
        let keys = UserKeys(after)
        if keys != UserKeys(before) { index(keys, of: number) }
    }

    /// The attributes that a user is found by.
    static let userKeyNames = Set(["userName", "externalId", "emails"].map(NameKey.init))

    /// Notes what a user says; what is said no longer is found to be so by the records.
    private mutating func index(_ keys: UserKeys, of number: Int) {
        userNumberByName.add(number, at: keys.name, among: usersByID.list)
        if let externalID = keys.externalID {
            userNumbersByExternalID.add(number, at: externalID, among: usersByID.list)
        }
        for email in keys.emails { userNumbersByEmail.add(number, at: email, among: usersByID.list) }
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
        groupIDsByMember.add(group, to: member.id, among: usersByID)
    }

    mutating func unindex(_ member: Member, of group: String) {
        groupIDsByMember.take(group, from: member.id, among: usersByID)
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
