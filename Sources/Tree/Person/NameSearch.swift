internal import Foundation
internal import Roster

/// Tells from a file's bytes alone whether it can hold one of some texts, so that few of very many files are read.
///
/// It may say yes of a file that holds none of them, and never no of one that does: YAML may write a text over several
/// lines or by escapes, and names that differ in letter case, or in how Unicode composes them, are one.
struct NameSearch: Sendable {
    private let patterns: [Pattern]
    /// Whether one of the texts is not written in ASCII.
    private let isWider: Bool

    init(_ texts: some Sequence<String>) {
        let folded = texts.map { NameKey($0).folded.precomposedStringWithCanonicalMapping }
        isWider = folded.contains { !$0.utf8.allSatisfy { $0 < 0x80 } }
        patterns = folded.filter { $0.utf8.allSatisfy { $0 < 0x80 } }.map { Pattern(Self.longestPiece(of: $0)) }
    }

    /// Whether a file with these bytes can hold one of the texts.
    func mayFind(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isEscaped = false
        var all: UInt8 = 0
        for byte in bytes {
            isEscaped = isEscaped || byte == UInt8(ascii: "\\")
            all |= byte
        }
        if isEscaped || isWider && all >= 0x80 { return true }
        return patterns.contains { $0.isFound(in: bytes) } || all >= 0x80 && Self.hasDisguise(bytes)
    }

    /// The same for bytes that are kept.
    func mayFind(in bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { mayFind(in: $0) } }

    /// What stands in every spelling of a text as it is: YAML may break lines at spaces, and double quotes.
    private static func longestPiece(of text: String) -> [UInt8] {
        text.utf8.split { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
            .max { $0.count < $1.count }.map(Array.init) ?? []
    }

    /// The only characters beyond ASCII that are the same as one of ASCII: the Kelvin sign, and the question mark and
    /// the grave accent of Greek.
    private static let disguises: [[UInt8]] = ["\u{212A}", "\u{37E}", "\u{1FEF}"].map { Array($0.utf8) }

    private static func hasDisguise(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.indices.contains { index in
            bytes[index] >= 0x80 && disguises.contains { bytes[index...].starts(with: $0) }
        }
    }
}

/// A text of ASCII that is looked for whatever its letter case, by Horspool's way: it mostly looks at one byte of as many
/// as the text has.
private struct Pattern {
    private let text: [UInt8]
    /// How far to go on behind a byte at the text's end.
    private let steps: [Int]

    /// Takes a text in lower case.
    init(_ text: [UInt8]) {
        self.text = text
        var steps = [Int](repeating: max(1, text.count), count: 256)
        for (index, byte) in text.enumerated().dropLast() {
            steps[Int(byte)] = text.count - 1 - index
            if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) {
                steps[Int(byte) - 32] = text.count - 1 - index
            }
        }
        self.steps = steps
    }

    func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = text.indices.last else { return true }
        var start = 0
        while start + last < bytes.count {
            if isAt(start, in: bytes) { return true }
            start += steps[Int(bytes[start + last])]
        }
        return false
    }

    private func isAt(_ start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in text.indices.reversed() {
            let byte = bytes[start + index]
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            guard (isUpper ? byte + 32 : byte) == text[index] else { return false }
        }
        return true
    }
}
