internal import HashTreeCollections

extension Directory {
    /// A group with its people by their places in a list of users.
    package struct ResolvedGroup: Sendable {
        package var group: Group
        package var members: [UInt32]

        package init(group: Group, members: [UInt32]) {
            self.group = group
            self.members = members
        }
    }

    /// The indexes of people whatever groups there are, so that they can be made while groups' people are looked up.
    package struct PeopleTables: Sendable {
        fileprivate let records: UserRecords
        fileprivate let names: SharedNumberTable
        fileprivate let externalIDs: SharedNumberTable
        fileprivate let emails: SharedNumberTable
        fileprivate let order: OrderedIDs

        /// Makes them side by side, each at once.
        package init(of users: DistinctUsers) async {
            async let externalIDs = users.numbersByExternalID
            async let emails = users.numbersByEmail
            records = UserRecords(users.users, numbers: users.numbersByID)
            names = users.numbersByName
            order = OrderedIDs(users.userIDs)
            self.externalIDs = await externalIDs
            self.emails = await emails
        }
    }

    /// The directory of records that are known to fit each other: no group's id or name stands twice, none is a user's
    /// id, and no group is in another yet.
    ///
    /// It answers as the one that creating them one after the other makes.
    package init(users: DistinctUsers, _ tables: PeopleTables, groups: [ResolvedGroup]) async {
        async let memberships = Memberships.Start(
            groups.map { ($0.group.id, $0.members) }.sorted { $0.0 < $1.0 },
            count: users.users.count
        )
        self.init()
        groupIDs = OrderedIDs(groups.map(\.group.id))
        for resolved in groups { insert(resolved.group) }
        usersByID = tables.records
        userIDs = tables.order
        userNumberByName = .byName(tables.names)
        userNumbersByExternalID = .byExternalID(tables.externalIDs)
        userNumbersByEmail = .byEmail(tables.emails)
        groupIDsByMember = Memberships(await memberships)
    }

    /// The same with tables that are made now.
    package init(users: DistinctUsers, groups: [ResolvedGroup]) async {
        self = await Directory(users: users, PeopleTables(of: users), groups: groups)
    }
}

extension Directory {
    /// Makes what the first list of people and the first change of a large group would have to wait for, of a directory
    /// that was read from files.
    package func prepare() {
        userIDs.prepare()
        for group in groups { group.prepare() }
    }
}
