/// A JSON object that keeps its members in order and finds them as SCIM does: names differ only by more than
/// letter case (RFC 7643 section 2.1).
///
/// Objects are small (a user has some twenty members), so that a search from the front is faster than a hash.
public struct Object: Hashable, Sendable {
    /// A name with its value.
    public struct Member: Hashable, Sendable {
        /// The name as it was written.
        public var name: String
        /// The value, which may be null.
        public var value: Value

        /// Joins a name and its value.
        public init(name: String, value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// All members in their order.
    public internal(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    /// An object with these members in this order; of two with one name the later value stands.
    public init(_ members: [(String, Value)]) {
        self.init()
        self.members.reserveCapacity(members.count)
        for (name, value) in members { self[name] = value }
    }

    /// An object of members whose names are known to differ.
    package init(distinct members: [Member]) { self.members = members }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The number of members.
    public var count: Int { members.count }

    /// The value under a name, whatever its letter case; assigning nil removes the member, a new name goes last.
    public subscript(name: String) -> Value? {
        get { index(of: name).map { members[$0].value } }
        set {
            switch (index(of: name), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    func index(of name: String) -> Int? {
        members.indices.first { CaseInsensitive.equal(members[$0].name, name) }
    }
}

extension Object: ExpressibleByDictionaryLiteral {
    /// An object with its members in this order.
    public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }
}
