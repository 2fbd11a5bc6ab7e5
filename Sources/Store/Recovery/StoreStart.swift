package import Roster
package import Tree

/// What a store begins with: the files, and on top of them what the journal holds.
struct StoreStart: Sendable {
    var state: Latest.State
    /// The directory as the files have it.
    var written: Directory
    var files: RecordFiles
    /// Changes that the files do not have yet.
    var pending: [AppliedChange]
    var journal: Journal
}

extension Store {
    /// Takes over a tree whose journal is empty, as it was read.
    ///
    /// Where an earlier run may have left a journal, `open(_:contents:broken:options:now:)` reads it.
    ///
    /// - Parameters:
    ///   - root: the tree's folder, absolute.
    ///   - contents: what was read there.
    ///   - broken: files that could not be read.
    ///   - options: how it is to work.
    ///   - disk: the system calls.
    ///   - now: the clock.
    package convenience init(
        root: String,
        contents: TreeContents,
        broken: BrokenFiles = BrokenFiles(),
        options: StoreOptions = StoreOptions(),
        disk: Disk = Disk(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        let files = RecordFiles(
            root: root,
            contents: contents,
            broken: broken.problems.keys
        )
        let snapshot = Snapshot(
            directory: contents.directory,
            modified: files.modified(in: contents.directory),
            broken: broken
        )
        let start = StoreStart(
            state: Latest.State(snapshot: snapshot, sequence: 0),
            written: contents.directory,
            files: files,
            pending: [],
            journal: Journal(root: root, disk: disk, segmentSize: options.limits.segment)
        )
        self.init(start, options, disk: disk, now: now)
    }

    /// Takes over a tree as an earlier run left it: what the journal holds and the files do not have is part of the
    /// state, and is written.
    ///
    /// - Parameters:
    ///   - recovery: begun before the files were read.
    ///   - contents: what was read.
    ///   - broken: files that could not be read.
    ///   - options: how it is to work.
    ///   - now: the clock.
    /// - Returns: the store, which writes what its files lack in the background.
    /// - Throws: ``JournalError`` and `FileError`; then nothing was changed.
    package static func open(
        _ recovery: Recovery,
        contents: TreeContents,
        broken: BrokenFiles = BrokenFiles(),
        options: StoreOptions = StoreOptions(),
        now: @escaping @Sendable () -> Timestamp
    ) throws -> Store {
        let start = try recovery.start(contents: contents, broken: broken, options: options)
        var options = options
        if options.watch == nil { options.watch = recovery.listing.watch }
        return Store(start, options, disk: recovery.disk, now: now)
    }
}
