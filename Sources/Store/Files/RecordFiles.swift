internal import Roster
internal import Synchronization
internal import Tree

/// The provisioned files on disk: where each record's is, and what it looked like when it was last read or written.
///
/// The thread that writes the files changes it. A class, because whoever is about to change a record asks it whether
/// the record's file is still what was read.
final class RecordFiles: Sendable {
    private struct State: Sendable {
        var paths: RecordPaths
        /// Paths of files that are no record's and were looked at.
        var strange: Set<String> = []
        /// Paths that may have changed while they were read.
        var unread: Set<String> = []
        /// What a listing said of each, as long as nobody has asked for a path: a start does not wait for the tables.
        var listed: [RecordState] = []

        mutating func takeListed() {
            for file in listed { paths.add(file.path, of: file.id, file.tag.map { FileMark($0) }) }
            listed = []
        }

        /// Looks at files of which no listing said anything.
        mutating func look(at files: [RecordState], in root: String, reading: Timestamp?) {
            for file in files {
                let mark = file.tag.map { FileMark($0) } ?? FileMark(path: root + "/" + file.path)
                paths.add(file.path, of: file.id, mark)
                if let reading, mark.map({ $0.changed >= reading }) ?? true { unread.insert(file.path) }
            }
        }

        /// Takes files of which a listing said what there is to say; by number, because a copy of each would be counted.
        mutating func take(_ files: [RecordState], reading: Timestamp?) {
            listed = files
            guard let reading else { return }
            for number in files.indices {
                guard let tag = files[number].tag, FileMark(tag).changed >= reading else { continue }
                unread.insert(files[number].path)
            }
        }

        mutating func note(_ mark: FileMark?, _ path: String) {
            paths.note(mark, path)
            unread.remove(path)
        }
    }

    let root: String
    let layout: Layout
    private let state: Mutex<State>

    /// Takes what a listing has said of the files of records that were read, and looks at those of which it said nothing.
    ///
    /// - Parameters:
    ///   - root: the tree's folder.
    ///   - contents: what was read.
    ///   - broken: files of which nothing came.
    ///   - reading: when reading them began; what has changed since then is read again. Nil when nothing can have.
    init(root: String, contents: TreeContents, broken: some Sequence<String>, reading: Timestamp? = nil) {
        self.root = root
        layout = contents.settings.layout
        let files = contents.states
        var state = State(paths: RecordPaths(layout: layout, capacity: files.count))
        if files.indices.allSatisfy({ files[$0].tag != nil }) {
            state.take(files, reading: reading)
        } else {
            state.look(at: files, in: root, reading: reading)
        }
        let broken = Array(broken)
        if !broken.isEmpty { state.takeListed() }
        for path in broken where state.paths.id(at: path) == nil {
            state.paths.note(FileMark(path: root + "/" + path), path)
            state.strange.insert(path)
        }
        self.state = Mutex(state)
    }

    /// When each record's file was last written.
    ///
    /// - Parameter directory: the records.
    /// - Returns: the times of all that have a file.
    func modified(in directory: Directory) -> ModificationTimes {
        state.withLock { state in
            guard !state.listed.isEmpty else { return ModificationTimes(Array(state.paths.times), in: directory) }
            // People's stand first, by their numbers in the directory, by which nobody has to be looked up.
            let (listed, count) = (state.listed, directory.users.count)
            func time(_ number: Int) -> Timestamp? { listed[number].tag.map { FileMark($0).modified } }
            return ModificationTimes(
                people: (0..<count).map(time),
                groups: (count..<listed.count).compactMap { number in time(number).map { (listed[number].id, $0) } }
            )
        }
    }

    /// Paths that may have changed while they were read.
    var unread: Set<String> { state.withLock { $0.unread } }

    /// Makes the tables that paths are found by, unless that is done.
    func prepare() { withState { _ in } }

