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
        tables.withUnsafeBufferPointer { tables in
            var rest = bytes
            // Eight bytes a step ("slicing-by-8", Kounavis and Berry): the tables say what each does to the seven behind it.
            while rest.count >= 8 {
                let (low, high) = (crc ^ word(rest, 0), word(rest, 4))
                crc = 0
                for place in 0..<4 {
                    crc ^= tables[(7 - place) << 8 | Int(low >> UInt32(place * 8) & 0xFF)]
                    crc ^= tables[(3 - place) << 8 | Int(high >> UInt32(place * 8) & 0xFF)]
                }
                rest = UnsafeBufferPointer(rebasing: rest[8...])
            }
            for byte in rest { crc = tables[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ (crc >> 8) }
        }
    }

    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt32 {
        UInt32(littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// Eight tables of 256: what a byte does to the checksum, and what it has done after up to seven further zero bytes.
    private static let tables: [UInt32] = {
        var tables: [UInt32] = (0..<256).map { index in
            (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
        }
        for index in 256..<2048 {
            let before = tables[index - 256]
            tables.append(tables[Int(before & 0xFF)] ^ (before >> 8))
        }
        return tables
    }()
}
