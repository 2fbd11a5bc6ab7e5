/// Makes a new tree in a folder, which may have other files.
package enum TreeInitializer {
    /// The files that are written, in the order in which they are.
    static let files = [".gitignore", ".gitattributes", TreeLocation.settingsFile]
    /// Lines that the tree's `.gitignore` needs; the sandbox is live state, which a `git revert` must not rewrite.
    static let ignored = [
        "\(TreeLocation.stateFolder)/", "\(DurableFile.temporaryPrefix)*.tmp", "/\(Settings.sandboxFile)",
    ]
    /// Lines that the tree's `.gitattributes` needs: no system rewrites the ends of lines, and two versions of a file are
    /// joined by what they say.
    static let attributes = [
        "*.yaml text eol=lf", "/dagroster.yaml merge=dagroster", "/access/**/*.yaml merge=dagroster",
        "/provisioned/**/*.yaml merge=dagroster",
    ]

    /// Writes the settings, makes the folders, and adds what git needs to know; a file that is there keeps its lines.
    ///
    /// The repository and the first commit are the caller's.
    ///
    /// - Parameters:
    ///   - folder: where; it is made if it is missing.
    ///   - layout: how records' files are to lie.
    ///   - branch: the only branch that `serve` will write to.
    /// - Returns: the paths that were written, relative to the folder, for the first commit.
    /// - Throws: ``TreeError/exists(_:)`` where a tree is already, ``FileError``.
    package static func create(
        at folder: String,
        layout: Layout = Layout(),
        branch: String = "main"
    ) throws -> [String] {
        guard !TreeFinder.isTree(folder) else { throw TreeError.exists(folder) }
        for kind in RecordKind.allCases { try DurableFile.createFolder("\(folder)/\(kind.folder)") }
        try DurableFile.createFolder("\(folder)/access")
        let settings = Settings.fresh(layout: layout, branch: branch)
        // The settings make the folder a tree, so that they come last.
        let contents = [
            try extended("\(folder)/.gitignore", by: ignored),
            try extended("\(folder)/.gitattributes", by: attributes), settings,
        ]
        try DurableFile.apply(
            zip(files, contents).map { DurableFile.Change(path: "\(folder)/\($0)", bytes: $1) }
        )
        return files.sorted()
    }

    /// Adds to a tree's `.gitattributes` what it needs and does not have.
    ///
    /// - Returns: the file's path in the tree, if it was changed.
    package static func completeAttributes(of folder: String) throws(FileError) -> String? {
        let path = "\(folder)/.gitattributes"
        let bytes = try extended(path, by: attributes)
        guard bytes != (try? DurableFile.read(path)) else { return nil }
        try DurableFile.apply([DurableFile.Change(path: path, bytes: bytes)])
        return ".gitattributes"
    }

    /// A file's bytes with those lines at its end that it does not have.
    private static func extended(_ path: String, by lines: [String]) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        do throws(FileError) {
            bytes = try DurableFile.read(path)
        } catch {
            guard error.isMissing else { throw error }
        }
        let present = Set(String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init))
        let missing = lines.filter { !present.contains($0) }
        if !missing.isEmpty, let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        return bytes + missing.flatMap { Array(($0 + "\n").utf8) }
    }
}
