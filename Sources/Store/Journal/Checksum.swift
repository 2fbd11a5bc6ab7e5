/// CRC-32C (Castagnoli), as iSCSI and ext4 have it: every burst of up to 32 wrong bits is found.
enum Checksum {
    /// The checksum of some bytes followed by others.
    static func crc32c(_ head: [UInt8], _ tail: ArraySlice<UInt8> = []) -> UInt32 {
        var crc = UInt32.max
        head.withUnsafeBufferPointer { add($0, to: &crc) }
        tail.withUnsafeBufferPointer { add($0, to: &crc) }
        return ~crc
    }

    private static func add(_ bytes: UnsafeBufferPointer<UInt8>, to crc: inout UInt32) {
        table.withUnsafeBufferPointer { table in
            for byte in bytes { crc = table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ (crc >> 8) }
        }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
    }
}
