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

    /// What a user is found by.
    private struct UserKeys: Equatable {
        var name: NameKey
        var externalID: String?
        var emails: [NameKey]

        init(_ user: User) {
            let name = NameKey(user.userName)
            self.name = name
            externalID = user.externalID
            emails = user.emails.reduce(into: []) { keys, email in
                let key = NameKey(email)
                // Most people's address is their name: one text in memory, not two.
                if !keys.contains(key) { keys.append(key == name ? name : key) }
            }
        }
    }

    private mutating func index(_ keys: UserKeys, of id: String) {
        userIDByName[keys.name] = id
        if let externalID = keys.externalID { Self.add(id, to: &userIDsByExternalID, at: externalID) }
        for email in keys.emails { Self.add(id, to: &userIDsByEmail, at: email) }
    }

    private mutating func unindex(_ keys: UserKeys, of id: String) {
        userIDByName[keys.name] = nil
        if let externalID = keys.externalID { Self.take(id, from: &userIDsByExternalID, at: externalID) }
        for email in keys.emails { Self.take(id, from: &userIDsByEmail, at: email) }
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
        Self.add(group, to: &groupIDsByMember, at: member.id)
    }

    mutating func unindex(_ member: Member, of group: String) {
        Self.take(group, from: &groupIDsByMember, at: member.id)
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
