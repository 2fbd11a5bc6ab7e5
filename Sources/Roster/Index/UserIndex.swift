/// Numbers of users by something that they say.
///
/// It holds hashes and numbers only, and asks the records themselves: a number counts for as long as its record says what
/// is looked for. So a change takes nothing out, all states share one table, and a state is nothing but its records.
struct UserIndex<Key: Hashable & Sendable>: Sendable {
    private(set) var table: SharedNumberTable
    private let hash: @Sendable (Key) -> KeyHash
    private let says: @Sendable (User, Key) -> Bool
    private let keys: @Sendable (User) -> [Key]

    /// - Parameters:
    ///   - table: the numbers of those who are there from the start.
    ///   - hash: under which hash the table has a key.
    ///   - says: whether somebody says it.
    ///   - keys: all that somebody says.
    init(
        _ table: SharedNumberTable = .none,
        hash: @escaping @Sendable (Key) -> KeyHash,
        says: @escaping @Sendable (User, Key) -> Bool,
        keys: @escaping @Sendable (User) -> [Key]
    ) {
        (self.table, self.hash, self.says, self.keys) = (table, hash, says, keys)
    }

    /// The ids of all who say it, ascending.
    func ids(_ key: Key, among users: NumberedList<User>) -> [String] {
        var ids: [String] = []
        _ = table.first(at: hash(key)) { number in
            if let user = users[number], says(user, key) { ids.append(user.id) }
            return false
        }
        return ids.count < 2 ? ids : ids.sorted()
    }

    /// The number of one who says it.
    func number(_ key: Key, among users: NumberedList<User>) -> Int? {
        table.first(at: hash(key)) { number in users[number].map { says($0, key) } ?? false }
    }

    /// Notes that a user among the records says it.
    mutating func add(_ number: Int, at key: Key, among users: NumberedList<User>) {
        let hash = hash(key)
        guard !table.insert(number, at: hash) else { return }
        table = grown(among: users)
        _ = table.insert(number, at: hash)
    }

    /// A table with room for as much again as counts; what does not count any more is left behind.
    private func grown(among users: NumberedList<User>) -> SharedNumberTable {
        // What people say no longer cannot be told from what they say by a hash: where that may be the most of it, all of
        // them are asked anew.
        guard table.count <= 2 * users.count else {
            let said = users.all.flatMap { number, user in keys(user).map { (number: number, hash: hash($0)) } }
            let grown = SharedNumberTable(capacity: 2 * said.count + 2)
            for (number, hash) in said { _ = grown.insert(number, at: hash) }
            return grown
        }
        let grown = SharedNumberTable(capacity: 2 * table.count + 2)
        table.forEach { number, hash in if users[number] != nil { _ = grown.insert(number, at: hash) } }
        return grown
    }
}

extension UserIndex<NameKey> {
    static func byName(_ table: SharedNumberTable = .none) -> Self {
        Self(table, hash: { KeyHash($0) }, says: { $0.isCalled($1) }, keys: { [NameKey($0.userName)] })
    }

    static func byEmail(_ table: SharedNumberTable = .none) -> Self {
        Self(
            table,
            hash: { KeyHash($0) },
            says: { user, key in user.emails.contains { NameKey($0) == key } },
            keys: { $0.emails.map(NameKey.init) }
        )
    }
}

extension UserIndex<String> {
    static func byID(_ table: SharedNumberTable = .none) -> Self {
        Self(table, hash: { KeyHash($0) }, says: { $0.id == $1 }, keys: { [$0.id] })
    }

    static func byExternalID(_ table: SharedNumberTable = .none) -> Self {
        Self(table, hash: { KeyHash($0) }, says: { $0.externalID == $1 }, keys: { $0.externalID.map { [$0] } ?? [] })
    }
}
