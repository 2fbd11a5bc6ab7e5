internal import Roster
internal import Tree

/// Finds the lines about people in a text, by their indentation.
///
/// It goes by what a strict reader would make of the lines, and gives up where a line could be part of something that
/// began in another: the text is then read whole. What it finds to be about a person equals, byte by byte, what is
/// known of them.
struct PeopleScanner {
    private enum Section {
        case other
        case users
        case teams
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let form: PeopleText.Form
    private let roll: Roll
    private(set) var parts: [PeopleText.Part] = []
    private(set) var headers: [PeopleText.Header] = []
    private(set) var teams: [PeopleText.Team] = []
    private(set) var listed: [Bool]
    private(set) var others: Set<Int32> = []
    private var section = Section.other
    private var seen: (users: Bool, teams: Bool) = (false, false)
    /// The header that what comes next belongs to.
    private var open: PeopleText.Header?
    private var isInMembers = false
    /// Whether deeper lines are about a person of whom more is said than is known.
    private var isInOther = false
    private var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ form: PeopleText.Form, _ roll: Roll) {
        self.bytes = bytes
        self.form = form
        self.roll = roll
        listed = Array(repeating: false, count: roll.count)
    }

    /// Walks over all lines; false where one is not understood, and for a text that does not list people.
    mutating func scan() -> Bool {
        guard bytes.last == LineForm.lineFeed, bytes.count < Int32.max else { return false }
        while offset < bytes.count {
            if section == .users, let part = person(at: offset) {
                guard !listed[Int(part.person)] else { return false }
                listed[Int(part.person)] = true
                parts.append(part)
                isInOther = false
                offset = Int(part.end)
                continue
            }
            let line = offset..<LineForm.end(of: offset, in: bytes)
            guard take(line) else { return false }
            offset = line.upperBound + 1
        }
        close()
        return seen.users && seen.teams
    }

    private mutating func take(_ line: Range<Int>) -> Bool {
        var indent = 0
        while indent < line.count, bytes[line.lowerBound + indent] == UInt8(ascii: " ") { indent += 1 }
        // Blank lines and comments belong to whatever stands around them.
        guard indent < line.count, bytes[line.lowerBound + indent] != UInt8(ascii: "#") else { return true }
        if section == .teams, isInMembers, indent >= 6 { return takeMember(line, indent) }
        guard LineForm.isWhole(line, in: bytes) else { return false }
        guard indent > 0 else { return takeTop(line) }
        switch section {
        case .other: return true
        case .users: return takeOfUsers(line, indent)
        case .teams: return takeOfTeams(line, indent)
        }
    }

    private mutating func takeTop(_ line: Range<Int>) -> Bool {
        close()
        section = .other
        guard LineForm.isLetter(bytes[line.lowerBound]) else { return false }
        if LineForm.equal(line, "users:", in: bytes) {
            guard !seen.users else { return false }
            (seen.users, section) = (true, .users)
            begin(line, empty: " {}")
        } else if LineForm.equal(line, "teams:", in: bytes) {
            guard !seen.teams else { return false }
            (seen.teams, section) = (true, .teams)
        }
        return true
    }

    /// A line about a person of whom more is said than is known, or who is not known.
    private mutating func takeOfUsers(_ line: Range<Int>, _ indent: Int) -> Bool {
        guard indent == 2 || indent >= 4 && isInOther else { return false }
        open?.hasOthers = true
        isInOther = true
        let text = (line.lowerBound + indent)..<line.upperBound
        guard indent == 2 || !LineForm.hasTail(text, in: bytes) else { return false }
        if indent == 2 {
            note(LineForm.key(text, in: bytes).flatMap { person(named: $0) })
        } else if LineForm.starts(text, "id: ", in: bytes) {
            let id = LineForm.unquoted((text.lowerBound + 4)..<text.upperBound, in: bytes)
            note(roll.person(id: UnsafeBufferPointer(rebasing: bytes[id])).map { Int32($0) })
        }
        return true
    }

    private mutating func takeOfTeams(_ line: Range<Int>, _ indent: Int) -> Bool {
        switch indent {
        case 2:
            close()
            let text = (line.lowerBound + 2)..<line.upperBound
            // What stands behind the name would be a list in brackets.
            guard LineForm.ends(text, ":", in: bytes) || LineForm.ends(text, ": {}", in: bytes) else { return false }
            teams.append(PeopleText.Team(name: LineForm.key(text, in: bytes).map { LineForm.text($0, in: bytes) }))
        case 4:
            close()
            guard !teams.isEmpty, LineForm.isLetter(bytes[line.lowerBound + 4]) else { return false }
            if LineForm.equal(line, "    members:", in: bytes) {
                begin(line, empty: " []")
                isInMembers = true
            } else if LineForm.starts(line, "    members", in: bytes) {
                return LineForm.equal(line, "    members: []", in: bytes)
            }
        case 6...: return true
        default: return false
        }
        return true
    }

