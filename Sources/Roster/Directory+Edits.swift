internal import HashTreeCollections
internal import YAML

extension Directory {
    /// Takes over records as their files have them, which comes to what reading every file anew would come to.
    ///
    /// A group's file lists names: whoever comes with a name that a group lists is a member of it, and the name of one
    /// who goes stays in the list until somebody takes it out.
    ///
    /// - Returns: why some records could not be taken over, by id; a record that was there is as it was.
    package mutating func adopt(_ edits: RecordEdits) -> [String: RosterError] {
        var refused = adopt(edits.users, removed: edits.removed)
        refused.merge(adopt(edits.groups, removed: edits.removed)) { first, _ in first }
        return refused
    }
}

// People.
extension Directory {
    private mutating func adopt(_ edited: [User], removed: Set<String>) -> [String: RosterError] {
        var newNames: [(user: User, before: User?)] = []
        for user in edited {
            if let before = usersByID[user.id], NameKey(before.userName) == NameKey(user.userName) {
                replace(before, with: user)
            } else {
                newNames.append((user, usersByID[user.id]))
            }
        }
        // All who go first: two may have changed their names with each other.
        for id in removed { takeOut(user: id) }
        for (_, before) in newNames { if let before { takeOut(user: before.id) } }
        var refused: [String: RosterError] = [:]
        for (user, before) in newNames {
            guard let reason = reasonAgainst(user) else {
                putIn(user)
                continue
            }
            refused[user.id] = reason
            if let before, reasonAgainst(before) == nil { putIn(before) }
        }
        return refused
    }

    private func reasonAgainst(_ user: User) -> RosterError? {
        if user.userName.isEmpty { return .userNameMissing }
        if member(id: user.id) != nil { return .idTaken(user.id) }
        return self.user(named: NameKey(user.userName)).map { .userNameTaken(user.userName, by: $0.id) }
    }

    private mutating func takeOut(user id: String) {
        guard let user = usersByID[id] else { return }
        for group in groupIDs(containing: id) {
            leaveName(user.userName, of: .user(id), in: group, \.users)
        }
        remove(user)
    }

    private mutating func putIn(_ user: User) {
        insert(user)
        for group in groupIDsByUnresolvedName[NameKey(user.userName)]?.ids ?? [] {
            resolve(user.userName, to: .user(user.id), in: group, \.users)
        }
    }
}

/// A group with its members by name, as its file has it.
private struct ListedGroup {
    /// Without members.
    var group: Group
    var users: [String]
    var groups: [String]

    init(_ contents: GroupFile.Contents) {
        group = contents.group
        users = contents.members.map(\.value)
        groups = contents.groups.map(\.value)
    }

    init(_ group: Group, in directory: Directory) {
        self.group = Group(id: group.id, created: group.created, attributes: group.attributes)
        users = group.members.compactMap { directory.name(of: .user($0)) } + group.unresolved.users
        groups = group.groups.compactMap { directory.name(of: .group($0)) } + group.unresolved.groups
    }
}

// Groups.
extension Directory {
    private mutating func adopt(_ edited: [GroupFile.Contents], removed: Set<String>) -> [String: RosterError] {
        var before: [String: ListedGroup] = [:]
        var kept: [ListedGroup] = []
        var named: [ListedGroup] = []
        for contents in edited {
            let old = groupsByID[contents.group.id]
            before[contents.group.id] = old.map { ListedGroup($0, in: self) }
            let isKept = old.map { NameKey($0.displayName) == NameKey(contents.group.displayName) } ?? false
            if isKept { kept.append(ListedGroup(contents)) } else { named.append(ListedGroup(contents)) }
        }
        for id in removed { takeOut(group: id) }
        for listed in named { takeOut(group: listed.group.id) }
        for listed in kept { empty(group: listed.group.id) }
        for listed in kept { putIn(listed) }
        var refused: [String: RosterError] = [:]
        var added = kept
        for listed in named {
            let reason = reasonAgainst(listed.group)
            refused[listed.group.id] = reason
            // What it was before, where it can be.
            let possible = reason == nil ? listed : before[listed.group.id]
            guard let possible, reasonAgainst(possible.group) == nil else { continue }
            putIn(possible)
            added.append(possible)
        }
        for listed in added {
            for name in listed.groups {
                guard let nested = group(named: name) else { continue }
                let circle = nest(nested.id, called: name, in: listed.group.id)
                if let circle, refused[listed.group.id] == nil { refused[listed.group.id] = circle }
            }
            for parent in groupIDsByUnresolvedName[NameKey(listed.group.displayName)]?.ids ?? [] {
                _ = nest(listed.group.id, called: listed.group.displayName, in: parent)
            }
        }
        return refused
    }

