internal import Roster
internal import Tree
internal import YAML

/// What an earlier run left in the journal; to be begun before the files are read.
///
/// Beginning finishes the batch of files that a crash interrupted: its new contents lie on disk beside the files. After
/// that the files are exactly a state that the directory had, and the changes after it are applied to what is read.
/// While the tree must not be written it does not begin, because the files of another branch are not those that the
/// journal is about.
package struct Recovery: Sendable {
    static let folder = ".dagroster/journal"

    let root: String
    let disk: Disk
    /// To be told of the listing with which the files are read.
    package let listing: RecordListing
    private let scan: JournalScan
    /// The last change that is in the files.
    private let through: Int
    /// Files that were to be replaced and that somebody else has changed since, with where the new content is.
    private let conflicts: [String: String]
    /// When it was done; what changes after that may be read before or after.
    private let began: Timestamp

    /// Reads the journal and finishes what was interrupted.
    ///
    /// - Parameters:
    ///   - root: the tree's folder, absolute.
    ///   - gate: says whether the tree may be written.
    ///   - disk: the system calls.
    /// - Throws: ``JournalError`` and `FileError`; while the gate is closed and something is left to do, nothing was
    ///   changed.
    package init(root: String, gate: any WriteGate = OpenGate(), disk: Disk = Disk()) throws {
        self.root = root
        self.disk = disk
        listing = RecordListing(root: root, disk: disk)
        scan = try JournalScan(folder: root + "/" + Self.folder, disk: disk)
        let left = scan.changes(after: RollForward.done(in: scan.entries))
        if !left.isEmpty, let reason = gate.refusal() {
            throw JournalError.waiting(count: left.count, reason: reason)
        }
        let rolled = try RollForward(root: root, disk: disk).finish(scan.entries)
        (through, conflicts) = (rolled.through, rolled.conflicts)
        began = FileMark.now
    }

    /// How many answered changes wait in a tree's journal for its files; nothing is changed.
    ///
    /// - Throws: ``JournalError`` and `FileError`.
    package static func waitingChanges(root: String) throws -> Int {
        let scan = try JournalScan(folder: root + "/" + folder, disk: Disk())
        return scan.changes(after: RollForward.done(in: scan.entries)).count
    }

    /// How many answered changes the files do not have yet.
    package var changesBehind: Int { pending.count }

    private var pending: [LoggedChange] { scan.changes(after: through) }
}

extension Recovery {
    func start(
        contents: TreeContents,
        broken: BrokenFiles,
        options: StoreOptions
    ) throws -> StoreStart {
        let pending = pending
        if !pending.isEmpty, let reason = options.gate.refusal() {
            throw JournalError.waiting(count: pending.count, reason: reason)
        }
        let files = RecordFiles(
            root: root,
            contents: contents,
            broken: broken.problems.keys,
            reading: began
        )
        try RollForward(root: root, disk: disk).clear(listing.temporaries)
        let known = broken.keptIDs.values
        var broken = broken
        for (path, kept) in conflicts.sorted(by: { $0.key < $1.key }) {
            guard let id = files.id(at: path) else { continue }
            broken.keptIDs[id] = path
            broken.problems[path] = Diagnostic(
                file: path,
                place: nil,
                message: "somebody changed the file while dagroster was stopped in the middle of replacing it",
                hint: "what was answered is in \(kept)"
            )
        }
        let snapshot = Snapshot(
            directory: contents.directory,
            modified: files.modified(in: contents.directory),
            broken: broken
        )
        var replay = Replay(snapshot: snapshot, files: files)
        replay.apply(pending)
        if !replay.setAside.isEmpty { try keep(&replay) }
        // They are left as they are until somebody changes them once more.
        for path in Set(replay.snapshot.broken.keptIDs.values).subtracting(known) {
            files.note(FileMark(path: root + "/" + path), of: path)
        }
        let journal = try journal(limits: options.limits, isNeeded: !replay.applied.isEmpty)
        let sequence = max(through, pending.last?.sequence ?? 0)
        return StoreStart(
            state: Latest.State(snapshot: replay.snapshot, sequence: sequence),
            written: contents.directory,
            files: files,
            pending: replay.applied,
            journal: journal
        )
    }

    private func keep(_ replay: inout Replay) throws {
        let reasons = replay.snapshot.broken.problems.mapValues(\.message)
        let byID = replay.snapshot.broken.keptIDs.compactMapValues { reasons[$0] }
        let kept = try SetAside(root: root).keep(replay.setAside, reasons: byID)
        for change in replay.setAside {
            guard let path = replay.snapshot.broken.keptIDs[change.mutation.id] else { continue }
            replay.snapshot.broken.problems[path]?.hint = "what was answered is in \(kept)"
        }
    }

    /// The journal to go on with; one that holds nothing that is needed is removed.
    private func journal(limits: StoreLimits, isNeeded: Bool) throws -> Journal {
        let folder = root + "/" + Self.folder
        for name in try disk.names(in: folder) where name.hasPrefix(Journal.sparePrefix) {
            try disk.remove(folder + "/" + name)
        }
        var journal = Journal(
            root: root,
            disk: disk,
            segmentSize: limits.segment,
            segments: scan.segments,
            nextNumber: scan.nextNumber
        )
        if !isNeeded { journal.removeAll() }
        return journal
    }
}
