internal import Tree

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The journal on disk: segments of a fixed size, written ahead of use, that are filled one after the other.
///
/// Written ahead, so that appending changes no metadata and one `fdatasync` costs one write of the disk. It belongs to
/// one thread.
struct Journal {
    /// Why entries could not be appended.
    enum Failure: Error {
        /// There was no room for a new segment; nothing was appended, and trying again later is no lie.
        case noRoom(FileError)
        /// A write failed, or the wait for it: what is on disk is not known any more (a second `fdatasync` may
        /// report success for bytes that the first one lost).
        case broken(FileError)
    }

    private struct Open {
        var file: Int32
        var path: String
        var offset: Int
        var size: Int
    }

    /// What the changes take that come while a large batch of files is written, so that a segment is seldom written
    /// ahead while somebody waits.
    private static let mostSpares = 4
    static let sparePrefix = "spare"

    private let disk: Disk
    private let root: String
    private let folder: String
    private let segmentSize: Int
    private var segments: [JournalScan.Segment]
    private(set) var nextNumber: UInt64
    private var open: Open?
    /// Segments to be written over, all of ``segmentSize``.
    private var spares: [String] = []
    private var spareCount = 0
    /// How many bytes were to be appended last.
    private var wanted = 0

    /// The journal of a tree.
    ///
    /// - Parameters:
    ///   - root: the tree's folder.
    ///   - disk: the disk.
    ///   - segmentSize: how many bytes a segment has, unless a single append takes more.
    ///   - segments: those of an earlier run that are needed still.
    ///   - nextNumber: the number of the next entry.
    init(
        root: String,
        disk: Disk,
        segmentSize: Int,
        segments: [JournalScan.Segment] = [],
        nextNumber: UInt64 = 1
    ) {
        self.root = root
        folder = root + "/" + Recovery.folder
        self.disk = disk
        self.segmentSize = segmentSize
        self.segments = segments
        self.nextNumber = nextNumber
    }

    /// Appends entries and waits until they are on disk.
    mutating func append(_ entries: [JournalEntry]) throws(Failure) {
        var bytes: [UInt8] = []
        for (index, entry) in entries.enumerated() {
            Frame.append(entry.bytes, number: nextNumber + UInt64(index), to: &bytes)
        }
        wanted = bytes.count
        let segment = try segment(for: wanted)
        do throws(FileError) {
            try disk.write(bytes, to: segment.file, at: segment.offset, path: segment.path)
            try disk.synchronizeBytes(segment.file, path: segment.path)
        } catch {
            throw .broken(error)
        }
        open?.offset += bytes.count
        for entry in entries {
            segments[segments.count - 1].note(entry, number: nextNumber)
            nextNumber += 1
        }
    }

    /// Whether the file system says that it has no room for a segment, where the next append needs one.
    var isShort: Bool { open == nil && FreeRoom.bytes(at: root).map { $0 < segmentSize } ?? false }

    /// Makes room for what found none.
    mutating func makeRoom() throws(Failure) { _ = try segment(for: wanted) }

    /// Gives up segments when an entry says that everything up to a change is in the files; some are kept to be written
    /// over.
    ///
    /// A segment from before that entry may hold later changes all the same, those that came while the files were
    /// written; it stays.
    ///
    /// - Parameters:
    ///   - through: the last change that is in the files.
    ///   - number: the number of the entry that says so.
    mutating func cut(through: Int, before number: UInt64) {
        while segments.count > 1, let first = segments.first, first.lastNumber < number, first.lastChange <= through {
            let path = folder + "/" + first.name
            if spares.count < Self.mostSpares, FileMark(path: path)?.size == segmentSize {
                let kept = "\(folder)/\(Self.sparePrefix)-\(spareCount)"
                guard (try? disk.rename(path, to: kept)) != nil else { return }
                spares.append(kept)
                spareCount += 1
            } else {
                guard (try? disk.remove(path)) != nil else { return }
            }
            segments.removeFirst()
            // In order, so that no segment comes back after a power cut without the ones behind it.
            try? disk.synchronizeFolder(folder)
        }
    }

    /// Removes the journal, when all that it holds is in the files.
    mutating func removeAll() {
        closeSegment()
        for segment in segments { try? disk.remove(folder + "/" + segment.name) }
        for spare in spares { try? disk.remove(spare) }
        (segments, spares) = ([], [])
        try? disk.synchronizeFolder(folder)
    }

    /// Closes the file that is written to.
    mutating func closeSegment() {
        if let open { disk.close(open.file) }
        open = nil
    }
}

extension Journal {
    private mutating func segment(for count: Int) throws(Failure) -> Open {
        // Somebody may have removed the folder.
        if let open, open.size - open.offset >= count, disk.hasName(open.file) { return open }
        do throws(FileError) {
            let next = try makeSegment(size: max(segmentSize, SegmentHead.size + count))
            closeSegment()
            open = next
            segments.append(.init(name: SegmentHead(firstNumber: nextNumber).name, lastNumber: nextNumber - 1))
            return next
        } catch {
            throw .noRoom(error)
        }
    }

    private mutating func makeSegment(size: Int) throws(FileError) -> Open {
        try disk.makeFolder(folder, in: root)
        let isFirst = segments.isEmpty && spares.isEmpty
        if isFirst, try !disk.names(in: folder).compactMap(SegmentHead.init(name:)).isEmpty {
            // Of an earlier run, and not read: numbers would begin again, and answers be lost.
            throw FileError(action: "begin a journal beside one that was not read in", path: folder, code: EEXIST)
        }
        let head = SegmentHead(firstNumber: nextNumber)
        let path = folder + "/" + head.name
        // A segment that was made and never begun has this very name.
        segments.removeAll { $0.name == head.name }
        var isWritten = false
        if size == segmentSize, let spare = spares.popLast() {
            do throws(FileError) {
                try disk.rename(spare, to: path)
                isWritten = true
            } catch {
                guard error.isMissing else {
                    spares.append(spare)
                    throw error
                }
            }
        }
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | (isWritten ? 0 : O_TRUNC)
        let file = try disk.open(path, flags, action: "open the journal")
        do throws(FileError) {
            if !isWritten { try fill(file, size: size, path: path) }
            try disk.write(head.bytes, to: file, at: 0, path: path)
            try disk.synchronize(file, path: path)
            try disk.synchronizeFolder(folder)
        } catch {
            disk.close(file)
            try? disk.remove(path)
            throw error
        }
        return Open(file: file, path: path, offset: SegmentHead.size, size: size)
    }

    private func fill(_ file: Int32, size: Int, path: String) throws(FileError) {
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        for offset in stride(from: 0, to: size, by: zeros.count) {
            try disk.write(Array(zeros.prefix(size - offset)), to: file, at: offset, path: path)
        }
    }
}
