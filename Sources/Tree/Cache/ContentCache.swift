#if canImport(Glibc)
    import Glibc
    // Where the C structures of files come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// The contents of a tree's files as an earlier run has read them, in one file.
///
/// It may be lost or damaged at any time: what is not whole, not of this form, or not of the tag that is asked for is not
/// there. It holds the files' own bytes, so that another version of the program makes of them what it makes of the files.
final class ContentCache: Sendable {
    let index: ContentIndex
    private let number: Int32

    /// Opens a cache's file; nil where there is none that can be used.
    init?(_ path: String) {
        let number = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { return nil }
        guard let index = Self.index(in: number) else {
            close(number)
            return nil
        }
        self.index = index
        self.number = number
    }

    deinit { close(number) }

    /// Hands over a content, if it is what was written; says whether it is.
    func withContent(_ entry: ContentIndex.Entry, _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: entry.length) { room in
            guard Self.read(UnsafeMutableRawBufferPointer(room), from: number, at: entry.offset) else { return false }
            var checksum = ContentChecksum()
            checksum.combine(entry.tag)
            checksum.combine(UnsafeRawBufferPointer(room))
            guard checksum.value == entry.checksum else { return false }
            body(UnsafeBufferPointer(room))
            return true
        }
    }

    private static func index(in number: Int32) -> ContentIndex? {
        var status = stat()
        guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = Int(status.st_size)
        let footLength = ContentIndex.wordsOfFoot * 8
        guard size >= footLength, let foot = bytes(of: number, size - footLength..<size),
            let start = ContentIndex.start(in: foot), start >= 0, start <= size - footLength,
            let bytes = bytes(of: number, start..<size)
        else { return nil }
        return ContentIndex(bytes, at: start)
    }

    private static func bytes(of number: Int32, _ range: Range<Int>) -> [UInt8]? {
        var isRead = false
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { room, count in
            let room = UnsafeMutableRawBufferPointer(room)
            isRead = read(
                UnsafeMutableRawBufferPointer(rebasing: room[..<range.count]),
                from: number,
                at: range.lowerBound
            )
            count = isRead ? range.count : 0
        }
        return isRead ? bytes : nil
    }

    private static func read(_ room: UnsafeMutableRawBufferPointer, from number: Int32, at offset: Int) -> Bool {
        var done = 0
        while done < room.count {
            guard let base = room.baseAddress else { return false }
            let count = pread(number, base + done, room.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
