internal import Roster
internal import Tree

/// Which file each record has.
///
/// A plan of what is to be written changes it at once, and can be taken back until it is kept, at the cost of what it
/// changed.
struct RecordPaths: Sendable {
    private let layout: Layout
    private var pathsByID: [String: String]
    private var idsByPath: [String: String]
    /// The files of records that a plan has changed, as they were before; nil where there was none.
    private var before: [String: String?] = [:]

    init(layout: Layout, paths: [String: String]) {
        self.layout = layout
        pathsByID = paths
        idsByPath = Dictionary(paths.map { ($1, $0) }) { first, _ in first }
    }

    /// The file of a record, relative to the tree.
    subscript(id: String) -> String? { pathsByID[id] }

    /// The record whose file a path is.
    func id(at path: String) -> String? { idsByPath[path] }

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
        let path = layout.path(of: kind, id: id, name: name, current: pathsByID[id]) { path in
            idsByPath[path].map { $0 != id } ?? isStrange(path)
        }
        set(path, of: id)
        return path
    }

    /// Forgets a record's file and says which it was.
    mutating func remove(id: String) -> String? {
        let path = pathsByID[id]
        set(nil, of: id)
        return path
    }

    /// Notes which file a record has.
    mutating func set(_ path: String?, of id: String) {
        let old = pathsByID[id]
        guard old != path else { return }
        if before.index(forKey: id) == nil { before[id] = .some(old) }
        assign(path, to: id)
    }

    /// Keeps what was planned.
    mutating func keep() { before = [:] }

    /// Takes back what was planned.
    mutating func takeBack() {
        for id in before.keys { assign(nil, to: id) }
        for (id, path) in before { assign(path, to: id) }
        before = [:]
    }

    private mutating func assign(_ path: String?, to id: String) {
        if let old = pathsByID[id], idsByPath[old] == id { idsByPath[old] = nil }
        pathsByID[id] = path
        if let path { idsByPath[path] = id }
    }
}
