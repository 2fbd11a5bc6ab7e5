/// Users in the order in which they were found, each id and each name once, with what they are found by.
package struct DistinctUsers: Sendable {
    package private(set) var users: [User] = []
    /// Their ids, by which groups hold them: a list, so that nobody has to look at the users for them.
    package private(set) var userIDs: [String] = []
    private var hashes: [UserHashes] = []
    private(set) var ids: NumberTable
    private(set) var names: NumberTable

    /// Nobody, with room for so many.
    package init(capacity: Int = 0) {
        ids = NumberTable(capacity: capacity)
        names = NumberTable(capacity: capacity)
        users.reserveCapacity(capacity)
        userIDs.reserveCapacity(capacity)
        hashes.reserveCapacity(capacity)
    }

    /// What a user has that another one has already, by the other's number.
    package enum Clash: Hashable, Sendable {
        case id(Int)
        case name(Int)
    }

    /// Adds a user, unless somebody has the id or the name.
    package mutating func add(_ user: User, _ hashes: UserHashes) -> Clash? {
        if let first = ids.first(at: hashes.id, where: { users[$0].id == user.id }) { return .id(first) }
        if let first = names.first(at: hashes.name, where: { users[$0].isCalled(NameKey(user.userName)) }) {
            return .name(first)
        }
        ids.insert(users.count, at: hashes.id)
        names.insert(users.count, at: hashes.name)
        users.append(user)
        userIDs.append(user.id)
        self.hashes.append(hashes)
        return nil
    }

    /// The number of the user with an id.
    package func number(id: String) -> Int? {
        ids.first(at: KeyHash(id)) { users[$0].id == id }
    }

    /// The number of the user of a userName, whatever its letter case.
    package func number(named name: String) -> Int? {
        let key = NameKey(name)
        return names.first(at: KeyHash(key)) { users[$0].isCalled(key) }
    }
}

// The tables of a directory that is made of them.
extension DistinctUsers {
    var numbersByID: SharedNumberTable { SharedNumberTable(ids) }

    var numbersByName: SharedNumberTable { SharedNumberTable(names) }

    var numbersByExternalID: SharedNumberTable {
        let table = SharedNumberTable(capacity: hashes.count { $0.externalID != nil })
        for (number, hashes) in hashes.enumerated() {
            if let hash = hashes.externalID { _ = table.insert(number, at: hash) }
        }
        return table
    }

    var numbersByEmail: SharedNumberTable {
        let count = hashes.reduce(0) { $0 + ($1.email == nil ? 0 : 1) + $1.otherEmails.count }
        let table = SharedNumberTable(capacity: count)
        for (number, hashes) in hashes.enumerated() {
            if let hash = hashes.email { _ = table.insert(number, at: hash) }
            for hash in hashes.otherEmails { _ = table.insert(number, at: hash) }
        }
        return table
    }
}
