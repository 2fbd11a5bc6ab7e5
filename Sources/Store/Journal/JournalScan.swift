internal import Tree

/// What a journal's folder holds, read at start.
struct JournalScan {
    /// A segment's file and the number of its last entry.
    struct Segment: Hashable, Sendable {
        var name: String
        /// One before its first entry's number when it has none.
        var lastNumber: UInt64
        /// The last change that it holds; 0 when it holds none.
        var lastChange = 0

        /// Notes that an entry was appended.
        mutating func note(_ entry: JournalEntry, number: UInt64) {
            lastNumber = number
            if case .change(let change) = entry { lastChange = max(lastChange, change.sequence) }
        }
    }

    private(set) var entries: [JournalEntry] = []
    private(set) var segments: [Segment] = []
    /// The number that the next entry gets.
    private(set) var nextNumber: UInt64 = 1

    /// Reads every segment.
    ///
    /// An entry that is not whole ends the journal: it was being written when the machine
    /// stopped, and was never answered.
    ///
    /// - Throws: ``JournalError`` where entries are missing between others, and `FileError`.
    init(folder: String, disk: Disk) throws {
        let heads = try disk.names(in: folder).compactMap(SegmentHead.init(name:))
        for (index, head) in heads.enumerated() {
            let path = folder + "/" + head.name
            let bytes = try disk.read(path)
            guard SegmentHead(bytes) == head else {
                // Made and not yet begun; only the newest can be so.
                guard index == heads.count - 1 else { throw JournalError.damaged(path) }
                segments.append(Segment(name: head.name, lastNumber: nextNumber - 1))
                continue
            }
            guard index == 0 || head.firstNumber == nextNumber else { throw JournalError.damaged(path) }
            nextNumber = head.firstNumber
            segments.append(Segment(name: head.name, lastNumber: nextNumber - 1))
            try read(bytes, path: path)
        }
    }

    /// The changes after one, in order.
    func changes(after sequence: Int) -> [LoggedChange] {
        entries.compactMap { entry in
            guard case .change(let change) = entry, change.sequence > sequence else { return nil }
            return change
        }
    }

    private mutating func read(_ bytes: [UInt8], path: String) throws {
        var offset = SegmentHead.size
        while let found = Frame.entry(at: offset, number: nextNumber, in: bytes) {
            guard let entry = JournalEntry(Array(found)) else { throw JournalError.unknownEntry(path) }
            entries.append(entry)
            segments[segments.count - 1].note(entry, number: nextNumber)
            offset += Frame.headSize + found.count
            nextNumber += 1
        }
    }
}

/// Why a journal cannot be read; nothing was changed.
package enum JournalError: Error, Hashable, Sendable {
    /// Entries are missing before this segment.
    case damaged(String)
    /// An entry is whole and means nothing here.
    case unknownEntry(String)
    /// Answered changes wait for their files, which must not be written now.
    case waiting(count: Int, reason: String)
}

extension JournalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .damaged(let path):
            "\(path): the journal is damaged: entries before this file are missing; nothing was changed\n"
                + "hint: restore the folder from a backup, or move it away to start from the files alone"
        case .unknownEntry(let path):
            "\(path): the journal holds an entry that this version cannot read; nothing was changed\n"
                + "hint: start the version that wrote it once, or move the file away to start without it"
        case .waiting(let count, let reason):
            "\(count) answered changes of an earlier run wait in the journal, and \(reason); nothing was changed"
        }
    }
}