    private func reasonAgainst(_ group: Group) -> RosterError? {
        if group.displayName.isEmpty { return .groupNameMissing }
        if member(id: group.id) != nil { return .idTaken(group.id) }
        return groupIDByName[NameKey(group.displayName)].map { .groupNameTaken(group.displayName, by: $0) }
    }

    private mutating func takeOut(group id: String) {
        guard let group = groupsByID[id] else { return }
        for parent in groupIDs(containing: id) {
            leaveName(group.displayName, of: .group(id), in: parent, \.groups)
        }
        empty(group: id)
    }

    /// Takes a group out and leaves those that hold it as they are.
    private mutating func empty(group id: String) {
        guard let group = groupsByID[id] else { return }
        for member in group.members { unindex(.user(member), of: id) }
        for member in group.groups { unindex(.group(member), of: id) }
        remove(group)
    }

    /// Puts a group in with its people; the groups in it are names for now.
    private mutating func putIn(_ listed: ListedGroup) {
        let found = listed.users.map { (name: $0, id: user(named: $0)?.id) }
        let group = Group(
            id: listed.group.id,
            created: listed.group.created,
            attributes: listed.group.attributes,
            members: found.compactMap(\.id),
            unresolved: UnresolvedMembers(
                users: found.filter { $0.id == nil }.map(\.name),
                groups: listed.groups
            )
        )
        insert(group)
        for member in group.members { index(.user(member), of: group.id) }
    }

    /// Makes a group that another one lists a member of it, unless that would close a circle.
    private mutating func nest(_ nested: String, called name: String, in parent: String) -> RosterError? {
        guard let outer = groupsByID[parent], outer.lists(name, \.groups) else { return nil }
        if let way = path(from: nested, to: parent) { return .cycle([outer.displayName] + way) }
        resolve(name, to: .group(nested), in: parent, \.groups)
        return nil
    }
}

// Names that files list.
extension Directory {
    /// A member becomes a name in a group's list.
    private mutating func leaveName(
        _ name: String,
        of member: Member,
        in id: String,
        _ kind: WritableKeyPath<UnresolvedMembers, [String]>
    ) {
        guard let before = groupsByID[id] else { return }
        var after = before
        after.leave(member)
        unindex(member, of: id)
        let names = after.unresolved[keyPath: kind]
        let place = names.firstIndex { name.utf8.lexicographicallyPrecedes($0.utf8) } ?? names.endIndex
        after.unresolved[keyPath: kind].insert(name, at: place)
        remove(before)
        insert(after)
    }

    /// A name in a group's list becomes a member.
    private mutating func resolve(
        _ name: String,
        to member: Member,
        in id: String,
        _ kind: WritableKeyPath<UnresolvedMembers, [String]>
    ) {
        guard let before = groupsByID[id], before.lists(name, kind) else { return }
        var after = before
        after.unresolved[keyPath: kind].removeAll { NameKey($0) == NameKey(name) }
        if after.join(member) { index(member, of: id) }
        remove(before)
        insert(after)
    }
}

extension Group {
    /// Whether its file lists a name that nobody had.
    fileprivate func lists(_ name: String, _ kind: WritableKeyPath<UnresolvedMembers, [String]>) -> Bool {
        unresolved[keyPath: kind].contains { NameKey($0) == NameKey(name) }
    }
}
