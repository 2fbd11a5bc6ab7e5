import Foundation
import Git
import Roster
import Tree
import YAML

/// `dagroster fmt --reshard N`: every record's file moves to where the new layout has it, in one commit.
struct ReshardRun {
    let tree: String
    let layout: Layout

    private static let nothing = "nothing was moved"

    /// Moves the files.
    ///
    /// The commit is made first, from the bytes as they lie, and then the files move: a failure in between loses
    /// nothing, and git can finish it.
    ///
    /// - Returns: how many files were moved.
    func run() async throws -> Int {
        let lock = try TreeLock.take(tree, for: "dagroster fmt --reshard", otherwise: Self.nothing)
        defer { withExtendedLifetime(lock) {} }
        try TreeLock.refuseWaitingChanges(tree, otherwise: Self.nothing)
        let source = FolderSource(tree)
        let contents = try await TreeReader.read(source)
        guard contents.isValid else {
            let problems = contents.diagnostics.filter { $0.severity == .error }.map(\.description)
            throw Failure.invalidTree(problems.joined(separator: "\n") + "\nthe tree is not valid; \(Self.nothing)")
        }
        let settings = try DurableFile.read(tree + "/" + TreeLocation.settingsFile)
        let plan: Resharding
        do {
            plan = try Resharding(of: contents, settings: settings, to: layout)
        } catch {
            throw Failure.invalidTree("\(error)")
        }
        guard !plan.moves.isEmpty || plan.settings != settings else { return 0 }
        let files = plan.moves.map { SourceFile(path: $0.from) }
        try await commit(plan, try await source.contents(of: files))
        try move(plan)
        return plan.moves.count
    }

    private func commit(_ plan: Resharding, _ contents: [[UInt8]?]) async throws {
        guard let repository = try await Repository.discover(tree) else { return }
        guard let branch = try await repository.branch() else {
            throw Failure.unexpected("HEAD is detached; \(Self.nothing)\nhint: git switch BRANCH")
        }
        let changed = try await repository.status(of: [RecordKind.root, TreeLocation.settingsFile])
        if let first = changed.first {
            let more = changed.count > 1 ? " and \(Count.of(changed.count - 1, "more file"))" : ""
            throw Failure.unexpected(
                "\(first.path)\(more) differ from the last commit, and would get into this one; \(Self.nothing)\n"
                    + "hint: commit them first"
            )
        }
        var changes = [TreeChange(path: TreeLocation.settingsFile, bytes: plan.settings)]
        for (move, bytes) in zip(plan.moves, contents) {
            guard let bytes else { throw Failure.unexpected("\(move.from) has just been removed; \(Self.nothing)") }
            changes += [TreeChange(path: move.from, bytes: nil), TreeChange(path: move.to, bytes: bytes)]
        }
        _ = try await repository.commit(
            changes,
            message: "Put records' files into \(layout.shards == 0 ? "one folder" : "\(layout.shards) folders")\n",
            author: try await repository.committer(seconds: Clock.now().milliseconds / 1000),
            on: branch
        )
    }

    private func move(_ plan: Resharding) throws {
        do {
            for folder in Set(plan.moves.map { folder(of: $0.to) }).sorted() { try DurableFile.createFolder(folder) }
            // What fails is said below, and readers name every file in the wrong place.
            try BatchWriter(root: tree).put {
                Result {
                    for move in plan.moves { try DurableFile.move(tree + "/" + move.from, to: tree + "/" + move.to) }
                    try DurableFile.replace(tree + "/" + TreeLocation.settingsFile, with: plan.settings)
                }
            }.get()
            for folder in Set(plan.moves.flatMap { [folder(of: $0.from), folder(of: $0.to)] }).sorted() {
                try DurableFile.finishMoves(in: folder)
            }
        } catch {
            throw Failure.unexpected(
                "\(error)\nsome files were moved and some not\n"
                    + "hint: in a repository the commit is made: git restore \(RecordKind.root) "
                    + "\(TreeLocation.settingsFile), then git clean -f \(RecordKind.root)"
            )
        }
    }

    private func folder(of path: String) -> String {
        tree + "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }
}
