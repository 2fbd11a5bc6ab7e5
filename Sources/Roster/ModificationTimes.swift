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
        if let changed = users[number] { return changed }
        return number < start.count ? start[number] : nil
    }

    /// Notes when a record's file was written; nil: it has none, or is gone.
    package mutating func set(_ time: Timestamp?, of id: String, in directory: Directory) {
        if let number = directory.usersByID.number(of: id) { users[number] = .some(time) } else { groups[id] = time }
    }
}
