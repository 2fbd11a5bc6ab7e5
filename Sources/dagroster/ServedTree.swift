import Git
import Store
import Tree
import YAML

/// A tree as `serve` begins with it: what can be read, and for what cannot, what the last commit has.
struct ServedTree {
    var contents: TreeContents
    var broken: BrokenFiles

    /// Reads the files as they lie; a file that cannot be read is taken from HEAD, if it is sound there.
    static func load(_ tree: String, repository: Repository?) async throws -> ServedTree {
        let folder = FolderSource(tree)
        let contents = try await TreeReader.read(folder)
        if contents.settings.targets.isEmpty, !contents.isValid {
            let problems = contents.diagnostics.filter { $0.file == TreeLocation.settingsFile }
            guard problems.isEmpty else {
                throw Failure.invalidTree(problems.map(\.description).joined(separator: "\n"))
            }
        }
        guard !contents.brokenFiles.isEmpty, let repository, let head = try await repository.head().commit else {
            return ServedTree(contents: contents, broken: BrokenFiles(problems: contents.brokenFiles))
        }
        let mended = MendedSource(
            folder: folder,
            commit: CommitSource(repository, at: head),
            paths: Set(contents.brokenFiles.keys)
        )
        var patched = try await TreeReader.read(mended)
        let kept = patched.paths.filter { contents.brokenFiles[$0.value] != nil }
        patched.diagnostics = contents.diagnostics
        return ServedTree(
            contents: patched,
            broken: BrokenFiles(problems: contents.brokenFiles, keptIDs: kept)
        )
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
