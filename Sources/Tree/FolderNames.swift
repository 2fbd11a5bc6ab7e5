#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The names in a folder as bytes, in order: most of them become one text each, with the folder before it.
struct FolderNames {
    /// One of them.
    struct Entry {
        fileprivate var range: Range<Int>
        /// Whether the folder says that it is a plain file, which some file systems never do.
        var isPlainFile: Bool
    }

    private(set) var entries: [Entry] = []
    /// Whether one of them is `.git`.
    private(set) var hasRepository = false
    private var bytes: [UInt8] = []

    /// Adds a name that ends with a zero; `.` and `..` are left out.
    mutating func add(_ name: UnsafePointer<UInt8>, _ type: UInt8) {
        let name = UnsafeBufferPointer(
            start: name,
            count: strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
        )
        guard !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) else { return }
        if name.elementsEqual(".git".utf8) { hasRepository = true }
        let start = bytes.count
        bytes.append(contentsOf: name)
        entries.append(Entry(range: start..<bytes.count, isPlainFile: type == UInt8(DT_REG)))
    }

    /// Puts them in the order of their texts, which that of the bytes is where all are ASCII.
    mutating func sort() {
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            let bytes = bytes
            func text(_ entry: Entry) -> String { String(decoding: bytes[entry.range], as: UTF8.self) }
            entries.sort { text($0) < text($1) }
            return
        }
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            entries.sort { left, right in
                let common = min(left.range.count, right.range.count)
                let order = memcmp(start + left.range.lowerBound, start + right.range.lowerBound, common)
                return order == 0 ? left.range.count < right.range.count : order < 0
            }
        }
    }

    func isHidden(_ entry: Entry) -> Bool { bytes[entry.range.lowerBound] == UInt8(ascii: ".") }

    /// A name behind its folder's path, which ends with a slash.
    func path(of entry: Entry, behind folder: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: folder.count + entry.range.count) { room in
            _ = room.update(fromContentsOf: folder)
            let rest = UnsafeMutableBufferPointer(rebasing: room[folder.count...])
            bytes.withUnsafeBufferPointer {
                _ = rest.update(fromContentsOf: UnsafeBufferPointer(rebasing: $0[entry.range]))
            }
            return folder.count + entry.range.count
        }
    }
}
