internal import Git
internal import YAML

/// The history of a branch, step by step along its first parents, asked about single files.
///
/// A merge is one step: what it brought came to the branch with it. What was read is kept, so that questions about many
/// people and groups read each file's changes once.
struct BranchHistory {
    let repository: Repository
    /// The end of the branch.
    let head: CommitID
    /// How many steps each commit lies behind the end.
    private let order: [CommitID: Int]
    private var changes: [String: [FileVersion]] = [:]
    /// The files that went with each commit that has been asked about.
    private var gone: [CommitID: [FileChange]] = [:]
    private var isWhole = false
    private var contents: [ObjectID: [UInt8]] = [:]
    /// Longer files are read again when they are asked for again.
    private static let keptLength = 64 << 10
    /// How many files that went with a commit are looked at to find the one that another file was.
    private static let mostCandidates = 256

    init(_ repository: Repository, endingAt head: CommitID) async throws {
        self.repository = repository
        self.head = head
        let commits = try await repository.firstParents(of: head)
        order = Dictionary(commits.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads the changes of some files in one go.
    mutating func prepare(_ paths: some Sequence<String>) async throws {
        let missing = Set(paths).filter { changes[$0] == nil && !$0.isEmpty }.sorted()
        guard !isWhole, !missing.isEmpty else { return }
        for path in missing { changes[path] = [] }
        for step in try await repository.log(of: missing, from: head, walk: .firstParents) { add(step) }
    }

    /// Reads every change of everything that is dagroster's, for questions about a whole organisation.
    mutating func prepareAll() async throws {
        guard !isWhole else { return }
        changes = [:]
        let paths = [RecordKind.root, "access"]
        for step in try await repository.log(of: paths, from: head, walk: .firstParents) {
            gone[step.info.id] = step.files.filter { $0.after == nil }
            add(step)
        }
        isWhole = true
    }

    private mutating func add(_ step: CommitChanges) {
        guard let order = order[step.info.id] else { return }
        for file in step.files {
            let version = FileVersion(
                order: order,
                commit: step.info,
                path: file.path,
                before: file.before,
                after: file.after
            )
            changes[file.path, default: []].append(version)
        }
    }

    /// The bytes of an object.
    mutating func bytes(of object: ObjectID) async throws -> [UInt8]? {
        if let bytes = contents[object] { return bytes }
        let bytes = try await repository.contents(of: CollectionOfOne(object))[object]
        if let bytes, bytes.count <= Self.keptLength { contents[object] = bytes }
        return bytes
    }
}

extension BranchHistory {
    /// Every change of a file, through its moves: a file that came with a commit in which one of the same identity went
    /// is that file.
    mutating func past(of path: String) async throws -> FilePast {
        var past = FilePast()
        var path = path
        var last = -1
        while true {
            try await prepare([path])
            for version in changes[path] ?? [] where version.order > last {
                past.versions.append(version)
                if version.before == nil { break }
            }
            guard let first = past.versions.last, first.before == nil, first.order > last,
                let former = try await origin(of: first)
            else { return past }
            past.versions[past.versions.count - 1].before = former.before
            last = first.order
            path = former.path
        }
    }

    /// The file that a new one was before.
    private mutating func origin(of version: FileVersion) async throws -> FileChange? {
        guard let object = version.after, let parent = version.commit.parents.first,
            let folder = FileIdentity.folder(of: version.path)
        else { return nil }
        if gone[version.commit.id] == nil {
            let roots = [RecordKind.root, "access"]
            gone[version.commit.id] = try await repository.changes(
                from: parent,
                to: version.commit.id,
                under: roots,
                onlyGone: true
            )
        }
        let former = (gone[version.commit.id] ?? []).filter { $0.path.hasPrefix(folder) }
        guard !former.isEmpty else { return nil }
        if let same = former.first(where: { $0.before == object }) { return same }
        guard let bytes = try await bytes(of: object), let identity = FileIdentity(bytes, path: version.path) else {
            return nil
        }
        let name = version.path.split(separator: "/").last
        let likely = former.filter { $0.path.split(separator: "/").last == name }
        for change in (likely + former).prefix(Self.mostCandidates) {
            guard let before = change.before, let bytes = try await self.bytes(of: before) else { continue }
            if identity.isSame(as: FileIdentity(bytes, path: change.path)) { return change }
        }
        return nil
    }
}
