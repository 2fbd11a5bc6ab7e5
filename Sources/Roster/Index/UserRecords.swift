internal import HashTreeCollections

/// Users by id: those that were there from the start in their numbers' order, and the others in a tree.
///
/// A value whose copies share all but what a change touches: the records stand in lists of lists of 64.
struct UserRecords: Sendable {
    /// Who was there from the start.
    let known: KnownIDs
    private var present: [[[User?]]] = []
    private var presentCount: Int
    private var added: TreeDictionary<String, User> = [:]

    init() { self.init([], known: .none) }

    /// Takes users by their numbers.
    init(_ users: [User], known: KnownIDs) {
        self.known = known
        presentCount = users.count
        var block: [[User?]] = []
        for start in stride(from: 0, to: users.count, by: 64) {
            block.append(users[start..<Swift.min(start + 64, users.count)].map { Optional($0) })
            guard block.count == 64 else { continue }
            present.append(block)
            block = []
        }
        if !block.isEmpty { present.append(block) }
    }

    /// The user of a number; nil of one who is gone.
    subscript(number: Int) -> User? { present[number >> 12][number >> 6 & 63][number & 63] }

    subscript(id: String) -> User? {
        get {
            if let number = known.number(of: id) { return self[number] }
            return added.isEmpty ? nil : added[id]
        }
        set {
            guard let number = known.number(of: id) else {
                added[id] = newValue
                return
            }
            presentCount += (newValue == nil ? 0 : 1) - (self[number] == nil ? 0 : 1)
            present[number >> 12][number >> 6 & 63][number & 63] = newValue
        }
    }
}

extension UserRecords: Collection {
    enum Index: Comparable {
        case present(Int)
        case added(TreeDictionary<String, User>.Index)
    }

    var count: Int { presentCount + added.count }

    var isEmpty: Bool { count == 0 }

    var startIndex: Index { index(from: 0) }

    var endIndex: Index { .added(added.endIndex) }

    func index(after index: Index) -> Index {
        switch index {
        case .present(let number): self.index(from: number + 1)
        case .added(let index): .added(added.index(after: index))
        }
    }

    subscript(index: Index) -> User {
        switch index {
        case .present(let number):
            guard let user = self[number] else { preconditionFailure("nobody has this index any more") }
            return user
        case .added(let index): return added[index].value
        }
    }

    /// The first index from a number on.
    private func index(from number: Int) -> Index {
        var number = number
        while number < known.ids.count {
            if self[number] != nil { return .present(number) }
            number += 1
        }
        return .added(added.startIndex)
    }
}

extension UserRecords: Hashable {
    static func == (left: UserRecords, right: UserRecords) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.id] == $0 }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(reduce(0) { $0 ^ $1.hashValue })
    }
}
