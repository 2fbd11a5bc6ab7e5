internal import Roster
internal import Tree
internal import YAML

/// A file that is left as somebody else made it.
struct HeldFile: Sendable {
    var path: String
    /// The directory as the file had it.
    var base: Directory
    /// Whether something was answered that the file does not have.
    var owes = false
}

// What others do to the files.
extension FileWork {
    /// Takes up what a watch tells.
    mutating func note(_ news: FolderNews) {
        switch news {
        case .files: break
        case .anything: checkTree()
        case .unwatched(let reason):
            checkTree()
            if !isTreeLost { poll(because: reason) }
        }
        foreign.add(news, files: files)
    }

    /// Takes up paths of which somebody asks whether they changed.
    mutating func note(_ paths: Set<String>) { foreign.add(paths.subtracting(foreign.paths).filter(files.isForeign)) }

    /// Whether something at one of these paths is not part of the state yet, and can become so.
    func waits(for paths: Set<String>) -> Bool {
        !isTreeLost && !foreign.paths.isDisjoint(with: paths) && gate.refusal() == nil
    }

    /// Makes what others did part of the state, once they are done.
    ///
    /// - Returns: when to look again; nil when there is nothing to look for.
    mutating func settle() -> Duration? {
        if isPolling, polled.duration(to: .now) >= limits.scan {
            foreign.noteScan()
            polled = .now
        }
        note(Set(held.values.map(\.path)))
        if !foreign.isEmpty, isQuiet { adoptEdits() }
        if !foreign.isEmpty { return max(.milliseconds(5), min(limits.retry, foreign.remaining(of: limits.quiet))) }
        if !held.isEmpty { return limits.retry }
        return isPolling ? limits.scan : nil
    }

    /// Whether nobody is in the middle of changing files.
    private var isQuiet: Bool {
        mutating get {
            guard gate.refusal() == nil else { return false }
            guard gate.isBusy else {
                // Git lets go of its lock before it says which branch it has checked out.
                return foreign.remaining(of: limits.quiet) == .zero
                    && lastBusy.map { $0 + limits.quiet <= .now } ?? true
            }
            lastBusy = .now
            return foreign.remaining(of: limits.quietWhenBusy) == .zero
        }
    }

    /// Whether a batch may be written as far as others are concerned; what they changed is taken up first.
    mutating func isUnchanged(_ touched: Set<String>) throws(StoreError) -> Bool {
        let edited = Set(touched.compactMap(files.foreignPath(of:)))
        guard !edited.isEmpty else { return true }
        note(edited)
        if isQuiet { adoptEdits() }
        guard foreign.paths.isDisjoint(with: edited) else { throw .refused("another program is changing the files") }
        return false
    }

    /// Leaves a file as it is.
    mutating func hold(_ id: String, _ path: String, _ problem: Diagnostic) {
        let before = held[id]
        held[id] = HeldFile(path: path, base: before?.base ?? written, owes: before?.owes ?? false)
        if latest.note(problem, at: path, of: id) { report(.broken(problem)) }
    }

    /// Keeps what held files would have become.
    mutating func setAside(_ touched: Set<String>, at last: Int, in directory: Directory) {
        for id in touched.sorted() where held[id] != nil {
            guard let path = held[id]?.path else { continue }
            held[id]?.owes = true
            let bytes =
                directory.user(id: id).map(UserFile.bytes)
                ?? directory.group(id: id).map { GroupFile.bytes(of: $0, in: directory) }
            let kept = try? SetAside(root: files.root).keep(bytes, of: path, at: last)
            guard let kept, var problem = latest.value.snapshot.broken.problems[path] else { continue }
            problem.hint = "what was answered since then is in \(kept)"
            latest.note(problem, at: path, of: id)
        }
    }
}

