internal import YAML

/// Reads a user's file that is in canonical form to the last key straight into the text that is kept of it, without a value
/// for any attribute: as all the files are that `serve` has written.
///
/// It gives up where ``CanonicalRecord`` might still read on, and where it does not, it says the same.
struct CanonicalUser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var lines: CanonicalLines
    private var text: ByteRoom
    /// Where the top-level members stand in the text.
    private var members: [Member] = []
    private var hasLinks = false
    private var isActiveThere = false
    private var id: Range<Int>?
    private var created: Range<Int>?
    private var externalID: Range<Int>?
    private var email: Range<Int>?
    private var userName: Range<Int>?
    private var places = RecordPlaces(id: .start, name: .start)

    private struct Member {
        var rank: Int
        var section: Int
        var range: Range<Int>
    }

    /// The user that a file holds; nil where it is not so plain.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> UserFile.Contents? {
        // Longer ones are rare, and would ask for much room.
        guard bytes.count < 16 << 10 else { return nil }
        // Mostly of one size, so that nothing which stays settles within what is given back.
        let size = bytes.count < 1792 ? 8 << 10 : 80 << 10
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { room in
            var reader = CanonicalUser(bytes, room)
            return reader.contents()
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ room: UnsafeMutableBufferPointer<UInt8>) {
        self.bytes = bytes
        lines = CanonicalLines(bytes)
        text = ByteRoom(room)
        members.reserveCapacity(20)
    }

    private mutating func contents() -> UserFile.Contents? {
        guard readAll(), lines.isSound, !text.isFull, let id, let userName, isActiveThere else { return nil }
        let ownID = string(id)
        let name = KeyHash(NameKey(string(userName)))
        let hashes = UserHashes(
            id: KeyHash(ownID),
            name: name,
            externalID: externalID.map { KeyHash(string($0)) },
            // Most people's address is their name.
            email: email.map { email in
                let isName = lines.isSame(email, UnsafeBufferPointer(rebasing: bytes[userName]))
                return isName ? name : KeyHash(NameKey(string(email)))
            }
        )
        let user = User(id: ownID, text: written())
        return UserFile.Contents(user, places, hashes)
    }

    private mutating func readAll() -> Bool {
        let fields = CanonicalField.user
        var expected = 0
        while let line = lines.line {
            guard line.indent == 0, !line.isElement, let key = line.key else { return false }
            if id == nil, lines.isKey(key, "id") {
                guard let range = plainText(at: line) else { return false }
                id = range
                places.id = Place(line: line.number, column: 5)
                lines.advance()
            } else if let index = index(of: key, in: fields, from: expected) {
                let start = text.count
                guard append(fields[index], at: line) else { return false }
                let (rank, section) = (fields[index].rank, fields[index].section)
                members.append(Member(rank: rank, section: section, range: start..<text.count))
                expected = index + 1
                if fields[index].role == .userName { places.name = Place(line: line.number, column: key.count + 3) }
            } else if created == nil, lines.isKey(key, "created") {
                guard line.isInstant(in: bytes) else { return false }
                created = line.value
                lines.advance()
            } else {
                return false
            }
        }
        return true
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    private func index(
        of key: Range<Int>,
        in fields: UnsafeBufferPointer<CanonicalField>,
        from start: Int
    ) -> Int? {
        for index in start..<fields.count where lines.isSame(key, fields[index].key) { return index }
        return nil
    }
}

extension CanonicalUser {
    /// Adds one member of an object; goes on to the line behind it.
    private mutating func append(_ field: CanonicalField, at line: CanonicalLines.Line) -> Bool {
        text.append(field.label)
        guard field.isList else {
            guard field.kind == .complex else { return appendScalar(field, at: line) }
            guard let first = lines.firstKey(below: line) else { return false }
            return appendObject(field, from: first)
        }
        guard let first = lines.firstElement(below: line) else { return false }
        text.append(UInt8(ascii: "["))
        if field.kind == .complex {
            guard appendObject(field, from: first) else { return false }
        } else {
            guard first.key == nil, appendScalar(field, at: first) else { return false }
        }
        // Elements of several have an order that is for others to check.
        if lines.nextElement(beside: first) != nil { return false }
        text.append(UInt8(ascii: "]"))
        return true
    }

