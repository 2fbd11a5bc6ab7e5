internal import HashTreeCollections

/// When each record's file was last written.
///
/// A value beside a directory, which has to be said each time: people's times stand by the numbers that it gives them.
/// What stands there of a number that nobody has is nothing; whoever comes to have it is given a time.
package struct ModificationTimes: Sendable {
    private var users = NumberedList<Timestamp>()
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
        var users = [Timestamp?](repeating: nil, count: records.list.end)
        for (place, (id, time)) in times.enumerated() {
            // Mostly they come in the order of the numbers.
            let isInPlace = place < users.count && records.list[place]?.id == id
            if let number = isInPlace ? place : records.number(of: id) {
                users[number] = time
            } else if directory.group(id: id) != nil {
                groups[id] = time
            }
        }
        self.users = NumberedList(users)
    }

    /// When a record's file was last written; nil where there is none.
    package func time(of id: String, in directory: Directory) -> Timestamp? {
        directory.usersByID.number(of: id).map { users[$0] } ?? groups[id]
    }

    /// Notes when a record's file was written; nil: it has none, or is gone.
    package mutating func set(_ time: Timestamp?, of id: String, in directory: Directory) {
        if let number = directory.usersByID.number(of: id) { users[number] = time } else { groups[id] = time }
    }
}
