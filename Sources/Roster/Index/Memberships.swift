internal import HashTreeCollections

/// The groups that hold somebody directly.
///
/// What was so from the start stands in one list, the groups of one person after those of another, four bytes each; what
/// has changed since then, in a tree.
struct Memberships: Sendable {
    /// The groups of the people that were there from the start.
    final class Start: Sendable {
        static let none = Start(groupIDs: [], ends: [], groups: [])

        let groupIDs: [String]
        /// Where each person's groups end.
        let ends: [UInt32]
        /// Numbers among `groupIDs`, ascending for each person.
        let groups: [UInt32]

        init(groupIDs: [String], ends: [UInt32], groups: [UInt32]) {
            self.groupIDs = groupIDs
            self.ends = ends
            self.groups = groups
        }
    }

    private let start: Start
    private var changed: TreeDictionary<String, IDList?> = [:]

    init(_ start: Start = .none) { self.start = start }

    /// Those of whom something is known beside the start.
    var changedMembers: [String] { Array(changed.keys) }

    /// The ids of the groups, ascending.
    func groupIDs(of member: String, among users: UserRecords) -> [String] {
        if !changed.isEmpty, let list = changed[member] { return list?.ids ?? [] }
        return users.number(of: member).map(startGroupIDs) ?? []
    }

    /// The same of somebody whose number is known.
    func groupIDs(of user: User, number: Int) -> [String] {
        if !changed.isEmpty, let list = changed[user.id] { return list?.ids ?? [] }
        return startGroupIDs(of: number)
    }

    private func startGroupIDs(of number: Int) -> [String] {
        guard number < start.ends.count else { return [] }
        let begin = number == 0 ? 0 : Int(start.ends[number - 1])
        return start.groups[begin..<Int(start.ends[number])].map { start.groupIDs[Int($0)] }
    }

    mutating func add(_ group: String, to member: String, among users: UserRecords) {
        var list = IDList(ascending: groupIDs(of: member, among: users))
        if list == nil { list = IDList(group) } else { list?.insert(group) }
        changed[member] = .some(list)
    }

    mutating func take(_ group: String, from member: String, among users: UserRecords) {
        let rest = IDList(ascending: groupIDs(of: member, among: users))?.removing(group)
        // Of those who were there from the start it has to be known that nothing is left; others leave nothing behind.
        let isFromStart = users.number(of: member).map { $0 < start.ends.count } ?? false
        changed[member] = rest == nil && !isFromStart ? nil : .some(rest)
    }

    /// Forgets somebody who is in no group and is gone.
    mutating func forget(_ member: String) {
        if !changed.isEmpty { changed[member] = nil }
    }
}

extension Memberships.Start {
    /// Turns around what groups hold.
    ///
    /// - Parameters:
    ///   - groups: in the order of their ids, with their people's numbers.
    ///   - count: how many people there are.
    convenience init(_ groups: [(id: String, members: [UInt32])], count: Int) {
        var ends = [UInt32](repeating: 0, count: count)
        // A file may name somebody twice, who is in it once.
        var last = [Int32](repeating: -1, count: count)
        for (number, group) in groups.enumerated() {
            for member in group.members.lazy.map(Int.init) where last[member] != Int32(number) {
                last[member] = Int32(number)
                ends[member] += 1
            }
        }
        var sum: UInt32 = 0
        for number in ends.indices {
            let count = ends[number]
            // Where the next group of this person goes; in the end, where they end.
            ends[number] = sum
            sum += count
        }
        var numbers = [UInt32](repeating: 0, count: Int(sum))
        for member in last.indices { last[member] = -1 }
        for (number, group) in groups.enumerated() {
            for member in group.members.lazy.map(Int.init) where last[member] != Int32(number) {
                last[member] = Int32(number)
                numbers[Int(ends[member])] = UInt32(number)
                ends[member] += 1
            }
        }
        self.init(groupIDs: groups.map(\.id), ends: ends, groups: numbers)
    }
}
