internal import HashTreeCollections

/// When each record's file was last written.
///
/// A value beside a directory, which has to be said each time: people's times stand by the numbers that it gives them.
/// What stands there of a number that nobody has is nothing; whoever comes to have it is given a time.
package struct ModificationTimes: Sendable {
    /// Those of people at the start, by their numbers.
    private var start: [Timestamp?] = []
    /// What has changed since then.
    private var users = NumberedList<Timestamp?>()
    private var groups: TreeDictionary<String, Timestamp> = [:]

    /// No times.
    package init() {}

    /// The times of a directory's records, by their ids.
    ///
    /// - Parameters:
    ///   - times: in any order, each id once; those of records that are not in the directory are left out.
    ///   - directory: the directory.
    package init(_ times: [(id: String, time: Timestamp)], in directory: Directory) {
        let records = directory.usersByID
        start = Array(repeating: nil, count: records.list.end)
        for (id, time) in times {
            if let number = records.number(of: id) {
                start[number] = time
            } else if directory.group(id: id) != nil {
                groups[id] = time
            }
        }
    }

    /// The times of a directory that was made of files.
    ///
    /// - Parameters:
    ///   - people: in the order in which the directory was given them.
    ///   - groups: with their ids.
    package init(people: [Timestamp?], groups: [(id: String, time: Timestamp)]) {
        start = people
        for (id, time) in groups { self.groups[id] = time }
    }

    /// When a record's file was last written; nil where there is none.
    package func time(of id: String, in directory: Directory) -> Timestamp? {
        guard let number = directory.usersByID.number(of: id) else { return groups[id] }
        return time(ofUser: number)
    }

    /// When the file of a person was last written whose number is known.
    package func time(of number: UserNumber) -> Timestamp? { time(ofUser: number.value) }

    private func time(ofUser number: Int) -> Timestamp? {
        if let changed = users[number] { return changed }
        return number < start.count ? start[number] : nil
    }

    /// Reads ahead the times of many people, as ``Directory/readAhead(_:)`` does it.
    @inline(never)
    @discardableResult
    package func readAhead(_ numbers: [UserNumber]) -> Int {
        numbers.reduce(0) { sum, number in
            let changed = users.withValue(of: number.value) { $0?.milliseconds ?? 0 }
            return sum ^ (changed ?? (number.value < start.count ? start[number.value]?.milliseconds ?? 0 : 0))
        }
    }

    /// Notes when a record's file was written; nil: it has none, or is gone.
    package mutating func set(_ time: Timestamp?, of id: String, in directory: Directory) {
        if let number = directory.usersByID.number(of: id) { users[number] = .some(time) } else { groups[id] = time }
    }
}
