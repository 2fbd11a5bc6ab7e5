/// A file of a commit.
package struct TreeEntry: Hashable, Sendable {
    /// What git takes it for.
    package enum Kind: Hashable, Sendable {
        case file
        case executable
        case symlink
        case submodule
        /// A mode that git itself does not write today.
        case other(String)
    }

    package var kind: Kind
    package var object: ObjectID
    package var path: String

    package init(kind: Kind, object: ObjectID, path: String) {
        self.kind = kind
        self.object = object
        self.path = path
    }
}

extension TreeEntry.Kind {
    init(mode: String) {
        self =
            switch mode {
            case "100644": .file
            case "100755": .executable
            case "120000": .symlink
            case "160000": .submodule
            default: .other(mode)
            }
    }
}

extension Repository {
    /// Every file of a commit below the root, in git's order, which is that of the paths' bytes.
    ///
    /// - Parameters:
    ///   - commit: whose files.
    ///   - paths: files, or folders whose files are wanted; empty: all. One that is not there lists nothing.
    ///   - names: the files' own names, without their folders, to pick out of very many; nil: all.
    ///   - root: what the paths, given and returned, are relative to.
    /// - Returns: files only; folders are in their paths.
    /// - Throws: ``GitError``.
    package func entries(
        of commit: CommitID,
        under paths: [String] = [],
        named names: Set<String>? = nil,
        from root: Root = .tree
    ) async throws -> [TreeEntry] {
        var wanted: [String] = []
        for path in paths { wanted.append(try full(path, from: root)) }
        if wanted.isEmpty, root == .tree, !prefix.isEmpty { wanted = [prefix] }
        let arguments = ["ls-tree", "-r", "-z", "--full-tree", commit.hex, "--"] + wanted
        let output = try await runner.output(arguments)
        var entries: [TreeEntry] = []
        let picked = names.map { Set($0.map { ArraySlice($0.utf8) }) }
        for line in output.split(separator: 0) {
            if let picked, !picked.contains(Self.lastComponent(line)) { continue }
            guard let entry = Self.entry(line) else { throw runner.notUnderstood(arguments, line) }
            guard let path = relative(entry.path, to: root) else { continue }
            entries.append(TreeEntry(kind: entry.kind, object: entry.object, path: path))
        }
        return entries
    }

    /// What stands behind the last slash of a line's path, or its tab.
    private static func lastComponent(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let end = line.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\t") }
        return end.map { line[($0 + 1)...] } ?? line
    }

    /// Reads `<mode> <type> <object>\t<path>`.
    private static func entry(_ line: ArraySlice<UInt8>) -> TreeEntry? {
        guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
        let fields = line[..<tab].split(separator: UInt8(ascii: " "))
        guard fields.count == 3, let object = ObjectID(bytes: fields[2]) else { return nil }
        let kind = TreeEntry.Kind(mode: String(decoding: fields[0], as: UTF8.self))
        return TreeEntry(kind: kind, object: object, path: String(decoding: line[(tab + 1)...], as: UTF8.self))
    }
}
