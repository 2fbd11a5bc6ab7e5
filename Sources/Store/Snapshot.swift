package import Roster
package import YAML

/// What readers see: a state that the directory had at one moment, which no later change touches.
package struct Snapshot: Sendable {
    /// The records; behind one reference, because a state is handed from reader to reader all the time, and a count on
    /// each of a dozen indexes is what they would wait for one another at.
    package private(set) var content: Content
    package internal(set) var broken: BrokenFiles

    /// All records as they were at one moment.
    package final class Content: Sendable {
        package let directory: Directory
        fileprivate let modified: ModificationTimes

        package init(directory: Directory, modified: ModificationTimes) {
            self.directory = directory
            self.modified = modified
        }

        // What single records are asked for by the thousand, without a count on each index of the directory.

        package func user(id: String) -> User? { directory.user(id: id) }

        package func number(ofUser id: String) -> UserNumber? { directory.number(ofUser: id) }

        package func lend(_ number: UserNumber, _ body: (User, UserParts) -> Void) { directory.lend(number, body) }

        package func user(named name: String) -> User? { directory.user(named: name) }

        package func group(id: String) -> Group? { directory.group(id: id) }

        package func member(id: String) -> Member? { directory.member(id: id) }

        package func groupIDs(containing member: String) -> [String] { directory.groupIDs(containing: member) }

        package func groupIDs(containing user: User, _ number: UserNumber) -> [String] {
            directory.groupIDs(containing: user, number)
        }

        /// The version of a record's content; nil where there is no such record.
        func version(of id: String) -> String? { directory.version(of: id) }

        /// The lines that describe a mutation that made other records of these.
        func lines(for mutation: Mutation, making after: Content) -> [ChangeLine] {
            directory.lines(for: mutation, making: after.directory)
        }

        package var userIDs: OrderedIDs { directory.userIDs }

        package func users(from start: Int, limit: Int) -> [UserNumber] { directory.users(from: start, limit: limit) }

        /// Reads ahead what answers about many people are made of.
        package func readAhead(_ numbers: [UserNumber]) {
            directory.readAhead(numbers)
            modified.readAhead(numbers)
        }

        package var groupIDs: OrderedIDs { directory.groupIDs }

        /// When a record's file was last written.
        package func modified(id: String) -> Timestamp? { modified.time(of: id, in: directory) }

        package func modified(_ number: UserNumber) -> Timestamp? { modified.time(of: number) }
    }

    init(directory: Directory, modified: ModificationTimes, broken: BrokenFiles) {
        content = Content(directory: directory, modified: modified)
        self.broken = broken
    }
}

extension Snapshot {
    package var directory: Directory { content.directory }

    /// When a record's file was last written.
    package func modified(id: String) -> Timestamp? { content.modified(id: id) }

    /// Changes records and times in place.
    mutating func edit<Result>(_ change: (inout Directory, inout ModificationTimes) -> Result) -> Result {
        var (directory, modified) = (content.directory, content.modified)
        defer { content = Content(directory: directory, modified: modified) }
        return change(&directory, &modified)
    }

    /// Changes the state by a mutation, or throws and stays as it was.
    ///
    /// - Returns: the records whose files change by it.
    mutating func apply(_ mutation: Mutation, at time: Timestamp) throws(RosterError) -> Set<String> {
        var (directory, modified) = (content.directory, content.modified)
        let effect = try directory.apply(mutation)
        for id in effect.users { modified.set(time, of: id, in: directory) }
        for id in effect.groups { modified.set(time, of: id, in: directory) }
        for id in effect.removedUsers { modified.set(nil, of: id, in: directory) }
        for id in effect.removedGroups { modified.set(nil, of: id, in: directory) }
        content = Content(directory: directory, modified: modified)
        return effect.touched
    }
}

/// Provisioned files that cannot be read, and what is known of their records all the same.
package struct BrokenFiles: Hashable, Sendable {
    /// What is wrong, by path relative to the tree.
    package var problems: [String: Diagnostic]
    /// Paths of files whose record is served as it was when it last could be read, by that record's id.
    package var keptIDs: [String: String]

    package init(problems: [String: Diagnostic] = [:], keptIDs: [String: String] = [:]) {
        self.problems = problems
        self.keptIDs = keptIDs
    }

    /// Files of whose records nothing is known: whoever is not found may stand in one of them, and must not be
    /// created twice.
    package var unknown: [Diagnostic] {
        guard !problems.isEmpty else { return [] }
        let kept = Set(keptIDs.values)
        return problems.filter { !kept.contains($0.key) }.map(\.value).sorted()
    }
}
