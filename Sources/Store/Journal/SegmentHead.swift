/// What a journal's segment begins with: what it is, and the number of its first entry.
struct SegmentHead: Hashable {
    static let size = 32
    private static let magic = Array("DGROSTR1".utf8)

    var firstNumber: UInt64

    init(firstNumber: UInt64) { self.firstNumber = firstNumber }

    /// Reads a segment's head; nil when a crash came before it was written.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.size, bytes.starts(with: Self.magic) else { return nil }
        let low = Frame.number32(at: 8, in: bytes)
        let high = Frame.number32(at: 12, in: bytes)
        firstNumber = UInt64(high) << 32 | UInt64(low)
        guard self.bytes == Array(bytes[..<Self.size]) else { return nil }
    }

    var bytes: [UInt8] {
        var bytes = Self.magic + firstNumber.littleEndianBytes
        Frame.append(Checksum.crc32c(bytes), to: &bytes)
        return bytes + [UInt8](repeating: 0, count: Self.size - bytes.count)
    }
}

extension SegmentHead {
    private static let suffix = ".journal"

    /// The segment's file name, whose order is the entries' order.
    var name: String {
        let digits = String(firstNumber)
        return String(repeating: "0", count: max(0, 20 - digits.utf8.count)) + digits + Self.suffix
    }

    /// The head that a file of this name should have; nil for other files.
    init?(name: String) {
        guard name.hasSuffix(Self.suffix), let number = UInt64(name.dropLast(Self.suffix.count)) else { return nil }
        firstNumber = number
    }
}
