/// What an answer about a user is made of, lent for as long as it is written: a count on each part of it, for each of the
/// hundreds of people of a page, would take longer than copying the text.
package struct UserParts {
    /// The id as it is, in UTF-8.
    package let id: UnsafeBufferPointer<UInt8>
    private let text: UnsafeBufferPointer<UInt8>
    private let ends: SIMD4<UInt32>
    /// Whether something of the extension has to be looked up before it is shown.
    package let hasLinks: Bool
    private let hash: UInt64

    init(
        id: UnsafeBufferPointer<UInt8>,
        text: UnsafeBufferPointer<UInt8>,
        ends: SIMD4<UInt32>,
        hasLinks: Bool,
        hash: UInt64
    ) {
        (self.id, self.text, self.ends, self.hasLinks, self.hash) = (id, text, ends, hasLinks, hash)
    }

    /// A section of the text.
    package func section(_ section: UserText.Section) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: text[UserText.range(of: section, ends: ends, count: text.count)])
    }

    /// How many bytes the text has.
    package var byteCount: Int { text.count }

    /// The most bytes that a version has.
    package static var longestVersion: Int { 16 }

    /// Appends the text of ``User/version``, for which there has to be room.
    package func writeVersion(into text: inout OutputSpan<UInt8>) {
        let digits = max(1, (UInt64.bitWidth - hash.leadingZeroBitCount + 3) / 4)
        for digit in (0..<digits).reversed() {
            let value = UInt8(truncatingIfNeeded: hash >> (4 * UInt64(digit)) & 15)
            text.append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
        }
    }
}
