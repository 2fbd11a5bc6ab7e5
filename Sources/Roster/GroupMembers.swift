internal import HashTreeCollections
internal import Synchronization

/// The ids of the people in a group, with a sum over their hashes.
///
/// What a group's file lists are numbers, four bytes each, until somebody asks who is in the group: a start, which reads
/// the members of all groups, makes a set of none of them. The set is made once, and is what a change begins with.
struct GroupMembers: Sendable {
    private var content: Content

    private enum Content: Sendable {
        case made(Made)
        case listed(Listed)
    }

    /// A persistent set, so that a copy costs nothing and a member in or out of 100,000 costs one path of the tree.
    private struct Made: Sendable {
        var ids: TreeSet<String> = []
        /// A sum, so that the version of a large group changes at the cost of the change.
        var hash: UInt64 = 0
    }

    /// Nobody.
    init() { content = .made(Made()) }

    /// Those who have some numbers in a list; a number that stands twice counts once.
    init(_ numbers: [UInt32], in ids: [String]) {
        content = numbers.isEmpty ? .made(Made()) : .listed(Listed(numbers, in: ids))
    }

    var ids: TreeSet<String> { made.ids }

    var hash: UInt64 { made.hash }

    /// Adds somebody; false if they were there already.
    mutating func insert(_ id: String) -> Bool {
        var set = made
        content = .made(Made())
        defer { content = .made(set) }
        guard set.ids.insert(id).inserted else { return false }
        set.hash &+= ContentHash.mixed(id)
        return true
    }

    /// Takes somebody out; false if they were not there.
    mutating func remove(_ id: String) -> Bool {
        var set = made
        content = .made(Made())
        defer { content = .made(set) }
        guard set.ids.remove(id) != nil else { return false }
        set.hash &-= ContentHash.mixed(id)
        return true
    }

    private var made: Made {
        switch content {
        case .made(let set): set
        case .listed(let listed): listed.made
        }
    }

    /// Makes the set, unless that is done, of a group in which so many are listed that whoever changes it would wait.
    func prepare(from count: Int) {
        if case .listed(let listed) = content, listed.numbers.count >= count { _ = listed.made }
    }

    /// Numbers, and the set of those who have them once somebody has asked for it.
    private final class Listed: Sendable {
        let numbers: [UInt32]
        private let ids: [String]
        private let known = Mutex<Made?>(nil)

        init(_ numbers: [UInt32], in ids: [String]) { (self.numbers, self.ids) = (numbers, ids) }

        var made: Made {
            known.withLock { known in
                if let known { return known }
                var made = Made()
                for number in numbers {
                    let id = ids[Int(number)]
                    if made.ids.insert(id).inserted { made.hash &+= ContentHash.mixed(id) }
                }
                known = made
                return made
            }
        }
    }
}

extension GroupMembers: Hashable {
    /// The same people are the same members, whether a set is made of them or not.
    static func == (left: GroupMembers, right: GroupMembers) -> Bool {
        if case .listed(let one) = left.content, case .listed(let other) = right.content, one === other { return true }
        return left.hash == right.hash && left.ids == right.ids
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
