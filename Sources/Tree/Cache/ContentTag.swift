/// What a file's content is known by without reading it: in a folder what the file system says of the file, in a commit
/// the content's own hash.
///
/// Two files with one tag in one place have the same content: for a commit by SHA-1 or SHA-256; in a folder because
/// every write changes ctime, which nobody can set, once the clock has moved on from it (see ``isSettled(at:)``).
package struct ContentTag: Hashable, Sendable {
    /// 32 bytes: inode, size, mtime and ctime in nanoseconds; or the hash, filled up with zeros.
    let words: (UInt64, UInt64, UInt64, UInt64)

    init(_ words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    package static func == (left: ContentTag, right: ContentTag) -> Bool { left.words == right.words }

    package func hash(into hasher: inout Hasher) {
        for word in [words.0, words.1, words.2, words.3] { hasher.combine(word) }
    }
}

extension ContentTag {
    /// The tag of a file with this state.
    init(inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
        words = (
            inode, UInt64(bitPattern: size), UInt64(bitPattern: modified), UInt64(bitPattern: changed)
        )
    }

    /// Inode, size, mtime and ctime of a file whose tag this is.
    package var fileNumbers: (Int, Int, Int, Int) {
        func number(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word) }
        return (number(words.0), number(words.1), number(words.2), number(words.3))
    }

    /// The tag of a blob; nil for what is no whole name of one.
    init?(object hex: String) {
        var hex = hex
        guard let words = hex.withUTF8(Self.words) else { return nil }
        self.words = words
    }

    private static func words(in hex: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64, UInt64, UInt64)? {
        guard hex.count == 40 || hex.count == 64 else { return nil }
        var parts = SIMD4<UInt64>(repeating: 0)
        for index in 0..<hex.count {
            guard let digit = digit(hex[index]) else { return nil }
            parts[index / 16] = parts[index / 16] << 4 | digit
        }
        return (parts[0], parts[1], parts[2], parts[3])
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        default: nil
        }
    }

    /// How long ago a file must have been changed for its ctime to tell a later change: coarse clocks stand still for
    /// some milliseconds, those of some file systems for two seconds.
    static let margin = 3_000_000_000

    /// Whether a file's state, seen at a time in nanoseconds since 1970, cannot be that of two contents.
    func isSettled(at now: Int) -> Bool { Int64(bitPattern: words.3) < Int64(now) - Int64(Self.margin) }
}
