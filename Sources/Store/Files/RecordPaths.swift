internal import Roster
internal import Tree

/// Which file each record has, and what each path looked like when it was last read or written.
///
/// A plan of what is to be written changes whose files they are at once, and can be taken back until it is kept, at the
/// cost of what it changed.
struct RecordPaths: Sendable {
    private struct File: Sendable {
        /// The record whose file it is.
        var owner: String?
        var mark: FileMark?
        /// How many records have it, which are two while they change their files with each other.
        var holders = 0
    }

    private let layout: Layout
    private var files: NumberedMap<File>
    /// The number of each record's path.
    private var numbersByID: NumberedMap<Int>
    /// The files of records that a plan has changed, as they were before; nil where there was none.
    private var before: [String: String?] = [:]

    init(layout: Layout, capacity: Int = 0) {
        self.layout = layout
        files = NumberedMap(capacity: capacity)
        numbersByID = NumberedMap(capacity: capacity)
    }

    init(layout: Layout, paths: [String: String]) {
        self.init(layout: layout, capacity: paths.count)
        for (id, path) in paths { add(path, of: id, nil) }
    }

    /// Adds the file of a record, neither of which was added before.
    mutating func add(_ path: String, of id: String, _ mark: FileMark?) {
        _ = numbersByID.append(id, files.append(path, File(owner: id, mark: mark, holders: 1)))
    }

    /// The file of a record, relative to the tree.
    subscript(id: String) -> String? { numbersByID[id].flatMap(files.key) }

    /// The record whose file a path is.
    func id(at path: String) -> String? { files[path]?.owner }

    /// What a path looked like.
    func mark(of path: String) -> FileMark? { files[path]?.mark }

    /// Notes what a path looks like; nil: there is nothing.
    mutating func note(_ mark: FileMark?, _ path: String) {
        guard let number = mark == nil ? files.number(of: path) : files.add(path, File()) else { return }
        files[number]?.mark = mark
        discard(number)
    }

    /// Every path with a mark.
    var known: [String] { files.all.compactMap { $0.value.mark == nil ? nil : $0.key } }

    /// When each record's file was last written, by the record's id.
    var times: some Sequence<(id: String, time: Timestamp)> {
        files.all.lazy.compactMap { file in
            guard let owner = file.value.owner, let mark = file.value.mark else { return nil }
            return (owner, mark.modified)
        }
    }

    /// Notes a record's file after a change of its name; a name that another record's file has gets a suffix.
    ///
    /// - Parameters:
    ///   - kind: what the record is.
    ///   - id: the record's id.
    ///   - name: the record's new name.
    ///   - isStrange: whether a file is there that is no record's; it is told what the path looked like.
    /// - Returns: the record's file from now on.
    mutating func place(
        _ kind: RecordKind,
        id: String,
        name: String,
        isStrange: (String, FileMark?) -> Bool
    ) -> String {
        let path = layout.path(of: kind, id: id, name: name, current: self[id]) { path in
            self.id(at: path).map { $0 != id } ?? isStrange(path, mark(of: path))
        }
        set(path, of: id)
        return path
    }

    /// Forgets a record's file and says which it was.
    mutating func remove(id: String) -> String? {
        let path = self[id]
        set(nil, of: id)
        return path
    }

    /// Notes which file a record has.
    mutating func set(_ path: String?, of id: String) {
        let old = self[id]
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
}

extension RecordPaths {
    private mutating func assign(_ path: String?, to id: String) {
        if let number = numbersByID.number(of: id) {
            if let old = numbersByID[number] {
                if files[old]?.owner == id { files[old]?.owner = nil }
                files[old]?.holders -= 1
                numbersByID.remove(number)
                discard(old)
            }
        }
        guard let path else { return }
        let file = files.add(path, File())
        files[file]?.owner = id
        files[file]?.holders += 1
        _ = numbersByID.add(id, file)
    }

    /// Forgets a path that is nobody's and where nothing is known to be.
    private mutating func discard(_ number: Int) {
        guard let file = files[number], file.holders == 0, file.mark == nil else { return }
        files.remove(number)
    }
}
