internal import Git
internal import Roster
internal import Tree
internal import YAML

/// The provisioned records of one commit with their files, ready to follow further commits and to take changes.
struct RecordTree: Sendable {
    private(set) var directory: Directory
    let layout: Layout
    private var pathsByID: [String: String]
    private var idsByPath: [String: String]

    /// The records of a commit, from nothing.
    init(of commit: CommitID, in repository: Repository) async throws {
        let contents = try await TreeReader.read(CommitSource(repository, at: commit))
        if let problem = contents.brokenFiles.values.sorted().first {
            throw ReapplyError.unreadable(commit: commit.short, problem)
        }
        directory = contents.directory
        layout = contents.settings.layout
        pathsByID = contents.paths
        idsByPath = Dictionary(contents.paths.map { ($1, $0) }) { first, _ in first }
    }

    /// Follows another commit to its state, which only reads the files that differ.
    ///
    /// - Returns: what that changes.
    @discardableResult
    mutating func follow(
        _ changes: [FileChange],
        to commit: CommitID,
        in repository: Repository
    ) async throws -> [Mutation] {
        let records = changes.compactMap { change in Self.kind(of: change.path).map { (change, $0) } }
        let contents = try await repository.contents(of: records.compactMap(\.0.after))
        var edits = RecordEdits()
        var placed: [String: String] = [:]
        for (change, kind) in records {
            if let old = idsByPath[change.path] { edits.removed.insert(old) }
            guard let bytes = change.after.flatMap({ contents[$0] }) else { continue }
            let id = try Self.read(bytes, kind, change.path, commit, into: &edits)
            placed[id] = change.path
        }
        edits.removed.subtract(placed.keys)
        forget(edits.removed.union(placed.keys))
        for (id, path) in placed { note(path, of: id) }
        do throws(RosterError) {
            return try directory.follow(edits)
        } catch {
            throw ReapplyError.contradictory(commit: commit.short, error)
        }
    }

    /// Takes a new state of the directory.
    ///
    /// - Returns: the files that the records' changes ask for.
    mutating func take(_ state: Directory, touched: Set<String>) -> [TreeChange] {
        directory = state
        var changes: [String: TreeChange] = [:]
        for id in touched.sorted() where state.member(id: id) == nil {
            guard let path = pathsByID[id] else { continue }
            forget([id])
            changes[path] = TreeChange(path: path, bytes: nil)
        }
        for id in touched.sorted() {
            if let user = state.user(id: id) {
                place(.user, id: id, name: user.userName, UserFile.bytes(of: user), in: &changes)
            } else if let group = state.group(id: id) {
                place(.group, id: id, name: group.displayName, GroupFile.bytes(of: group, in: state), in: &changes)
            }
        }
        return Array(changes.values)
    }

    private mutating func place(
        _ kind: RecordKind,
        id: String,
        name: String,
        _ bytes: [UInt8],
        in changes: inout [String: TreeChange]
    ) {
        let old = pathsByID[id]
        let path = layout.path(of: kind, id: id, name: name, current: old) { path in
            idsByPath[path].map { $0 != id } ?? false
        }
        if let old, old != path {
            forget([id])
            if changes[old] == nil { changes[old] = TreeChange(path: old, bytes: nil) }
        }
        note(path, of: id)
        changes[path] = TreeChange(path: path, bytes: bytes)
    }

    private mutating func note(_ path: String, of id: String) {
        pathsByID[id] = path
        idsByPath[path] = id
    }

    private mutating func forget(_ ids: Set<String>) {
        for id in ids {
            guard let path = pathsByID.removeValue(forKey: id), idsByPath[path] == id else { continue }
            idsByPath[path] = nil
        }
    }
}

extension RecordTree {
    /// What kind of record a path holds; nil for any other file.
    static func kind(of path: String) -> RecordKind? {
        guard case .record(let kind) = TreeLocation(path: path, layout: nil) else { return nil }
        return kind
    }

    private static func read(
        _ bytes: [UInt8],
        _ kind: RecordKind,
        _ path: String,
        _ commit: CommitID,
        into edits: inout RecordEdits
    ) throws(ReapplyError) -> String {
        let diagnostics: [Diagnostic]
        switch kind {
        case .user:
            let read = UserFile.read(bytes, file: path)
            if let user = read.user {
                edits.users.append(user)
                return user.id
            }
            diagnostics = read.diagnostics
        case .group:
            let read = GroupFile.read(bytes, file: path)
            if let contents = read.contents {
                edits.groups.append(contents)
                return contents.group.id
            }
            diagnostics = read.diagnostics
        }
        let problem = diagnostics.first { $0.severity == .error }
        let unknown = Diagnostic(file: path, place: nil, message: "the file is no record")
        throw .unreadable(commit: commit.short, problem ?? unknown)
    }
}