    private func withState<Result>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in
            if !state.listed.isEmpty { state.takeListed() }
            return body(&state)
        }
    }

    /// The file of a record, relative to the tree.
    func path(of id: String) -> String? { withState { $0.paths[id] } }

    /// The record whose file a path is.
    func id(at path: String) -> String? { withState { $0.paths.id(at: path) } }

    /// What a path looked like when it was last read or written.
    func mark(of path: String) -> FileMark? { withState { $0.paths.mark(of: path) } }

    /// Every path that was read or written, and is there by all that is known.
    var known: [String] { withState { $0.paths.known } }

    /// Notes what a path looks like.
    func note(_ mark: FileMark?, of path: String) { withState { $0.note(mark, path) } }

    /// Notes that a path that was looked at is no record's file.
    func noteStrange(_ mark: FileMark?, _ path: String) {
        withState { state in
            state.note(mark, path)
            if mark == nil { state.strange.remove(path) } else { state.strange.insert(path) }
        }
    }

    /// Notes that a path is a record's file.
    func note(_ mark: FileMark?, of path: String, as id: String) {
        withState { state in
            state.paths.set(path, of: id)
            state.note(mark, path)
            state.strange.remove(path)
        }
    }

    /// Notes that a record has no file any more.
    func forget(_ id: String) { withState { _ = $0.paths.remove(id: id) } }

    /// Keeps the places that ``changes(for:in:)`` has given.
    func keepPlaces() { withState { $0.paths.keep() } }

    /// Takes back the places that ``changes(for:in:)`` has given since they were last kept.
    func takeBackPlaces() { withState { $0.paths.takeBack() } }
}

// What others did.
extension RecordFiles {
    /// Whether a path is not what was last read or written there.
    func isForeign(_ path: String) -> Bool {
        let (mark, isUnread) = withState { ($0.paths.mark(of: path), $0.unread.contains(path)) }
        return isUnread || FileMark(path: root + "/" + path) != mark
    }

    /// The file of a record, if it is not what was last read or written.
    func foreignPath(of id: String) -> String? {
        let (path, mark) = withState { state in
            let path = state.paths[id]
            return (path, path.flatMap { state.paths.mark(of: $0) })
        }
        guard let path, mark != nil, FileMark(path: root + "/" + path) != mark else { return nil }
        return path
    }

    /// The path that a new record's name asks for, if somebody put a file there that was not looked at yet.
    func foreignPath(of record: NewRecord) -> String? {
        let path = layout.path(of: record.kind, id: record.id, name: record.name) { _ in false }
        guard mark(of: path) == nil, FileMark(path: root + "/" + path) != nil else { return nil }
        return path
    }
}

// What is to be written.
extension RecordFiles {
    /// The files that records' states ask for; new and renamed records get their places, removed ones lose theirs.
    func changes(for touched: Set<String>, in state: Snapshot) -> [FileChange] {
        let directory = state.directory
        var changes: [String: FileChange] = [:]
        let touched = touched.sorted()
        for id in touched where directory.member(id: id) == nil {
            // One that somebody has made another record's is not this one's to go.
            let path = withState { state in
                state.paths.remove(id: id).flatMap { state.paths.id(at: $0) == nil ? $0 : nil }
            }
            if let path { changes[path] = FileChange(path: path, bytes: nil) }
        }
        for id in touched {
            if let user = directory.user(id: id) {
                place(.user, id: id, name: user.userName, content: UserFile.bytes(of: user), in: &changes)
            } else if let group = directory.group(id: id) {
                let bytes = GroupFile.bytes(of: group, in: directory)
                place(.group, id: id, name: group.displayName, content: bytes, in: &changes)
            }
        }
        return changes.values.sorted(by: FileChange.precedes)
    }

    private func place(
        _ kind: RecordKind,
        id: String,
        name: String,
        content: [UInt8],
        in changes: inout [String: FileChange]
    ) {
        let root = root
        let (left, path) = withState { state in
            let strange = state.strange
            let old = state.paths[id]
            // A file that nobody here knows is somebody else's, and is not written over.
            let path = state.paths.place(kind, id: id, name: name) { path, mark in
                strange.contains(path) || mark == nil && FileMark(path: root + "/" + path) != nil
            }
            return (old == path ? nil : old.flatMap { state.paths.id(at: $0) == nil ? $0 : nil }, path)
        }
        if let left, changes[left] == nil { changes[left] = FileChange(path: left, bytes: nil) }
        changes[path] = FileChange(path: path, bytes: content)
    }
}

extension FileChange {
    /// New contents first, people's before groups' that name them: a reader who looks in between finds a renamed
    /// record twice rather than not at all.
    static func precedes(_ left: FileChange, _ right: FileChange) -> Bool {
        left.rank == right.rank ? left.path < right.path : left.rank < right.rank
    }

    /// What becomes of each file by changes of several runs, in order.
    static func newest(of runs: [[FileChange]]) -> [FileChange] {
        // Each run has its own in order already, and no file twice.
        guard runs.count > 1 else { return runs.first ?? [] }
        var newest: [String: FileChange] = [:]
        for change in runs.joined() { newest[change.path] = change }
        return newest.values.sorted(by: precedes)
    }

    private var rank: Int {
        if bytes == nil { return 2 }
        return path.hasPrefix(RecordKind.user.folder) ? 0 : 1
    }
}
