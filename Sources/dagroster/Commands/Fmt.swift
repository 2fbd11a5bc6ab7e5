import ArgumentParser
import Tree
import YAML

/// Brings the tree's files to canonical form.
struct Fmt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the tree's files to canonical form; comments stay.",
        discussion: """
            Hand-written files are edited line by line, so that comments and blank lines stay where they are; a file \
            in which something could not be kept is left as it is and named. Exit 3 if there is such a file, or, with \
            --check, one that is not canonical. Records' files are not written while "dagroster serve" runs.

            --reshard moves every record's file to where the new layout has it, in one commit with the setting.

            Example:  dagroster fmt --check
            Example:  dagroster fmt --reshard 256
            """
    )

    @Flag(help: "Name the files that are not canonical, and change none.")
    var check = false

    @Option(
        help: ArgumentHelp("Move records' files: 0 for one folder a kind, 256 for 256 folders.", valueName: "shards")
    )
    var reshard: Int?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard let reshard else { return }
        guard Layout.allowedShards.contains(reshard) else {
            throw ValidationError("--reshard \(reshard) is not 0 or 256")
        }
        if check { throw ValidationError("--check and --reshard make no sense together") }
    }

    func run() async throws {
        let tree = try common.locateTree()
        if let reshard {
            let count = try await ReshardRun(tree: tree, layout: Layout(shards: reshard)).run()
            return Terminal.note(count == 0 ? "every file is in its place" : "\(Count.of(count, "file")) moved")
        }
        var format = try await TreeFormat(of: FolderSource(tree))
        let lock = check ? nil : try lock(tree, for: format.changes)
        defer { withExtendedLifetime(lock) {} }
        // Until then "serve" may have written what would be written over.
        if lock != nil { format = try await TreeFormat(of: FolderSource(tree)) }
        for problem in format.diagnostics.sorted() { Terminal.note(problem.description) }
        if !check { try write(format.changes, to: tree) }
        for change in format.changes { Terminal.result(Printable.line(change.path)) }
        let count = format.changes.count
        let changed = Count.of(count, "file") + (check ? " to be formatted" : " formatted")
        Terminal.note(count == 0 ? "every file is canonical" : changed)
        let isRefused = format.diagnostics.contains { $0.severity == .error }
        if isRefused || check && count > 0 { throw ExitCode(3) }
    }

    /// The lock of whoever writes records' files, where some of them change.
    private func lock(_ tree: String, for changes: [TreeFormat.Change]) throws -> FileLock? {
        guard changes.contains(where: { $0.path.hasPrefix(RecordKind.root + "/") }) else { return nil }
        let lock = try TreeLock.take(tree, for: "dagroster fmt", otherwise: "nothing was formatted")
        try TreeLock.refuseWaitingChanges(tree, otherwise: "nothing was formatted")
        return lock
    }

    private func write(_ changes: [TreeFormat.Change], to tree: String) throws {
        try DurableFile.apply(
            changes.map { DurableFile.Change(path: tree + "/" + $0.path, bytes: $0.bytes) }
        )
    }
}
