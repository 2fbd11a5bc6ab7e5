/// Where something stands in a file: line and column, both counted from 1, as editors show them.
///
/// Columns count Unicode scalars, as libyaml does, not bytes and not graphemes.
package struct Place: Hashable, Sendable {
    /// The line, from 1.
    package var line: Int
    /// The column, from 1.
    package var column: Int

    /// Joins a line and a column.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Behind the last character of a text.
    package init(endOf text: UnsafeBufferPointer<UInt8>) {
        let last = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        line = text[..<last].count { $0 == UInt8(ascii: "\n") } + 1
        column = text[last...].count { $0 & 0xC0 != 0x80 } + 1
    }

    /// The first character of a file.
    package static let start = Place(line: 1, column: 1)
}

extension Place: Comparable {
    /// Reading order: by line, then by column.
    package static func < (left: Place, right: Place) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension Place: CustomStringConvertible {
    /// The form that editors and terminals make a link of: `7:3`.
    package var description: String { "\(line):\(column)" }
}
