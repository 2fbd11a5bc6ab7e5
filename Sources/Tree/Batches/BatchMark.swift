/// What a tree's `.dagroster/batch.lock` says: how many batches of files were put in place, and whether one is half in
/// place.
///
/// ``BatchWriter`` writes it and ``BatchReader`` compares it. One line of one length, `whole 00000000000000000007`, so
/// that each is written over the last one by one call.
struct BatchMark: Hashable, Sendable {
    /// How many batches were begun.
    var count: UInt64
    /// Whether the last one is not wholly in place.
    var isBegun: Bool

    /// The file, relative to the tree.
    static let path = TreeLocation.stateFolder + "/batch.lock"
    private static let digits = 20
    static let length = 6 + digits + 1

    /// When the next batch is begun.
    var next: BatchMark { BatchMark(count: count &+ 1, isBegun: true) }

    /// When it is in place.
    var ended: BatchMark { BatchMark(count: count, isBegun: false) }

    var line: String {
        let number = String(count)
        let zeros = String(repeating: "0", count: max(0, Self.digits - number.utf8.count))
        return "\(isBegun ? "begun" : "whole") \(zeros)\(number)\n"
    }

    /// Reads what ``line`` writes; nil for anything else.
    init?(line: String) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard line.utf8.count == Self.length, parts.count == 2, parts[1].last == "\n",
            ["begun", "whole"].contains(parts[0]), let count = UInt64(parts[1].dropLast())
        else { return nil }
        self.init(count: count, isBegun: parts[0] == "begun")
    }

    init(count: UInt64, isBegun: Bool) {
        self.count = count
        self.isBegun = isBegun
    }
}

extension FileDescriptor {
    /// What an open lock file says; nil where that is nothing that can be read.
    borrowing func batchMark() -> BatchMark? {
        guard let bytes = try? readStart(BatchMark.length + 1) else { return nil }
        return BatchMark(line: String(decoding: bytes, as: UTF8.self))
    }
}
