internal import HashTreeCollections
internal import Roster
internal import Tree

/// The provisioned files on disk: where each record's is, and what it looked like when it was last read or written.
struct RecordFiles: Sendable {
    private let root: String
    private var paths: RecordPaths
    private var stamps: [String: FileState]

    init(root: String, layout: Layout, paths: [String: String]) {
        self.root = root
        self.paths = RecordPaths(layout: layout, paths: paths)
        stamps = paths.compactMapValues { FileState(path: root + "/" + $0) }
    }

    /// When each record's file was last written, by id.
    var modified: TreeDictionary<String, Timestamp> {
        TreeDictionary(uniqueKeysWithValues: stamps.map { ($0.key, $0.value.modified) })
    }

    /// The files that an effect changes, with their new content; new and renamed records get their places.
    mutating func changes(for effect: Effect, in directory: Directory) -> [FileChange] {
        var changes: [String: FileChange] = [:]
        for id in effect.removedUsers.union(effect.removedGroups) {
            stamps[id] = nil
            if let path = paths.remove(id: id) { changes[path] = FileChange(path: path, bytes: nil) }
        }
        for id in effect.users {
            guard let user = directory.user(id: id) else { continue }
            place(.user, id: id, name: user.userName, content: UserFile.bytes(of: user), in: &changes)
        }
        for id in effect.groups {
            guard let group = directory.group(id: id) else { continue }
            let bytes = GroupFile.bytes(of: group, in: directory)
            place(.group, id: id, name: group.displayName, content: bytes, in: &changes)
        }
        // New contents first: a reader who looks in between finds a renamed record twice rather than not at all.
        return changes.values.sorted { left, right in
            (left.bytes == nil ? 1 : 0, left.path) < (right.bytes == nil ? 1 : 0, right.path)
        }
    }

    private mutating func place(
        _ kind: RecordKind,
        id: String,
        name: String,
        content: [UInt8],
        in changes: inout [String: FileChange]
    ) {
        let old = paths[id]
        let path = paths.place(kind, id: id, name: name)
        if let old, old != path, changes[old] == nil { changes[old] = FileChange(path: old, bytes: nil) }
        changes[path] = FileChange(path: path, bytes: content)
    }

    /// Replaces and removes files durably.
    func write(_ changes: [FileChange], at time: Timestamp) throws(FileError) {
        try DurableFile.apply(
            changes.map { DurableFile.Change(path: root + "/" + $0.path, bytes: $0.bytes, modified: time) }
        )
    }

    /// The contents that files should have in a state of the directory; nil for those that should not be there.
    func contents(of changed: [String], in directory: Directory) -> [FileChange] {
        changed.map { path in
            FileChange(path: path, bytes: paths.id(at: path).flatMap { content(of: $0, in: directory) })
        }
    }

    private func content(of id: String, in directory: Directory) -> [UInt8]? {
        switch directory.member(id: id) {
        case .user: directory.user(id: id).map(UserFile.bytes)
        case .group: directory.group(id: id).map { GroupFile.bytes(of: $0, in: directory) }
        case nil: nil
        }
    }

    /// Remembers what files look like that were just written.
    mutating func noteWritten(_ changes: [FileChange]) {
        for change in changes where change.bytes != nil {
            guard let id = paths.id(at: change.path) else { continue }
            stamps[id] = FileState(path: root + "/" + change.path)
        }
    }

    /// Remembers what a record's file looks like that was just read, and says when it was written.
    mutating func noteRead(_ id: String) -> Timestamp? {
        let stamp = paths[id].flatMap { FileState(path: root + "/" + $0) }
        stamps[id] = stamp
        return stamp?.modified
    }
}

extension RecordFiles {
    /// Whether a record's file is not what was last read or written there.
    func isEdited(_ id: String) -> Bool {
        guard let path = paths[id], let stamp = stamps[id] else { return false }
        return FileState(path: root + "/" + path) != stamp
    }

    /// What somebody else's edit of a record's file means; nil where the record is the same or the file is gone.
    ///
    /// - Throws: ``StoreError/broken(_:)`` for a file that cannot be read or is no longer this record's.
    func outsideEdit(of id: String, in directory: Directory) throws(StoreError) -> Mutation? {
        guard let path = paths[id], let bytes = try? DurableFile.read(root + "/" + path) else { return nil }
        return try OutsideEdit(path: path, bytes: bytes, directory: directory).mutation(of: id)
    }
}
