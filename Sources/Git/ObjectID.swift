/// The name of an object in a repository: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
package struct ObjectID: Hashable, Sendable {
    package let hex: String

    /// Refuses everything but a whole name; abbreviations are revisions, see ``Repository/resolve(_:)``.
    package init?(_ text: some StringProtocol) { self.init(String(text)) }

    /// The same for a whole text, which is kept as it is: of a large tree there are very many.
    package init?(_ text: String) {
        let isName = text.utf8.withContiguousStorageIfAvailable(Self.isName) ?? Self.isName(Array(text.utf8)[...])
        guard isName else { return nil }
        hex = text
    }

    /// The same for the bytes of a text.
    init?(bytes: ArraySlice<UInt8>) {
        guard bytes.withUnsafeBufferPointer(Self.isName) else { return nil }
        hex = String(decoding: bytes, as: UTF8.self)
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.withUnsafeBufferPointer(isName) }

    private static func isName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 40 || bytes.count == 64 else { return false }
        return bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// The name of a commit.
package typealias CommitID = ObjectID

extension ObjectID: Comparable {
    package static func < (left: ObjectID, right: ObjectID) -> Bool { left.hex < right.hex }
}

extension ObjectID: CustomStringConvertible {
    package var description: String { hex }

    /// The first ten digits: what people read; ``Repository/abbreviation(of:)`` makes sure that it names one object only.
    package var short: String { String(hex.prefix(10)) }
}
