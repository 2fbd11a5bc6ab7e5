/// Users, each of whom has a number for as long as they are there.
///
/// A value whose copies share all but what a change touches.
struct UserRecords: Sendable {
    /// All users by their numbers.
    private(set) var list = NumberedList<User>()
    private var numbers = UserIndex.byID()
    /// Numbers of users who are gone, for those who come next: whoever is made and removed again and again leaves
    /// nothing behind in the indexes.
    private var free = NumberedList<Int>()
    /// How many numbers were given at the start, which are given once: the start's memberships go by them.
    private let startCount: Int

    init() { startCount = 0 }

    /// Takes users in the order of their numbers, and a table that has the number of each under the hash of the id.
    init(_ users: [User], numbers: SharedNumberTable) {
        list = NumberedList(users)
        self.numbers = .byID(numbers)
        startCount = users.count
    }

    /// The number of the user with an id.
    func number(of id: String) -> Int? { numbers.number(id, among: list) }

    subscript(id: String) -> User? { number(of: id).flatMap { list[$0] } }

    /// Adds a user whose id nobody has.
    ///
    /// - Returns: the user's number.
    mutating func add(_ user: User) -> Int {
        let last = free.count - 1
        let number = last < 0 ? list.end : free[last] ?? list.end
        if last >= 0 { free[last] = nil }
        list[number] = user
        numbers.add(number, at: user.id, among: list)
        return number
    }

    /// Puts a user in the place of what it was.
    mutating func replace(_ number: Int, with user: User) { list[number] = user }

    /// Takes a user out.
    mutating func remove(_ number: Int) {
        list[number] = nil
        if number >= startCount { free[free.count] = number }
    }
}

extension UserRecords: Collection {
    var startIndex: Int { list.first(from: 0) }

    var endIndex: Int { list.end }

    var count: Int { list.count }

    var isEmpty: Bool { count == 0 }

    func index(after index: Int) -> Int { list.first(from: index + 1) }

    subscript(index: Int) -> User {
        guard let user = list[index] else { preconditionFailure("nobody has this number any more") }
        return user
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
