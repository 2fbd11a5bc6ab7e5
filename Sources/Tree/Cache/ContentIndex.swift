/// The end of a cache's file: what contents it has, and where.
///
/// The file is the contents one after the other, then an entry of nine words for each (its tag, where its path and its
/// content are, its checksum) in the order of the paths, then the paths, then the foot: a name that says what the file is
/// and the version of its form, the number of entries, where the first one stands, and a checksum of all from there on.
struct ContentIndex: Sendable {
    /// One content.
    struct Entry: Hashable, Sendable {
        var tag: ContentTag
        var offset: Int
        var length: Int
        /// Of the tag and the content.
        var checksum: UInt64
    }

    /// "dagroster cache" and the version of the form.
    static let magic: [UInt64] = [0x6461_6772_6F73_7465, 0x7220_6361_6368_6531]
    static let wordsOfEntry = 9
    static let wordsOfFoot = 5

    /// Entries and paths as they stand in the file.
    private let bytes: [UInt8]
    /// The number of entries.
    let count: Int
    /// Where the contents end.
    private let start: Int

    /// Takes the bytes from the first entry to the foot; nil unless they are whole and of this form.
    ///
    /// - Parameters:
    ///   - bytes: entries, paths and foot.
    ///   - start: where they begin in the file.
    init?(_ bytes: [UInt8], at start: Int) {
        let length = bytes.count - Self.wordsOfFoot * 8
        guard length >= 0 else { return nil }
        let foot = bytes.withUnsafeBytes { bytes in (0..<Self.wordsOfFoot).map { Self.word($0, at: length, bytes) } }
        let checksum = bytes.withUnsafeBytes { Self.checksum(of: .init(rebasing: $0[..<length]), foot: foot[..<4]) }
        guard Array(foot[..<2]) == Self.magic, foot[3] == UInt64(start), foot[4] == checksum,
            foot[2] <= UInt64(length / (Self.wordsOfEntry * 8))
        else { return nil }
        self.bytes = bytes
        self.start = start
        count = Int(foot[2])
    }

    /// Where the entries begin, as the foot says; nil where that is no foot.
    static func start(in foot: [UInt8]) -> Int? {
        guard foot.count == wordsOfFoot * 8 else { return nil }
        let words = foot.withUnsafeBytes { bytes in (0..<4).map { word($0, at: 0, bytes) } }
        return Array(words[..<2]) == magic ? Int(exactly: words[3]) : nil
    }

    /// The bytes of an index of these entries.
    static func bytes(of entries: some Collection<(path: String, entry: Entry)>, at start: Int) -> [UInt8] {
        // Mostly they come so, and no list of them is needed.
        let isSorted = zip(entries, entries.dropFirst()).allSatisfy { precedes($0.path, $1.path) }
        guard !isSorted else { return bytes(ofSorted: entries, at: start) }
        return bytes(ofSorted: entries.sorted { precedes($0.path, $1.path) }, at: start)
    }

    private static func bytes(
        ofSorted entries: some Collection<(path: String, entry: Entry)>,
        at start: Int
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        var count = 0
        bytes.reserveCapacity(entries.reduce(64) { $0 + wordsOfEntry * 8 + $1.path.utf8.count })
        func append(_ word: UInt64) { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
        var pathOffset = 0
        for (path, entry) in entries {
            count += 1
            let length = path.utf8.count
            for word in [entry.tag.words.0, entry.tag.words.1, entry.tag.words.2, entry.tag.words.3] { append(word) }
            for number in [pathOffset, length, entry.offset, entry.length] { append(UInt64(number)) }
            append(entry.checksum)
            pathOffset += length
        }
        for (path, _) in entries { bytes.append(contentsOf: path.utf8) }
        let foot = magic + [UInt64(count), UInt64(start)]
        let checksum = bytes.withUnsafeBytes { Self.checksum(of: $0, foot: foot[...]) }
        for word in foot + [checksum] { append(word) }
        return bytes
    }

    /// Whether a path's bytes stand before another's.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left, right)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                for index in 0..<min(left.count, right.count) where left[index] != right[index] {
                    return left[index] < right[index]
                }
                return left.count < right.count
            }
        }
    }

    private static func checksum(of bytes: UnsafeRawBufferPointer, foot: ArraySlice<UInt64>) -> UInt64 {
        var checksum = ContentChecksum()
        for word in foot { checksum.combine(word) }
        checksum.combine(bytes)
        return checksum.value
    }

    private static func word(_ number: Int, at offset: Int, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + number * 8, as: UInt64.self))
    }
}

extension ContentIndex {
    /// The content of a path, if it has this tag; `hint` is where to look first, and moves on behind what was found.
    func entry(of path: String, tagged tag: ContentTag, hint: inout Int) -> Entry? {
        var path = path
        return path.withUTF8 { wanted in self.entry(of: UnsafeRawBufferPointer(wanted), tagged: tag, &hint) }
    }

    private func entry(of path: UnsafeRawBufferPointer, tagged tag: ContentTag, _ hint: inout Int) -> Entry? {
        bytes.withUnsafeBytes { bytes in
            guard let number = number(of: path, hint, bytes) else { return nil }
            hint = number + 1
            let entry = self.entry(number, bytes)
            let isInside = entry.offset >= 0 && entry.length >= 0 && entry.length <= start
            return entry.tag == tag && isInside && entry.offset <= start - entry.length ? entry : nil
        }
    }

    private func number(of path: UnsafeRawBufferPointer, _ hint: Int, _ bytes: UnsafeRawBufferPointer) -> Int? {
        if hint < count, compare(hint, path, bytes) == 0 { return hint }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = compare(middle, path, bytes)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Negative when an entry's path stands before another, 0 when it is the same.
    private func compare(_ number: Int, _ other: UnsafeRawBufferPointer, _ bytes: UnsafeRawBufferPointer) -> Int {
        let paths = count * Self.wordsOfEntry * 8
        let room = bytes.count - Self.wordsOfFoot * 8 - paths
        let offset = Self.word(4, at: number * Self.wordsOfEntry * 8, bytes)
        let length = Self.word(5, at: number * Self.wordsOfEntry * 8, bytes)
        guard length <= UInt64(room), offset <= UInt64(room) - length else { return -1 }
        let path = UnsafeRawBufferPointer(rebasing: bytes[(paths + Int(offset))...].prefix(Int(length)))
        for index in 0..<min(path.count, other.count) where path[index] != other[index] {
            return path[index] < other[index] ? -1 : 1
        }
        return path.count - other.count
    }

    private func entry(_ number: Int, _ bytes: UnsafeRawBufferPointer) -> Entry {
        let words = number * Self.wordsOfEntry * 8
        func word(_ number: Int) -> UInt64 { Self.word(number, at: words, bytes) }
        return Entry(
            tag: ContentTag((word(0), word(1), word(2), word(3))),
            offset: Int(exactly: word(6)) ?? -1,
            length: Int(exactly: word(7)) ?? -1,
            checksum: word(8)
        )
    }
}
