internal import HashTreeCollections

extension Directory {
    /// A group with its people by their places in a list of users.
    package struct ResolvedGroup: Sendable {
        package var group: Group
        package var members: [Int]

        package init(group: Group, members: [Int]) {
            self.group = group
            self.members = members
        }
    }

    /// The directory of records that are known to fit each other: no id and no name stands twice, and no group is in
    /// another yet.
    ///
    /// It is the one that creating them one after the other makes, but the indexes are made side by side, each at once.
    package init(users: [User], groups: [ResolvedGroup]) async {
        async let usersByID = TreeDictionary(uniqueKeysWithValues: users.lazy.map { ($0.id, $0) })
        async let userIDs = OrderedIDs(users.map(\.id))
        async let userIDByName = TreeDictionary(
            uniqueKeysWithValues: users.lazy.map { (NameKey($0.userName), $0.id) }
        )
        async let userIDsByExternalID = Self.index(users) { user in user.externalID.map { [$0] } ?? [] }
        async let userIDsByEmail = Self.index(users) { $0.emails.map(NameKey.init) }
        async let groupIDsByMember = Self.memberships(users, groups)
        self.init()
        for resolved in groups { insert(resolved.group) }
        self.usersByID = await usersByID
        self.userIDs = await userIDs
        self.userIDByName = await userIDByName
        self.userIDsByExternalID = await userIDsByExternalID
        self.userIDsByEmail = await userIDsByEmail
        self.groupIDsByMember = await groupIDsByMember
    }

    private static func index<Key: Hashable>(
        _ users: [User],
        by keys: (User) -> [Key]
    ) -> TreeDictionary<Key, IDList> {
        var index: TreeDictionary<Key, IDList> = [:]
        for user in users {
            for key in keys(user) { add(user.id, to: &index, at: key) }
        }
        return index
    }

    private static func memberships(_ users: [User], _ groups: [ResolvedGroup]) -> TreeDictionary<String, IDList> {
        var held = [[String]](repeating: [], count: users.count)
        for resolved in groups.sorted(by: { $0.group.id < $1.group.id }) {
            let id = resolved.group.id
            for number in resolved.members where held[number].last != id { held[number].append(id) }
        }
        var index: TreeDictionary<String, IDList> = [:]
        for (number, ids) in held.enumerated() {
            if let list = IDList(ascending: ids) { index[users[number].id] = list }
        }
        return index
    }
}
