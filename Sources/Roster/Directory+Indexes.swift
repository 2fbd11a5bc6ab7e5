internal import HashTreeCollections

// Putting one record in or taking it out keeps every index true; nothing here checks a rule.
extension Directory {
    mutating func insert(_ user: User) {
        usersByID[user.id] = user
        userIDs.insert(user.id)
        userIDByName[NameKey(user.userName)] = user.id
        if let externalID = user.externalID { Self.add(user.id, to: &userIDsByExternalID, at: externalID) }
        for email in Set(user.emails.map(NameKey.init)) { Self.add(user.id, to: &userIDsByEmail, at: email) }
    }

    mutating func remove(_ user: User) {
        usersByID[user.id] = nil
        userIDs.remove(user.id)
        userIDByName[NameKey(user.userName)] = nil
        if let externalID = user.externalID { Self.take(user.id, from: &userIDsByExternalID, at: externalID) }
        for email in Set(user.emails.map(NameKey.init)) { Self.take(user.id, from: &userIDsByEmail, at: email) }
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

    static func add<Key>(_ id: String, to index: inout TreeDictionary<Key, [String]>, at key: Key) {
        var ids = index[key] ?? []
        guard !ids.contains(id) else { return }
        ids.insert(id, at: ids.firstIndex { $0 > id } ?? ids.endIndex)
        index[key] = ids
    }

    private static func take<Key>(_ id: String, from index: inout TreeDictionary<Key, [String]>, at key: Key) {
        let remaining = (index[key] ?? []).filter { $0 != id }
        index[key] = remaining.isEmpty ? nil : remaining
    }
}
