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
        let listing = try await listing(of: commit, under: paths, from: root)
        let picked = names.map { Set($0.map { ArraySlice($0.utf8) }) }
        var entries: [TreeEntry] = []
        for number in 0..<listing.count {
            if let picked, !picked.contains(listing.lastComponent(number)) { continue }
            if let entry = try listing.entry(number) { entries.append(entry) }
        }
        return entries
    }

    /// The same as git lists it, to be taken apart by whoever wants the files.
    package func listing(
        of commit: CommitID,
        under paths: [String] = [],
        from root: Root = .tree
    ) async throws -> TreeListing {
        var wanted: [String] = []
        for path in paths { wanted.append(try full(path, from: root)) }
        if wanted.isEmpty, root == .tree, !prefix.isEmpty { wanted = [prefix] }
        let arguments = ["ls-tree", "-r", "-z", "--full-tree", commit.hex, "--"] + wanted
        let output = try await runner.output(arguments)
        return TreeListing(repository: self, root: root, arguments: arguments, output: output)
    }
}

/// What `git ls-tree` said, an entry a line: of a large tree several threads take them apart.
package struct TreeListing: Sendable {
    private let repository: Repository
    private let root: Root
    private let arguments: [String]
    private let output: [UInt8]
    /// Where lines begin, and where the last one ends.
    private let starts: [Int]

    init(repository: Repository, root: Root, arguments: [String], output: [UInt8]) {
        self.repository = repository
        self.root = root
        self.arguments = arguments
        self.output = output
        var starts = [0]
        output.withUnsafeBufferPointer { output in
            starts.reserveCapacity(output.count / 100 + 1)
            for index in 0..<output.count where output[index] == 0 { starts.append(index + 1) }
        }
        self.starts = starts
    }

    /// How many lines there are.
    package var count: Int { starts.count - 1 }

    /// The entry of a line; nil for one outside of what is listed.
    ///
    /// - Throws: ``GitError/notUnderstood(arguments:output:)``.
    package func entry(_ number: Int) throws -> TreeEntry? {
        let line = line(number)
        guard let entry = Self.entry(line) else { throw repository.runner.notUnderstood(arguments, line) }
        guard let path = repository.relative(entry.path, to: root) else { return nil }
        return TreeEntry(kind: entry.kind, object: entry.object, path: path)
    }

    private func line(_ number: Int) -> ArraySlice<UInt8> { output[starts[number]..<(starts[number + 1] - 1)] }

    /// What stands behind the last slash of a line's path, or its tab.
    func lastComponent(_ number: Int) -> ArraySlice<UInt8> {
        let line = line(number)
        let end = line.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\t") }
        return end.map { line[($0 + 1)...] } ?? line
    }

    /// Reads `<mode> <type> <object>\t<path>`.
    private static func entry(_ line: ArraySlice<UInt8>) -> TreeEntry? {
        guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
        let fields = line[..<tab]
        guard let first = fields.firstIndex(of: UInt8(ascii: " ")), let last = fields.lastIndex(of: UInt8(ascii: " ")),
            first < last, let object = ObjectID(bytes: fields[(last + 1)...])
        else { return nil }
        let kind = TreeEntry.Kind(mode: String(decoding: fields[..<first], as: UTF8.self))
        return TreeEntry(kind: kind, object: object, path: String(decoding: line[(tab + 1)...], as: UTF8.self))
    }
}
