/// How entries lie in a segment: length and checksum, the entry's number, the entry.
///
/// The checksum covers the number, and numbers never repeat, so that what an earlier use of the same space left behind
/// is never taken for an entry.
enum Frame {
    static let headSize = 16

    /// Appends an entry.
    static func append(_ entry: [UInt8], number: UInt64, to bytes: inout [UInt8]) {
        let numbered = number.littleEndianBytes
        append(UInt32(entry.count), to: &bytes)
        append(checksum(numbered, entry[...]), to: &bytes)
        bytes += numbered
        bytes += entry
    }

    /// The entry at an offset; nil where there is none with this number, or not the whole of it.
    static func entry(at offset: Int, number: UInt64, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let start = offset + headSize
        guard start <= bytes.count, number32(at: offset + 8, in: bytes) == UInt32(truncatingIfNeeded: number),
            number32(at: offset + 12, in: bytes) == UInt32(truncatingIfNeeded: number >> 32)
        else { return nil }
        let length = Int(number32(at: offset, in: bytes))
        guard length > 0, length <= bytes.count - start else { return nil }
        let entry = bytes[start..<(start + length)]
        guard number32(at: offset + 4, in: bytes) == checksum(number.littleEndianBytes, entry) else { return nil }
        return entry
    }

    static func number32(at offset: Int, in bytes: [UInt8]) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32($1 * 8) }
    }

    static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private static func checksum(_ number: [UInt8], _ entry: ArraySlice<UInt8>) -> UInt32 {
        Checksum.crc32c(number, entry)
    }
}

extension UInt64 {
    var littleEndianBytes: [UInt8] {
        stride(from: UInt64(0), to: 64, by: 8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }
}
