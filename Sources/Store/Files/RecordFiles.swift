internal import HashTreeCollections
internal import Roster
internal import Tree

/// The provisioned files on disk: where each record's is, and what it looked like when it was last read or written.
///
/// It belongs to the thread that writes them; copies plan what is not written yet.
struct RecordFiles: Sendable {
    let root: String
    private var paths: RecordPaths
    private var marks: [String: FileMark]

    init(root: String, layout: Layout, paths: [String: String]) {
        self.root = root
        self.paths = RecordPaths(layout: layout, paths: paths)
        marks = Dictionary(minimumCapacity: paths.count)
        for path in paths.values { marks[path] = FileMark(path: root + "/" + path) }
    }

    /// When each record's file was last written, by id.
    var modified: TreeDictionary<String, Timestamp> {
        TreeDictionary(
            uniqueKeysWithValues: marks.compactMap { path, mark in paths.id(at: path).map { ($0, mark.modified) } }
        )
    }

    /// The file of a record, relative to the tree.
    func path(of id: String) -> String? { paths[id] }

    /// What a path looked like when it was last read or written.
    func mark(of path: String) -> FileMark? { marks[path] }

    /// Notes what a path looks like.
    mutating func note(_ mark: FileMark?, of path: String) { marks[path] = mark }

    /// Takes over what another plan's files look like on disk.
    mutating func takeMarks(from other: RecordFiles) { marks = other.marks }

    /// The record whose file a path is.
    func id(at path: String) -> String? { paths.id(at: path) }

    /// Whether a record's file is not what was last read or written there.
    func isEdited(_ id: String) -> Bool {
        guard let path = paths[id], let mark = marks[path] else { return false }
        return FileMark(path: root + "/" + path) != mark
    }

    /// The files that records' states ask for; new and renamed records get their places, removed ones lose theirs.
    mutating func changes(for touched: Set<String>, in state: Snapshot) -> [FileChange] {
        let directory = state.directory
        var changes: [String: FileChange] = [:]
        for id in touched.sorted() where directory.member(id: id) == nil {
            if let path = paths.remove(id: id) { changes[path] = FileChange(path: path, bytes: nil) }
        }
        for id in touched.sorted() {
            if let user = directory.user(id: id) {
                place(.user, id: id, name: user.userName, content: UserFile.bytes(of: user), in: &changes)
            } else if let group = directory.group(id: id) {
                let bytes = GroupFile.bytes(of: group, in: directory)
                place(.group, id: id, name: group.displayName, content: bytes, in: &changes)
            }
        }
        return changes.values.sorted(by: FileChange.precedes)
    }

    private mutating func place(
        _ kind: RecordKind,
        id: String,
        name: String,
        content: [UInt8],
        in changes: inout [String: FileChange]
    ) {
        let old = paths[id]
        let (root, marks) = (root, marks)
        // A file that nobody here knows is somebody else's, and is not written over.
        let path = paths.place(kind, id: id, name: name) { path in
            marks[path] == nil && FileMark(path: root + "/" + path) != nil
        }
        if let old, old != path, changes[old] == nil { changes[old] = FileChange(path: old, bytes: nil) }
        changes[path] = FileChange(path: path, bytes: content)
    }
}

extension FileChange {
    /// New contents first, people's before groups' that name them: a reader who looks in between finds a renamed
    /// record twice rather than not at all.
    static func precedes(_ left: FileChange, _ right: FileChange) -> Bool {
        left.rank == right.rank ? left.path < right.path : left.rank < right.rank
    }

    private var rank: Int {
        if bytes == nil { return 2 }
        return path.hasPrefix(RecordKind.user.folder) ? 0 : 1
    }
}
