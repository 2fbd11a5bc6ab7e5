import Git
import Roster
import Store
import Tree
import YAML

/// A tree as `serve` begins with it: what can be read, and for what cannot, what the last commit has.
struct ServedTree {
    var contents: TreeContents
    var broken: BrokenFiles

    /// Reads the files as they lie; a file that cannot be read is taken from HEAD, if it is sound there.
    ///
    /// Refuses a tree whose settings cannot be read, or of whose records any number may be missing: an identity provider
    /// would create again whom it does not find.
    static func load(
        _ tree: String,
        repository: Repository?,
        observer: (any ListingObserver)? = nil,
        renewal: CacheRenewal? = nil
    ) async throws -> ServedTree {
        let folder = FolderSource(tree, observer: observer)
        let contents = try await TreeReader.read(folder.cached(renewal: renewal), returnsMemory: false)
        try refuse(contents)
        guard let repository, let head = try await repository.head().commit else {
            return ServedTree(contents: contents, problems: contents.brokenFiles)
        }
        let source = CommitSource(repository, at: head)
        let isEmpty = contents.directory.users.isEmpty && contents.directory.groups.isEmpty
        guard !contents.brokenFiles.isEmpty || isEmpty else {
            return ServedTree(contents: contents, problems: [:])
        }
        let committed = try await TreeReader.read(source)
        if isEmpty, contents.brokenFiles.isEmpty { try refuseLoss(of: committed) }
        let intruders = Intruders(contents: contents, committed: committed).problems
        let problems = contents.brokenFiles.merging(intruders) { first, _ in first }
        let mended = MendedSource(folder: folder, commit: source, paths: Set(problems.keys))
        var patched = try await TreeReader.read(mended)
        patched.diagnostics = (contents.diagnostics + intruders.values).sorted()
        return ServedTree(contents: patched, problems: problems)
    }

    private init(contents: TreeContents, problems: [String: Diagnostic]) {
        self.contents = contents
        let kept = problems.isEmpty ? [:] : contents.paths.filter { problems[$0.value] != nil }
        broken = BrokenFiles(problems: problems, keptIDs: kept)
    }
}

extension ServedTree {
    /// The settings alone, which say on which branch the tree may be written; what is wrong with the rest is no matter
    /// yet.
    static func settings(of tree: String) throws -> Settings {
        let file = tree + "/" + TreeLocation.settingsFile
        let (settings, diagnostics) = Settings.read(try DurableFile.read(file))
        guard let settings else {
            throw Failure.invalidTree(diagnostics.map(\.description).joined(separator: "\n"))
        }
        return settings
    }

    private static func refuse(_ contents: TreeContents) throws {
        if contents.settings.targets.isEmpty, !contents.isValid {
            let problems = contents.diagnostics.filter { $0.file == TreeLocation.settingsFile }
            guard problems.isEmpty else {
                throw Failure.invalidTree(problems.map(\.description).joined(separator: "\n"))
            }
        }
        guard let first = contents.folderFaults.first else { return }
        let more = contents.folderFaults.count - 1
        throw Failure.invalidTree(
            "the provisioned records cannot be found, so that an identity provider would create everybody again; "
                + "nothing is served\n\(first)\n"
                + (more == 0 ? "" : "and \(Count.of(more, "more path")) like it; \"dagroster check\" names them all\n")
                + "hint: " + remedy(for: first)
        )
    }

    private static func remedy(for fault: Diagnostic) -> String {
        if case .record = TreeLocation(path: fault.file, layout: nil), fault.hint != nil {
            return "set layout.shards in \(TreeLocation.settingsFile) to what it was, or move the files"
        }
        return "put plain files in plain folders in its place, then start again"
    }

    /// No record lies there, and HEAD has some: a volume that is not mounted, or a checkout that is not complete.
    private static func refuseLoss(of committed: TreeContents) throws {
        guard !committed.paths.isEmpty else { return }
        throw Failure.invalidTree(
            "no record lies under \(RecordKind.root)/, and HEAD has \(Count.of(committed.paths.count, "record")): "
                + "an identity provider would create everybody again; nothing is served\n"
                + "hint: bring them back by \"git restore \(RecordKind.root)\", or commit that they are gone"
        )
    }
}

/// Files that took the id or the name of a record whose file, by HEAD, is another one that lies there still: which of
/// the two is the record, HEAD knows.
private struct Intruders {
    let contents: TreeContents
    let committed: TreeContents

    /// What is wrong, by the path of the file that HEAD does not have so.
    var problems: [String: Diagnostic] {
        let owners = Dictionary(committed.paths.map { ($0.value, $0.key) }) { first, _ in first }
        var problems: [String: Diagnostic] = [:]
        for path in contents.brokenFiles.keys.sorted() {
            guard let owner = owners[path] else { continue }
            for rival in rivals(of: owner) {
                guard let taken = contents.paths[rival], taken != path, committed.paths[rival] != taken
                else { continue }
                let message = "the file has the id or the name of the record that is \(path) in HEAD"
                problems[taken] = Diagnostic(file: taken, place: nil, message: message)
            }
        }
        return problems
    }

    /// Ids of the records that stand where a record of HEAD should.
    private func rivals(of id: String) -> [String] {
        var rivals = [id]
        if let user = committed.directory.user(id: id) {
            rivals += contents.directory.user(named: user.userName).map { [$0.id] } ?? []
        }
        if let group = committed.directory.group(id: id) {
            rivals += contents.directory.group(named: group.displayName).map { [$0.id] } ?? []
        }
        return rivals
    }
}

/// The files as they lie, but for some that are taken from a commit.
struct MendedSource: FileSource {
    let folder: FolderSource
    let commit: CommitSource
    let paths: Set<String>

    func files() async throws -> [SourceFile] {
        let committed = try await commit.files().filter { paths.contains($0.path) }
        return try await folder.files().filter { !paths.contains($0.path) } + committed
    }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        let committed = files.filter { paths.contains($0.path) }
        let lying = files.filter { !paths.contains($0.path) }
        let bytes =
            zip(committed, try await commit.contents(of: committed)).map { ($0.path, $1) }
            + zip(lying, try await folder.contents(of: lying)).map { ($0.path, $1) }
        let byPath = Dictionary(bytes) { first, _ in first }
        return files.map { byPath[$0.path] ?? nil }
    }
}
