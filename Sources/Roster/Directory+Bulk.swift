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

    /// The directory of records that are known to fit each other: no group's id or name stands twice, none is a user's
    /// id, and no group is in another yet.
    ///
    /// It answers as the one that creating them one after the other makes, but the indexes are made side by side, each
    /// at once.
    package init(users: DistinctUsers, groups: [ResolvedGroup]) async {
        let known = users.known
        async let externalIDs = users.externalIDs
        async let emails = users.emails
        async let memberships = Memberships.Start(
            groups.map { ($0.group.id, $0.members) }.sorted { $0.0 < $1.0 },
            known: known
        )
        async let userIDs = OrderedIDs(known.ids)
        self.init()
        for resolved in groups { insert(resolved.group) }
        usersByID = UserRecords(users.users, known: known)
        userIDByName = .byName(users.names)
        userIDsByExternalID = .byExternalID(await externalIDs)
        userIDsByEmail = .byEmail(await emails)
        groupIDsByMember = Memberships(await memberships)
        self.userIDs = await userIDs
    }
}
