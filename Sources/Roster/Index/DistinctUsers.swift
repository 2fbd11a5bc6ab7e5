/// Users in the order in which they were found, each id and each name once, with what they are found by.
package struct DistinctUsers: Sendable {
    package private(set) var users: [User] = []
    /// Their ids, by which groups hold them: a list, so that nobody has to look at the users for them.
    package private(set) var userIDs: [String] = []
    private var hashes: [UserHashes] = []
    private(set) var ids: NumberTable
    private(set) var names: NumberTable
    /// Their userNames as they are compared, one behind the other, for whoever looks up many: one that is not plain
    /// ASCII is empty here, and asked for at the user.
    private var plainNames: [UInt8] = []
    /// Where each of them ends.
    private var nameEnds: [UInt32] = []

    /// Nobody, with room for so many.
    package init(capacity: Int = 0) {
        ids = NumberTable(capacity: capacity)
        names = NumberTable(capacity: capacity)
        users.reserveCapacity(capacity)
        userIDs.reserveCapacity(capacity)
        hashes.reserveCapacity(capacity)
        plainNames.reserveCapacity(32 * capacity)
        nameEnds.reserveCapacity(capacity)
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
        user.text.appendPlainName(to: &plainNames)
        nameEnds.append(UInt32(plainNames.count))
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
        return names.first(at: KeyHash(key)) { isCalled($0, key) }
    }

    private func isCalled(_ number: Int, _ name: NameKey) -> Bool {
        let range = (number == 0 ? 0 : Int(nameEnds[number - 1]))..<Int(nameEnds[number])
        let isSame = name.folded.utf8.withContiguousStorageIfAvailable { plainNames[range].elementsEqual($0) }
        return isSame == true || users[number].isCalled(name)
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
