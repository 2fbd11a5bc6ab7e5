/// Reads the canonical form, and what is as plain as it, without libyaml: most files of a tree are in it.
///
/// It knows block maps and lists, one-line plain scalars, double quotes without escapes, `[]` and `{}`, under a leading
/// comment. Whatever else it meets, a mistake first of all, makes it give up: it never decides that a file is wrong and
/// never guesses. What it does read it reads as ``Reader`` does by libyaml, value by value and place by place.
struct CanonicalReader {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where the line begins that is read next.
    private var offset = 0
    private var line = 1

    /// The value of a text that has been checked; nil when it is not all in the form that is known here.
    static func read(_ source: SourceText) -> Node? {
        source.bytes.withUnsafeBufferPointer { buffer in
            var reader = CanonicalReader(bytes: buffer)
            return reader.document()
        }
    }

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func document() -> Node? {
        while offset < bytes.count, bytes[offset] == UInt8(ascii: "#") { skipLine() }
        guard offset < bytes.count, indentation == 0, let node = block(indent: 0, depth: 0) else { return nil }
        return offset == bytes.count ? node : nil
    }

    /// The map or list whose first line comes next.
    private mutating func block(indent: Int, depth: Int) -> Node? {
        guard depth < Reader.maximumDepth else { return nil }
        let start = offset + indent
        let place = Place(line: line, column: indent + 1)
        if isDash(at: start) {
            return sequence(indent: indent, depth: depth).map { Node(.sequence($0), at: place) }
        }
        return mapping(from: start, indent: indent, depth: depth).map { Node(.mapping($0), at: place) }
    }

    /// The entries of a map whose keys stand in one column, the first of them anywhere on its line.
    private mutating func mapping(from start: Int, indent: Int, depth: Int) -> [Entry]? {
        var entries: [Entry] = []
        entries.reserveCapacity(depth == 0 ? 16 : 4)
        var keys = DistinctKeys()
        var start = start
        while true {
            guard let token = token(at: start), token.isKey else { return nil }
            let key = token.text(in: bytes)
            guard token.isQuoted || ScalarKind(ofPlain: key) == .text else { return nil }
            keys.note(bytes[token.range], isASCII: token.isASCII)
            let keyPlace = Place(line: line, column: indent + 1)
            guard let value = value(behind: token, indent: indent, depth: depth) else { return nil }
            entries.append(Entry(key: key, keyPlace: keyPlace, value: value))
            guard let next = next(indent: indent) else { return nil }
            guard next else { return keys.areDistinct(in: entries) ? entries : nil }
            start = offset + indent
        }
    }

    /// What stands behind a key, on its line or below it.
    private mutating func value(behind key: Token, indent: Int, depth: Int) -> Node? {
        let colon = key.end
        guard bytes[colon + 1] != 0x0A else {
            offset = colon + 2
            line += 1
            let inner = indentation
            return inner > indent ? block(indent: inner, depth: depth + 1) : nil
        }
        return scalar(at: colon + 2, column: indent + 1 + key.width(in: bytes) + 2, depth: depth + 1)
    }

    private mutating func sequence(indent: Int, depth: Int) -> [Node]? {
        var elements: [Node] = []
        while true {
            let start = offset + indent
            guard isDash(at: start) else { return nil }
            guard let element = element(at: start + 2, indent: indent + 2, depth: depth + 1) else { return nil }
            elements.append(element)
            guard let next = next(indent: indent) else { return nil }
            guard next else { return elements }
        }
    }

    private mutating func element(at start: Int, indent: Int, depth: Int) -> Node? {
        let place = Place(line: line, column: indent + 1)
        guard let token = token(at: start) else { return empty(at: start, place: place, depth: depth) }
        guard token.isKey else { return end(token, at: place) }
        guard depth < Reader.maximumDepth else { return nil }
        return mapping(from: start, indent: indent, depth: depth).map { Node(.mapping($0), at: place) }
    }

    private mutating func scalar(at start: Int, column: Int, depth: Int) -> Node? {
        let place = Place(line: line, column: column)
        guard let token = token(at: start) else { return empty(at: start, place: place, depth: depth) }
        return token.isKey ? nil : end(token, at: place)
    }

    /// A scalar that ends its line.
    private mutating func end(_ token: Token, at place: Place) -> Node {
        offset = token.end + 1
        line += 1
        return Node(.scalar(Scalar(token.text(in: bytes), isPlain: !token.isQuoted)), at: place)
    }

    /// `[]` or `{}` at the end of a line.
    private mutating func empty(at start: Int, place: Place, depth: Int) -> Node? {
        guard start + 2 < bytes.count, bytes[start + 2] == 0x0A, depth < Reader.maximumDepth else { return nil }
        offset = start + 3
        line += 1
        switch (bytes[start], bytes[start + 1]) {
        case (UInt8(ascii: "["), UInt8(ascii: "]")): return Node(.sequence([]), at: place)
        case (UInt8(ascii: "{"), UInt8(ascii: "}")): return Node(.mapping([]), at: place)
        default: return nil
        }
    }
}

extension CanonicalReader {
    /// Whether a collection goes on in the next line; nil when that line belongs to nothing that is known here.
    private func next(indent: Int) -> Bool? {
        guard offset < bytes.count else { return false }
        let next = indentation
        return next > indent ? nil : next == indent
    }

    /// The spaces at the beginning of the next line.
    private var indentation: Int {
        var end = offset
        while end < bytes.count, bytes[end] == 0x20 { end += 1 }
        return end - offset
    }

    private func isDash(at start: Int) -> Bool {
        start + 1 < bytes.count && bytes[start] == UInt8(ascii: "-") && bytes[start + 1] == 0x20
    }

    private mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
        offset = min(offset + 1, bytes.count)
        line += 1
    }
}
