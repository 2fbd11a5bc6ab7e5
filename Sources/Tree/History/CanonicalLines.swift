internal import YAML

/// Answers about a record's file from its lines alone, where they are as `serve` writes them: a group of 100,000 is not
/// read to find one person in each of a thousand versions.
struct CanonicalLines {
    private let bytes: [UInt8]
    private static let newline = UInt8(ascii: "\n")

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The plain text after a key of the record itself; nil where that must be read properly.
    func value(of key: String) -> String? {
        guard let rest = text(after: "\n\(key): ") else { return nil }
        let value = String(decoding: rest.prefix { $0 != Self.newline }, as: UTF8.self)
        return Writer.scalar(value) == value ? value : nil
    }

    /// Whether a list of the record holds a name, whatever its letter case; nil where it must be read properly.
    func list(_ key: String, has name: String) -> Bool? {
        guard name.utf8.allSatisfy({ $0 < 0x80 }), Writer.scalar(name) == name else { return nil }
        guard let list = text(after: "\n\(key):\n") else { return text(after: key) == nil ? false : nil }
        let wanted = Array("  - \(name.lowercased())".utf8)
        for line in list.split(separator: Self.newline, omittingEmptySubsequences: false) {
            // A comment, or an element that is not indented, does not end the list.
            if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "-") { return nil }
            guard line.first == UInt8(ascii: " ") else { return false }
            guard Self.isPlainElement(line) else { return nil }
            if line.count == wanted.count, Self.isSame(line, wanted) { return true }
        }
        return false
    }

    /// `  - name`, with nothing in it that could mean another text than stands there.
    private static func isPlainElement(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count > 4, line.starts(with: Array("  - ".utf8)), line.last != UInt8(ascii: " ") else {
            return false
        }
        let first = line[line.startIndex + 4]
        return first != UInt8(ascii: "\"") && first != UInt8(ascii: "'") && first != UInt8(ascii: " ")
            && !line.contains(UInt8(ascii: "#")) && !line.contains(UInt8(ascii: "\r"))
    }

    private func text(after mark: String) -> ArraySlice<UInt8>? {
        let mark = Array(mark.utf8)
        var start = 0
        while let next = bytes[start...].firstIndex(of: mark[0]), next + mark.count <= bytes.count {
            if bytes[next..<(next + mark.count)].elementsEqual(mark) { return bytes[(next + mark.count)...] }
            start = next + 1
        }
        return nil
    }

    private static func isSame(_ line: ArraySlice<UInt8>, _ wanted: [UInt8]) -> Bool {
        zip(line, wanted).allSatisfy { byte, other in
            byte == other || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) && byte + 32 == other
        }
    }
}