    private mutating func takeMember(_ line: Range<Int>, _ indent: Int) -> Bool {
        guard indent == 6, LineForm.starts(line, "      - ", in: bytes), LineForm.isWhole(line, in: bytes) else {
            return false
        }
        let name = (line.lowerBound + 8)..<line.upperBound
        guard let person = person(named: name), let team = teams.indices.last else {
            guard LineForm.isScalar(name, in: bytes) else { return false }
            note(person(named: LineForm.unquoted(name, in: bytes)))
            open?.hasOthers = true
            return true
        }
        teams[team].people.append(person)
        guard isKnown(person, as: name) else {
            note(person)
            open?.hasOthers = true
            return true
        }
        parts.append(PeopleText.Part(start: Int32(line.lowerBound), end: Int32(line.upperBound + 1), person: person))
        return true
    }

    private mutating func note(_ person: Int32?) {
        if let person { others.insert(person) }
    }

    private mutating func begin(_ line: Range<Int>, empty: String) {
        open = PeopleText.Header(end: line.upperBound, parts: parts.count..<parts.count, hasOthers: false, empty: empty)
    }

    private mutating func close() {
        isInMembers = false
        guard var header = open else { return }
        header.parts = header.parts.lowerBound..<parts.count
        headers.append(header)
        open = nil
    }
}

extension PeopleScanner {
    private func person(named name: Range<Int>) -> Int32? {
        roll.person(named: UnsafeBufferPointer(rebasing: bytes[name])).map { Int32($0) }
    }

    /// Whether a name stands as each canonical text has it: in lower case where it is a key, which no text needs quotes
    /// for that its own file has without.
    private func isKnown(_ person: Int32, as name: Range<Int>) -> Bool {
        let person = Int(person)
        guard roll.flags(of: person).contains(.plain) else { return false }
        let text = UnsafeBufferPointer(rebasing: bytes[name])
        if form == .record, text.contains(where: LineForm.isUpper) { return false }
        return roll.withText(.userName, of: person) { own in
            // What holds an "@" is text in any letter case; another word may be more in one than in the other.
            own.elementsEqual(text) || own.contains(UInt8(ascii: "@"))
        }
    }

    /// The lines of a person of whom is said what is known, and no more, at the beginning of a line.
    private func person(at start: Int) -> PeopleText.Part? {
        guard start + 3 < bytes.count, bytes[start] == UInt8(ascii: " "), bytes[start + 1] == UInt8(ascii: " "),
            bytes[start + 2] > UInt8(ascii: "#")
        else { return nil }
        let end = LineForm.end(of: start, in: bytes)
        let tail = form == .record ? 1 : 4
        guard end - start > tail + 2, LineForm.equal((end - tail)..<end, form == .record ? ":" : ": {}", in: bytes)
        else { return nil }
        let name = (start + 2)..<(end - tail)
        guard let person = person(named: name), isKnown(person, as: name) else { return nil }
        var next = end + 1
        if form == .record {
            guard takes("    id: ", .id, of: person, at: &next) else { return nil }
            if roll.withText(.created, of: Int(person), { !$0.isEmpty }) {
                guard takes("    created: ", .created, of: person, at: &next) else { return nil }
            }
            if roll.withText(.userName, of: Int(person), { $0.contains(where: LineForm.isUpper) }) {
                guard takes("    userName: ", .userName, of: person, at: &next) else { return nil }
            }
        }
        // What is deeper would belong to this person.
        guard next >= bytes.count || !LineForm.starts(next..<min(next + 3, bytes.count), "   ", in: bytes) else {
            return nil
        }
        return PeopleText.Part(start: Int32(start), end: Int32(next), person: person)
    }

    private func takes(_ key: StaticString, _ text: Roll.Text, of person: Int32, at next: inout Int) -> Bool {
        guard LineForm.starts(next..<bytes.count, key, in: bytes) else { return false }
        let start = next + key.utf8CodeUnitCount
        return roll.withText(text, of: Int(person)) { own in
            guard start + own.count < bytes.count, bytes[start + own.count] == LineForm.lineFeed,
                bytes[start..<(start + own.count)].elementsEqual(own)
            else { return false }
            next = start + own.count + 1
            return true
        }
    }
}
