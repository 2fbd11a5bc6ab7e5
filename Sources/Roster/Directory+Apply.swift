internal import HashTreeCollections

extension Directory {
    /// Applies a mutation as a whole, or throws and stays as it was.
    ///
    /// - Returns: the records whose files change by it. A renamed person or group touches the groups that list the
    ///   name; a deletion touches the groups that held the record.
    @discardableResult
    package mutating func apply(_ mutation: Mutation) throws(RosterError) -> Effect {
        switch mutation {
        case .createUser(let user): try create(user)
        case .changeUser(let id, let assignments): try changeUser(id, assignments)
        case .deleteUser(let id): try deleteUser(id)
        case .createGroup(let group): try create(group)
        case .changeGroup(let id, let change): try changeGroup(id, change)
        case .deleteGroup(let id): try deleteGroup(id)
        }
    }

    private mutating func create(_ user: User) throws(RosterError) -> Effect {
        guard member(id: user.id) == nil else { throw .idTaken(user.id) }
        let keys = UserKeys(user)
        try check(keys.name, of: user)
        var effect = forgetUnresolved(\.users, named: keys.name)
        insert(user, keys)
        effect.users.insert(user.id)
        return effect
    }

    private mutating func changeUser(_ id: String, _ assignments: Assignments) throws(RosterError) -> Effect {
        guard let number = usersByID.number(of: id) else { throw .unknownUser(id) }
        let before = usersByID[number]
        var after = before
        after.assign(assignments)
        var effect = Effect()
        effect.users.insert(id)
        guard assignments.names(anyOf: Self.userKeyNames) else {
            usersByID.replace(number, with: after)
            return effect
        }
        try check(NameKey(after.userName), of: after)
        if after.userName != before.userName {
            let forgotten = forgetUnresolved(\.users, named: NameKey(after.userName))
            effect.groups = forgotten.groups.union(groupIDs(containing: id))
        }
        replace(before, with: after)
        return effect
    }

    private mutating func deleteUser(_ id: String) throws(RosterError) -> Effect {
        guard let user = user(id: id) else { throw .unknownUser(id) }
        var effect = Effect()
        effect.removedUsers.insert(id)
        effect.groups = leaveAll(.user(id))
        remove(user)
        return effect
    }

    private mutating func create(_ group: Group) throws(RosterError) -> Effect {
        guard member(id: group.id) == nil else { throw .idTaken(group.id) }
        try check(displayName: group.displayName, of: group.id)
        for id in group.members where usersByID[id] == nil {
            throw .unknownMember(id, group: group.displayName)
        }
        for id in group.groups where groupsByID[id] == nil {
            throw .unknownMember(id, group: group.displayName)
        }
        var effect = forgetUnresolved(\.groups, named: NameKey(group.displayName))
        insert(group)
        for id in group.members { index(.user(id), of: group.id) }
        for id in group.groups { index(.group(id), of: group.id) }
        effect.groups.insert(group.id)
        return effect
    }

    private mutating func changeGroup(_ id: String, _ change: GroupChange) throws(RosterError) -> Effect {
        guard let before = group(id: id) else { throw .unknownGroup(id) }
        var after = before
        after.assign(change.assignments)
        try check(displayName: after.displayName, of: id)
        try check(joining: change.joining, group: after)
        var effect = Effect()
        effect.groups.insert(id)
        if after.displayName != before.displayName {
            effect.groups.formUnion(forgetUnresolved(\.groups, named: NameKey(after.displayName)).groups)
            effect.groups.formUnion(groupIDs(containing: id))
            after.unresolved = groupsByID[id]?.unresolved ?? after.unresolved
        }
        for member in change.leaving where after.leave(member) { unindex(member, of: id) }
        for member in change.joining where after.join(member) { index(member, of: id) }
        replace(before, with: after)
        return effect
    }

    private mutating func deleteGroup(_ id: String) throws(RosterError) -> Effect {
        guard let group = group(id: id) else { throw .unknownGroup(id) }
        var effect = Effect()
        effect.removedGroups.insert(id)
        effect.groups = leaveAll(.group(id))
        for member in group.members { unindex(.user(member), of: id) }
        for member in group.groups { unindex(.group(member), of: id) }
        remove(group)
        return effect
    }
}

extension Directory {
    /// A record that changed in nothing but its members needs no index but theirs.
    private mutating func replace(_ before: Group, with after: Group) {
        if before.attributes == after.attributes, before.unresolved == after.unresolved {
            groupsByID[after.id] = after
        } else {
            remove(groupsByID[before.id] ?? before)
            insert(after)
        }
    }

    private mutating func leaveAll(_ member: Member) -> Set<String> {
        let groups = groupIDs(containing: member.id)
        for id in groups {
            groupsByID[id]?.leave(member)
            unindex(member, of: id)
        }
        return Set(groups)
    }

    /// A name that a file listed and nobody had must not make whoever takes it next a member.
    private mutating func forgetUnresolved(
        _ kind: WritableKeyPath<UnresolvedMembers, [String]>,
        named key: NameKey
    ) -> Effect {
        var effect = Effect()
        for id in groupIDsByUnresolvedName[key]?.ids ?? [] {
            guard let group = groupsByID[id] else { continue }
            var changed = group
            changed.unresolved[keyPath: kind].removeAll { NameKey($0) == key }
            guard changed != group else { continue }
            remove(group)
            insert(changed)
            effect.groups.insert(id)
        }
        return effect
    }

    private func check(_ name: NameKey, of user: User) throws(RosterError) {
        guard !name.folded.isEmpty else { throw .userNameMissing }
        if let holder = self.user(named: name), holder.id != user.id {
            throw .userNameTaken(user.userName, by: holder.id)
        }
    }

    private func check(displayName: String, of id: String) throws(RosterError) {
        guard !displayName.isEmpty else { throw .groupNameMissing }
        if let holder = groupIDByName[NameKey(displayName)], holder != id {
            throw .groupNameTaken(displayName, by: holder)
        }
    }

    private func check(joining: Set<Member>, group: Group) throws(RosterError) {
        for member in joining {
            guard self.member(id: member.id) == member else {
                throw .unknownMember(member.id, group: group.displayName)
            }
            guard case .group(let id) = member, !group.contains(member) else { continue }
            if let path = path(from: id, to: group.id) { throw .cycle([group.displayName] + path) }
        }
    }

    /// The names of the groups on a way from one group down to another, or nil where there is none.
    func path(from start: String, to goal: String) -> [String]? {
        var waysTo: [String: [String]] = [start: [start]]
        var open = [start]
        while let id = open.popLast() {
            let way = waysTo[id] ?? []
            if id == goal { return way.map { groupsByID[$0]?.displayName ?? $0 } }
            for nested in groupsByID[id]?.groups ?? [] where waysTo[nested] == nil {
                waysTo[nested] = way + [nested]
                open.append(nested)
            }
        }
        return nil
    }
}