// Taking over.
extension FileWork {
    private mutating func adoptEdits() {
        checkTree()
        guard !isTreeLost else { return foreign.postpone(by: limits.scan) }
        guard (try? putBackDisplaced()) != nil else { return foreign.postpone(by: limits.retry) }
        // A folder that cannot be listed is tried again.
        guard (try? foreign.scan(files, disk: disk)) != nil else { return }
        guard !foreign.isEmpty else { return }
        let broken = latest.value.snapshot.broken
        // A file of which nothing came may be sound now that another one has changed.
        let paths = foreign.paths.union(Set(broken.problems.keys).subtracting(broken.keptIDs.values))
        uncommitted.forget(open: log.uncommitted)
        var found = FoundEdits(at: paths, of: files, since: uncommitted)
        guard !isLoss(found) else { return foreign.postpone(by: limits.scan) }
        // First, so that nobody is created meanwhile who may stand in such a file.
        hold(found)
        var owing = held.filter(\.value.owes).mapValues(\.base)
        for id in found.putBack where owing[id] == nil { owing[id] = uncommitted.base(of: id) }
        let request = Adoption(
            edits: found.edits,
            modified: found.modified,
            written: written,
            through: through,
            owing: owing
        )
        // What cannot be taken over now is tried again.
        guard case .success(let adoption) = adopt(request) else { return foreign.postpone(by: limits.retry) }
        for (id, reason) in adoption.refused { found.refuse(id, because: reason) }
        hold(found)
        written = adoption.written
        place(found, adoption)
        for path in paths where found.broken[path] == nil {
            if latest.mend(path) { report(.mended(path: path)) }
        }
        let count = found.edits.ids.subtracting(found.putBack).count - adoption.refused.count
        if count > 0 { report(.edited(files: count)) }
        let staying = found.leftovers.filter { !remove($0, found.marks[$0] ?? nil) }
        let putBack = found.putBack.count + found.leftovers.count - staying.count
        if putBack > 0 { report(.putBack(files: putBack)) }
        guard !staying.isEmpty else { return }
        foreign.add(staying)
        foreign.postpone(by: limits.retry)
    }

    /// Whether every record would be gone, or the folder of many is.
    ///
    /// That is a volume that is not mounted, or a checkout that is not complete, and not what anybody means: what is
    /// known is kept, and nothing is written.
    private func isLoss(_ found: FoundEdits) -> Bool {
        let count = written.users.count + written.groups.count
        let isEmptied = count > 1 && found.places.isEmpty && found.edits.removed.count == count
        guard isEmptied || lostFolder != nil else { return false }
        let problem = Diagnostic(
            file: RecordKind.root,
            place: nil,
            message: "no record lies there any more; what was known is served, and nothing is written",
            hint: "bring the files back by \"git restore \(RecordKind.root)\", or start again once it is committed "
                + "that they are gone"
        )
        if latest.note(problem, at: RecordKind.root, of: nil) { report(.broken(problem)) }
        return true
    }

    /// A folder of several records that is there no more; to make it again would leave it with what is written next, as
    /// if somebody had removed all the others.
    var lostFolder: String? {
        let counts: [RecordKind: Int] = [.user: written.users.count, .group: written.groups.count]
        return RecordKind.allCases.first { kind in
            counts[kind, default: 0] > 1 && FileMark(path: files.root + "/" + kind.folder)?.isFolder != true
        }?.folder
    }

    /// Notes what is wrong with files.
    private mutating func hold(_ found: FoundEdits) {
        for (path, problem) in found.broken.sorted(by: { $0.key < $1.key }) {
            let owner = files.id(at: path) ?? latest.value.snapshot.broken.keptIDs.first { $0.value == path }?.key
            if let owner {
                hold(owner, path, problem)
            } else if latest.note(problem, at: path, of: nil) {
                report(.broken(problem))
            }
        }
    }

    /// Notes which file each record has now, and what the files look like.
    private mutating func place(_ found: FoundEdits, _ adoption: Adoption) {
        for id in adoption.edits.removed.subtracting(adoption.merged) {
            files.forget(id)
            held[id] = nil
        }
        var waiting: Set<String> = []
        let owners = Dictionary(found.places.map { ($1, $0) }) { first, _ in first }
        for (path, mark) in found.marks {
            guard let id = owners[path], found.broken[path] == nil else {
                if files.id(at: path) == nil { files.noteStrange(mark, path) } else { files.note(mark, of: path) }
                continue
            }
            if adoption.gone.contains(id) {
                // A file that the removal does not find is looked at again when the removal is done.
                guard files.path(of: id) == path else {
                    waiting.insert(path)
                    continue
                }
                files.note(mark, of: path)
                keepEdit(of: path)
                removeIfGone(id, path, mark)
            } else {
                files.note(mark, of: path, as: id)
            }
            held[id] = nil
        }
        files.keepPlaces()
        foreign.remove(Set(found.marks.keys).subtracting(waiting))
    }
}
