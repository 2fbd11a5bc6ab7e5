package import Roster
internal import HashTreeCollections
internal import Synchronization
package import Tree

/// The one writer of a tree's provisioned files, with the whole directory in memory.
///
/// Readers take a ``Snapshot``, which costs nothing and stays what it was. A change is a ``Mutation`` that is decided
/// on the newest snapshot, applied to a copy, written durably, and only then shown to readers and answered.
/// Changes happen one after the other.
package actor Store {
    /// The newest state that is on disk.
    package nonisolated var snapshot: Snapshot { latest.withLock { $0 } }
    /// Every change in the order in which it was made, once it is on disk.
    package nonisolated let changes: AsyncStream<StoredChange>

    private nonisolated let latest: Mutex<Snapshot>
    private let announce: AsyncStream<StoredChange>.Continuation
    private let gate: any WriteGate
    private let now: @Sendable () -> Timestamp
    private var files: RecordFiles
    private var disagreement: String?

    /// Takes over a tree as it was read.
    ///
    /// - Parameters:
    ///   - root: the tree's folder, absolute.
    ///   - contents: what was read there.
    ///   - broken: files that could not be read.
    ///   - gate: asked before each write.
    ///   - now: the clock.
    package init(
        root: String,
        contents: TreeContents,
        broken: BrokenFiles = BrokenFiles(),
        gate: any WriteGate = OpenGate(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        let files = RecordFiles(root: root, layout: contents.settings.layout, paths: contents.paths)
        self.files = files
        self.gate = gate
        self.now = now
        (changes, announce) = AsyncStream.makeStream()
        latest = Mutex(Snapshot(directory: contents.directory, modified: files.modified, broken: broken))
    }

    /// Makes one change, or none.
    ///
    /// - Parameters:
    ///   - requester: who asks, for the commit.
    ///   - decide: looks at the newest state and says what is to change; nil for nothing. It may throw to refuse.
    /// - Returns: the state right after the change, which is on disk.
    /// - Throws: what `decide` throws, ``RosterError`` and ``StoreError``; then nothing has changed.
    package func change(
        by requester: Requester,
        _ decide: @Sendable (Snapshot, Timestamp) throws -> Mutation?
    ) throws -> Snapshot {
        let now = now()
        var before = snapshot
        guard var mutation = try decide(before, now) else { return before }
        try checkWritable()
        if try adoptOutsideEdits(touchedBy: mutation, in: &before) {
            guard let again = try decide(before, now) else { return before }
            mutation = again
        }
        return try apply(mutation, to: before, at: now, by: requester)
    }

    /// Ends the stream of changes, so that whoever reads it can finish.
    package nonisolated func close() { announce.finish() }
}

extension Store {
    private func apply(
        _ mutation: Mutation,
        to before: Snapshot,
        at now: Timestamp,
        by requester: Requester
    ) throws -> Snapshot {
        var after = before
        let effect = try after.directory.apply(mutation)
        try check(effect, against: before.broken)
        var changed = files
        let written = changed.changes(for: effect, in: after.directory)
        try write(written, before: before.directory, at: now)
        changed.noteWritten(written)
        files = changed
        for id in effect.users.union(effect.groups) { after.modified[id] = now }
        for id in effect.removedUsers.union(effect.removedGroups) { after.modified[id] = nil }
        latest.withLock { $0 = after }
        announce.yield(
            StoredChange(
                mutation: mutation,
                source: requester.source,
                requestID: requester.requestID,
                time: Double(now.milliseconds) / 1000,
                lines: before.directory.lines(for: mutation),
                files: written
            )
        )
        return after
    }

    private func checkWritable() throws(StoreError) {
        if let disagreement { throw .disagreement(disagreement) }
        if let reason = gate.refusal() { throw .refused(reason) }
    }

    /// A record that is served as it last could be read must not be written over what somebody left there.
    private func check(_ effect: Effect, against broken: BrokenFiles) throws(StoreError) {
        let touched = effect.users.union(effect.groups).union(effect.removedUsers).union(effect.removedGroups)
        for id in touched.sorted() {
            if let path = broken.keptIDs[id], let problem = broken.problems[path] { throw .broken(problem) }
        }
    }

    /// Writes files, and puts the old ones back if that fails half-way.
    private func write(_ written: [FileChange], before: Directory, at now: Timestamp) throws(StoreError) {
        do {
            try files.write(written, at: now)
        } catch {
            let old = files.contents(of: written.map(\.path), in: before)
            do {
                try files.write(old, at: now)
                files.noteWritten(old)
            } catch let second {
                disagreement = "\(error), and then \(second)"
                throw .disagreement(disagreement ?? "")
            }
            throw .notWritten(error.description)
        }
    }

    /// Reads the files that a mutation is about to replace, where somebody else has written them since.
    ///
    /// - Returns: whether there was such a file; its content is then part of the state.
    private func adoptOutsideEdits(touchedBy mutation: Mutation, in snapshot: inout Snapshot) throws -> Bool {
        var probe = snapshot.directory
        guard let effect = try? probe.apply(mutation) else { return false }
        let ids = effect.users.union(effect.groups).union(effect.removedUsers).union(effect.removedGroups)
        let edited = ids.sorted().filter { files.isEdited($0) }
        for id in edited {
            let edit = try files.outsideEdit(of: id, in: snapshot.directory)
            if let mutation = edit { try snapshot.directory.apply(mutation) }
            snapshot.modified[id] = files.noteRead(id)
        }
        if !edited.isEmpty { latest.withLock { $0 = snapshot } }
        return !edited.isEmpty
    }
}
