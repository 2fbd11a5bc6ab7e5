/// A git repository, and the folder inside it that holds the tree.
///
/// Every question and every change is a `git` command of its own; nothing is kept between them, so that people and other
/// programs may work in the same repository. Paths are relative to the tree's folder and separated by "/".
package struct Repository: Hashable, Sendable {
    /// Where git keeps the repository's data (of a linked work tree: its own part of it).
    package let folder: String
    /// The root of the checked-out files; nil in a bare repository.
    package let workTree: String?
    /// The tree's folder inside the repository: empty, or a path that ends with "/".
    package let prefix: String
    /// The name of nothing, in this repository's hash.
    let zero: String
    let runner: Runner
}

/// Whose root a path starts from.
package enum Root: Hashable, Sendable {
    /// The tree's folder.
    case tree
    /// The repository's root: for commits that hold no tree, such as records.
    case repository
}

extension Repository {
    /// Ends commands that do nothing for so long from now on, those that run included; for a program that is stopping.
    package func hurry(_ limit: Duration) { runner.patience.shorten(to: limit) }

    /// The same repository, in which no command is run while somebody objects: it fails with ``GitError/kept(_:)``.
    ///
    /// A command finds the repository by its path, where another one may lie by then.
    package func unless(_ objection: @escaping @Sendable () -> String?) -> Repository {
        var runner = runner
        runner.objection = objection
        return Repository(folder: folder, workTree: workTree, prefix: prefix, zero: zero, runner: runner)
    }

    /// The path inside the repository of a path inside the tree.
    ///
    /// Refuses what could leave the folder or change git's own files: absolute and empty paths, empty components, "." and
    /// "..", ".git" in any letter case, and NUL.
    func full(_ path: String, from root: Root = .tree) throws(GitError) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for part in parts where part.isEmpty || part == "." || part == ".." || part.lowercased() == ".git" {
            throw .unsafePath(path)
        }
        guard !path.utf8.contains(0) else { throw .unsafePath(path) }
        return root == .tree ? prefix + path : path
    }

    /// The path inside the tree of a path inside the repository; nil when it lies outside.
    func relative(_ path: String, to root: Root = .tree) -> String? {
        guard root == .tree, !prefix.isEmpty else { return path }
        guard path.utf8.starts(with: prefix.utf8) else { return nil }
        return String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
}
