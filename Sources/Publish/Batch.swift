internal import Roster
internal import Store

/// Changes of one source that become one commit: the files as they are after the last of them.
struct Batch: Hashable, Sendable {
    let source: String
    private(set) var count = 0
    private(set) var lines: [ChangeLine] = []
    /// The records that were touched, in order, each once.
    private(set) var records: [Record] = []
    /// The requests that asked, in order, each once.
    private(set) var requestIDs: [String] = []
    private(set) var files: [String: [UInt8]?] = [:]
    /// Whether the files are a state that the directory once had; otherwise the rest of it comes at once.
    private(set) var isWhole = true
    /// When the last change was made, in seconds since 1970.
    private(set) var seconds = 0
    /// When the first and the last change came in, on the publisher's clock.
    private(set) var opened: Duration
    private(set) var touched: Duration

    private var knownRequests: Set<String> = []
    private var places: [Record.Identity: Int] = [:]

    init(_ change: StoredChange, at now: Duration) {
        source = change.source
        opened = now
        touched = now
        add(change, at: now)
    }

    /// Takes up a further change of the same source.
    mutating func add(_ change: StoredChange, at now: Duration) {
        count += 1
        isWhole = change.endsBatch
        touched = now
        // A time that is none must not end the program.
        seconds = max(seconds, Int(exactly: change.time.rounded(.down)) ?? 0)
        note(request: change.requestID)
        for line in change.lines {
            lines.append(line)
            note(Record(kind: line.kind, id: change.mutation.id, sign: line.sign))
        }
        for file in change.files { files[file.path] = .some(file.bytes) }
    }

    /// Takes up what the same source changed afterwards.
    mutating func append(_ later: Batch) {
        count += later.count
        isWhole = later.isWhole
        touched = later.touched
        seconds = max(seconds, later.seconds)
        later.requestIDs.forEach { note(request: $0) }
        later.records.forEach { note($0) }
        lines += later.lines
        files.merge(later.files) { _, new in new }
    }

    private mutating func note(request id: String) {
        guard !id.isEmpty, knownRequests.insert(id).inserted else { return }
        requestIDs.append(id)
    }

    private mutating func note(_ record: Record) {
        guard let place = places[record.identity] else {
            places[record.identity] = records.count
            records.append(record)
            return
        }
        records[place].sign = records[place].sign(after: record.sign)
    }
}

extension Batch {
    /// A user or group that was touched, and what came of it.
    struct Record: Hashable, Sendable {
        struct Identity: Hashable, Sendable {
            var kind: ChangeLine.Kind
            var id: String
        }

        var identity: Identity
        var sign: ChangeLine.Sign

        init(kind: ChangeLine.Kind, id: String, sign: ChangeLine.Sign) {
            identity = Identity(kind: kind, id: id)
            self.sign = sign
        }

        /// What has become of it in sum: who is created and then changed is created.
        func sign(after next: ChangeLine.Sign) -> ChangeLine.Sign { next == .changed ? sign : next }
    }
}
