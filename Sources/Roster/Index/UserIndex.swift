internal import HashTreeCollections

/// Ids of users by something that they say.
///
/// Of those who were there from the start it holds numbers only, and asks the records themselves: a number counts for as
/// long as its record says what is looked for. So a change takes nothing out of the table, which never changes; who comes
/// to say something later stands in a tree beside it.
struct UserIndex<Key: Hashable & Sendable>: Sendable {
    private let start: NumberTable
    private var added: TreeDictionary<Key, IDList> = [:]
    private let hash: @Sendable (Key) -> KeyHash
    private let says: @Sendable (User, Key) -> Bool

    /// - Parameters:
    ///   - start: the numbers of those who are there from the start.
    ///   - hash: under which hash the table has a key.
    ///   - says: whether somebody says it.
    init(
        _ start: NumberTable = NumberTable(),
        hash: @escaping @Sendable (Key) -> KeyHash,
        says: @escaping @Sendable (User, Key) -> Bool
    ) {
        self.start = start
        self.hash = hash
        self.says = says
    }

    /// The ids of all who say it, ascending.
    func ids(_ key: Key, among users: UserRecords) -> [String] {
        var ids: [String] = []
        _ = start.first(at: hash(key)) { number in
            let id = users.known.ids[number]
            if !ids.contains(id), users[number].map({ says($0, key) }) ?? false { ids.append(id) }
            return false
        }
        guard !added.isEmpty, let others = added[key]?.ids else { return ids.count < 2 ? ids : ids.sorted() }
        return ids.isEmpty ? others : (ids + others).sorted()
    }

    /// The id of one who says it.
    func id(_ key: Key, among users: UserRecords) -> String? {
        if !added.isEmpty, let id = added[key]?.ids.first { return id }
        return start.first(at: hash(key)) { number in users[number].map { says($0, key) } ?? false }
            .map { users.known.ids[$0] }
    }

    /// Notes that a user among the records says it.
    mutating func add(_ id: String, at key: Key, among users: UserRecords) {
        let number = users.known.number(of: id)
        if let number, start.first(at: hash(key), where: { $0 == number }) != nil { return }
        Directory.add(id, to: &added, at: key)
    }

    /// Notes that a user says it no longer.
    mutating func take(_ id: String, from key: Key) {
        if !added.isEmpty { added[key] = added[key]?.removing(id) }
    }
}

extension UserIndex<NameKey> {
    static func byName(_ start: NumberTable = NumberTable()) -> Self {
        Self(start, hash: { KeyHash($0) }, says: { $0.isCalled($1) })
    }

    static func byEmail(_ start: NumberTable = NumberTable()) -> Self {
        Self(start, hash: { KeyHash($0) }, says: { user, key in user.emails.contains { NameKey($0) == key } })
    }
}

extension UserIndex<String> {
    static func byExternalID(_ start: NumberTable = NumberTable()) -> Self {
        Self(start, hash: { KeyHash($0) }, says: { $0.externalID == $1 })
    }
}