    private mutating func appendObject(_ field: CanonicalField, from first: CanonicalLines.Line) -> Bool {
        var expected = 0
        var next: CanonicalLines.Line? = first
        text.append(UInt8(ascii: "{"))
        while let line = next {
            guard let key = line.key, let index = index(of: key, in: field.inner, from: expected) else {
                return false
            }
            if expected > 0 { text.append(UInt8(ascii: ",")) }
            let inner = field.inner[index]
            if field.role == .emails, inner.role == .value { email = line.value }
            if field.role == .enterprise, inner.role == .manager { hasLinks = true }
            guard append(inner, at: line) else { return false }
            expected = index + 1
            next = lines.nextKey(beside: first)
        }
        text.append(UInt8(ascii: "}"))
        return true
    }

    private mutating func appendScalar(_ field: CanonicalField, at line: CanonicalLines.Line) -> Bool {
        switch field.kind {
        case .boolean:
            guard line.boolean(in: bytes) != nil, let range = line.value else { return false }
            text.append(UnsafeBufferPointer(rebasing: bytes[range]))
            // The only one of the top level.
            if line.indent == 0 { isActiveThere = true }
        case .text:
            guard let range = plainText(at: line) else { return false }
            text.append(UInt8(ascii: "\""))
            text.append(UnsafeBufferPointer(rebasing: bytes[range]))
            text.append(UInt8(ascii: "\""))
            if field.role == .userName { userName = range }
            if field.role == .externalID { externalID = range }
        case .complex, .other: return false
        }
        lines.advance()
        return true
    }

    /// Where a text stands that is neither empty nor has what JSON escapes.
    private func plainText(at line: CanonicalLines.Line) -> Range<Int>? {
        guard let range = line.value, !range.isEmpty, line.isText(in: bytes) else { return nil }
        var others: UInt8 = 0
        for byte in bytes[range] {
            others |= (byte == UInt8(ascii: "\"") ? 1 : 0) | (byte == UInt8(ascii: "\\") ? 1 : 0)
        }
        return others == 0 ? range : nil
    }

    /// The members in the order of an answer, section by section.
    private mutating func written() -> UserText {
        members.sort { $0.rank < $1.rank }
        var ends = SIMD4<UInt32>(repeating: 0)
        let size = members.reduce(members.count) { $0 + $1.range.count } + (created?.count ?? 0) + 2
        let result = [UInt8](unsafeUninitializedCapacity: size) { room, count in
            var result = ByteRoom(room)
            var next = 0
            for section in 0..<4 {
                let first = next
                while next < members.count, members[next].section == section {
                    if next > first { result.append(UInt8(ascii: ",")) }
                    result.append(text[members[next].range])
                    next += 1
                }
                ends[section] = UInt32(clamping: result.count)
            }
            if let created {
                result.append(UInt8(ascii: "\""))
                result.append(UnsafeBufferPointer(rebasing: bytes[created]))
                result.append(UInt8(ascii: "\""))
            }
            count = result.count
        }
        return UserText(result, ends: ends, hasLinks: hasLinks)
    }
}

/// Room for bytes that are put in one after the other; what does not fit is left out, and told.
private struct ByteRoom {
    private let room: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0
    private(set) var isFull = false

    init(_ room: UnsafeMutableBufferPointer<UInt8>) { self.room = room }

    subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: room[range]) }

    mutating func append(_ byte: UInt8) {
        guard count < room.count else {
            isFull = true
            return
        }
        room[count] = byte
        count += 1
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count <= room.count - count else {
            isFull = true
            return
        }
        _ = UnsafeMutableBufferPointer(rebasing: room[count...]).update(fromContentsOf: bytes)
        count += bytes.count
    }
}
