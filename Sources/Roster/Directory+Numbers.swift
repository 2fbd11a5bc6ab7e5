/// A user in one state of a directory: what it has about somebody is found by it without a search.
///
/// It means nobody, or somebody else, in a state in which the user is not there.
package struct UserNumber: Hashable, Sendable {
    let value: Int
}

extension Directory {
    /// The users of a page in the order of their ids, from an index on.
    package func users(from start: Int, limit: Int) -> [UserNumber] {
        userIDs.numbers(from: start, limit: limit).map { UserNumber(value: Int($0)) }
    }

    package func number(ofUser id: String) -> UserNumber? { usersByID.number(of: id).map(UserNumber.init) }

    package func user(_ number: UserNumber) -> User? { usersByID.list[number.value] }

    /// Lends a user with what an answer is made of, unless nobody has the number.
    package func lend(_ number: UserNumber, _ body: (User, UserParts) -> Void) {
        _ = usersByID.list.withValue(of: number.value) { $0.lend(body) }
    }

    /// The ids of the groups that hold a user directly, in ascending order.
    package func groupIDs(containing user: User, _ number: UserNumber) -> [String] {
        groupIDsByMember.groupIDs(of: user, number: number.value)
    }

    /// Reads ahead what answers about many people are made of.
    ///
    /// In a large directory it is far apart in memory. A processor that does nothing else for the moment has many of them
    /// fetched at a time, and waits for each where it writes one answer after the other.
    ///
    /// - Returns: nothing of use; something, or the compiler would leave the reading out.
    @inline(never)
    @discardableResult
    package func readAhead(_ numbers: [UserNumber]) -> UInt8 {
        let users = usersByID.list
        return numbers.reduce(0) { sum, number in sum ^ (users.withValue(of: number.value) { $0.readAhead() } ?? 0) }
    }
}
