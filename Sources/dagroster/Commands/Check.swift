import Access
import ArgumentParser
import Git
import Reports
import Roster
import Tree
import YAML

/// Validates the tree without any network.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validate the tree, offline.",
        discussion: """
            Reads the files as they lie, or a commit with --at. Every problem is named with file, line and column; \
            exit 3 if one of them is an error. A name under access/ that neither the tree nor the record of the last \
            apply knows is an error, and a warning as long as there is no record here.

            With --base, for a pull request, every commit since then that edits a record under provisioned/ by hand is \
            refused too, and names the records whose id it changes. A commit may, if its message ends with a line \
            "Dagroster-Hand-Edit: REASON".

            Example:  dagroster check --base origin/main
            """
    )

    @Option(help: ArgumentHelp("Check a commit instead of the files as they lie.", valueName: "rev"))
    var at: String?

    @Option(
        help: ArgumentHelp("Refuse hand edits of records in the commits since this one.", valueName: "rev")
    )
    var base: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let tree = try common.locateTree()
        let edits = try await handEdits(in: tree)
        let contents = try await contents(of: tree)
        let diagnostics = try await (contents.diagnostics + names(contents, tree) + identity(contents)).sorted()
        for problem in diagnostics { Terminal.result(problem.description) }
        for edit in edits { Terminal.result(edit.description) }
        if GitHubActions.isRunning {
            let folder = try await Repository.discover(tree)?.prefix ?? ""
            for line in GitHubAnnotations.lines(diagnostics, folder: folder) { Terminal.note(line) }
        }
        let errors = diagnostics.count { $0.severity == .error } + edits.count { $0.reason == nil }
        let warnings = diagnostics.count + edits.count - errors
        guard errors == 0 else {
            throw Failure.invalidTree(
                "the tree is not valid: \(Count.of(errors, "error")), \(Count.of(warnings, "warning"))"
            )
        }
        let counts = [
            Count.of(contents.directory.users.count, "user"), Count.of(contents.directory.groups.count, "group"),
            Count.of(contents.access.bindings.count, "access file"),
        ]
        let notes = warnings == 0 ? [] : [Count.of(warnings, "warning")]
        Terminal.note("the tree is valid: " + (counts + notes).joined(separator: ", "))
    }

    /// What is to be said about names; as long as a record cannot be read, who is called what is not known.
    private func names(_ contents: TreeContents, _ tree: String) async throws -> [Diagnostic] {
        guard contents.brokenFiles.isEmpty else { return [] }
        let today = CalendarDate(secondsSince1970: Double(Clock.now().milliseconds) / 1000)
        let repository = try await Repository.discover(tree)
        return try await NameCheck(tree: tree, repository: repository, contents: contents).diagnostics(today: today)
    }

    private func identity(_ contents: TreeContents) -> [Diagnostic] {
        IdentityCheck.diagnostic(contents).map { [$0] } ?? []
    }

    private func handEdits(in tree: String) async throws -> [HandEdits.Finding] {
        guard let base else { return [] }
        let start = try await Revision.resolve(base, in: tree)
        let end = try await Revision.resolve(at ?? "HEAD", in: tree)
        return try await HandEdits.find(in: end.repository, from: start.commit, to: end.commit)
    }

    private func contents(of tree: String) async throws -> TreeContents {
        guard let at else { return try await TreeReader.read(FolderSource(tree).cached) }
        let revision = try await Revision.resolve(at, in: tree)
        return try await TreeReader.read(CommitSource(revision.repository, at: revision.commit).cached(in: tree))
    }
}

/// A commit that a person named.
struct Revision {
    var repository: Repository
    var commit: CommitID

    /// Finds a commit by any name that git knows; a tree without a repository has none.
    static func resolve(_ name: String, in tree: String) async throws -> Revision {
        guard let repository = try await Repository.discover(tree) else {
            throw Failure.usage("\(tree) is in no git repository, so that there is no commit \"\(name)\"")
        }
        guard let commit = try await repository.resolve(name) else {
            throw Failure.usage("there is no commit \"\(name)\" in the repository of \(tree)")
        }
        return Revision(repository: repository, commit: commit)
    }
}

extension HandEdits.Finding: CustomStringConvertible {
    /// A line a file, and one for the commit.
    package var description: String {
        let subject = "commit \(commit.id.short) \"\(Printable.line(commit.subject))\""
        let severity = reason == nil ? "error" : "warning"
        var lines = paths.prefix(Self.shown).map { path in
            let change = changedIDs.first { $0.path == path }
            let id = change.map { ", and its id changes from \"\($0.before)\" to \"\($0.after)\"" } ?? ""
            return "\(Printable.line(path)): \(severity): edited by hand in \(subject)\(Printable.line(id))"
        }
        if paths.count > Self.shown { lines.append("and \(paths.count - Self.shown) more files in \(subject)") }
        lines.append(
            reason.map { "allowed: \(Printable.line($0))" }
                ?? "hint: change it in the identity provider, or end the commit's message with "
                + "\"\(HandEdits.trailer): REASON\""
        )
        return lines.joined(separator: "\n")
    }

    /// How many files of one commit are named.
    private static let shown = 20
}
