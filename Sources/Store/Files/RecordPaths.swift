internal import Roster
internal import Tree

/// Which file each record has.
struct RecordPaths: Sendable {
    private let layout: Layout
    private var pathsByID: [String: String]
    fileprivate var idsByPath: [String: String]

    init(layout: Layout, paths: [String: String]) {
        self.layout = layout
        pathsByID = paths
        idsByPath = Dictionary(paths.map { ($1, $0) }) { first, _ in first }
    }

    /// The file of a record, relative to the tree.
    subscript(id: String) -> String? { pathsByID[id] }

    /// Notes a record's file after a change of its name; a name that another record's file has gets a suffix.
    ///
    /// - Parameters:
    ///   - kind: what the record is.
    ///   - id: the record's id.
    ///   - name: the record's new name.
    ///   - isStrange: whether a file is there that is no record's.
    /// - Returns: the record's file from now on.
    mutating func place(
        _ kind: RecordKind,
        id: String,
        name: String,
        isStrange: (String) -> Bool
    ) -> String {
        let current = pathsByID[id]
        let path = layout.path(of: kind, id: id, name: name, current: current) { path in
            idsByPath[path].map { $0 != id } ?? isStrange(path)
        }
        if let current, current != path { idsByPath[current] = nil }
        pathsByID[id] = path
        idsByPath[path] = id
        return path
    }

    /// Forgets a record's file and says which it was.
    mutating func remove(id: String) -> String? {
        guard let path = pathsByID.removeValue(forKey: id) else { return nil }
        idsByPath[path] = nil
        return path
    }
}

extension RecordPaths {
    /// The record whose file a path is.
    func id(at path: String) -> String? { idsByPath[path] }
}
