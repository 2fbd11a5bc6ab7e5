/// A text as lines of characters, so that a place of libyaml's is an index.
struct SourceLines {
    /// The lines without their ends.
    private(set) var lines: [[Unicode.Scalar]]

    /// Splits a text of which LF ends each line, the last one too.
    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            Array(String(decoding: line, as: UTF8.self).unicodeScalars)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
    }

    /// How many lines there are.
    var count: Int { lines.count }

    /// A line by its number, which begins at 1; nothing behind the last one.
    subscript(line: Int) -> [Unicode.Scalar] { lines.indices.contains(line - 1) ? lines[line - 1] : [] }

    /// The characters of one line from a column up to another one, or to its end.
    func text(line: Int, from start: Int, to end: Int? = nil) -> String {
        let characters = self[line]
        let upper = min((end ?? characters.count + 1) - 1, characters.count)
        return String(characters: characters[min(start - 1, upper)..<upper])
    }

    /// The column of the first character that is no blank; nil for a blank line.
    func firstColumn(ofLine line: Int) -> Int? { self[line].firstIndex { !$0.isBlank }.map { $0 + 1 } }
}

extension Unicode.Scalar {
    /// A space or a tab.
    var isBlank: Bool { self == " " || self == "\t" }
}

extension String {
    /// The text of these characters.
    init(characters: some Sequence<Unicode.Scalar>) {
        self.init()
        unicodeScalars.append(contentsOf: characters)
    }

    /// The text without the blanks at its end.
    var trimmedAtEnd: String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, last.isBlank { scalars.removeLast() }
        return String(scalars)
    }
}
