/// The name of an object in a repository: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
package struct ObjectID: Hashable, Sendable {
    package let hex: String

    /// Refuses everything but a whole name; abbreviations are revisions, see ``Repository/resolve(_:)``.
    package init?(_ text: some StringProtocol) { self.init(bytes: text.utf8) }

    /// The same for the bytes of a text.
    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 40 || bytes.count == 64, bytes.allSatisfy(Self.isDigit) else { return nil }
        hex = String(decoding: bytes, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
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
