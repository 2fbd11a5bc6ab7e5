internal import Tree

/// A record or a target's file as text, with the lines that say of people no more than is known of them.
///
/// Both list people under `users:` and teams with their `members:` under `teams:`, in the same form. Without the lines
/// about some people the text is read as if those people were not there, which is how a plan leaves out everybody whom
/// it cannot touch.
struct PeopleText: Sendable {
    /// What a text says of a person who is only there.
    enum Form: Sendable {
        /// Key, id, creation, and the name where it differs from the key.
        case record
        /// The address, and no grants.
        case organization
    }

    /// A run of lines that is about one person, and may be left out.
    struct Part: Sendable {
        var start: Int32
        var end: Int32
        var person: Int32
    }

    /// A line above parts, which says that there are none where all of them are left out.
    struct Header: Sendable {
        /// Where its line ends.
        var end: Int
        var parts: Range<Int>
        /// Whether it has something below that stays.
        var hasOthers: Bool
        /// What an empty one is written as.
        var empty: String
    }

    /// A team with those of its members who are on the roll, in the text's order.
    struct Team: Sendable {
        /// Nil for a name that is not certain to be read as it stands.
        var name: String?
        var people: [Int32] = []
    }

    let bytes: [UInt8]
    private(set) var parts: [Part]
    private(set) var headers: [Header]
    private(set) var teams: [Team]
    /// The people of whom `users:` says no more than is known.
    private(set) var listed: [Bool]
    /// The people who are named in any other way.
    private(set) var others: Set<Int32>

    /// Looks through a text; nil for one whose lines are not certain to mean what they seem to.
    init?(_ bytes: [UInt8], _ form: Form, _ roll: Roll) {
        let scan = bytes.withUnsafeBufferPointer { bytes -> PeopleScanner? in
            var scanner = PeopleScanner(bytes, form, roll)
            return scanner.scan() ? scanner : nil
        }
        guard let scan else { return nil }
        self.bytes = bytes
        parts = scan.parts
        headers = scan.headers
        teams = scan.teams
        listed = scan.listed
        others = scan.others
    }

    /// The text without what it says about some people.
    func without(_ isLeftOut: (Int) -> Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(1 << 16)
        var next = 0
        var header = headers[...]
        func copy(to end: Int) {
            // Headers that have become empty say so.
            while let first = header.first, first.end <= end {
                if !first.hasOthers, !first.parts.isEmpty, parts[first.parts].allSatisfy({ isLeftOut(Int($0.person)) })
                {
                    result.append(contentsOf: bytes[next..<first.end])
                    result.append(contentsOf: first.empty.utf8)
                    next = first.end
                }
                header.removeFirst()
            }
            result.append(contentsOf: bytes[next..<end])
            next = end
        }
        for part in parts where isLeftOut(Int(part.person)) {
            if part.start > next { copy(to: Int(part.start)) }
            next = Int(part.end)
        }
        copy(to: bytes.count)
        return result
    }
}
