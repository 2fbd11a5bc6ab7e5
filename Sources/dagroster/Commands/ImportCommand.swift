import Access
import ArgumentParser
import Git
import Reconcile
import Roster
import Tree
import YAML

/// Writes a tree to start from, out of a live organisation.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write a tree to start from, out of a live organisation.",
        discussion: """
            Every person becomes a file under provisioned/users/, every team with its members one under \
            provisioned/groups/; grants become files under access/, and custom roles access/roles.yaml. The target is \
            only read. Nothing is written where something would be left to do after it, over a file that is there, or \
            while "dagroster serve" runs. Nothing is committed: look at the files first.

            Example:  dagroster import --target acme
            """
    )

    @Option(help: ArgumentHelp("The target, by its name in dagroster.yaml. Default: the only one.", valueName: "name"))
    var target: String?

    @OptionGroup(title: "Dagster+") var reaching: TargetOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let tree = try common.locateTree()
        let lock = try TreeLock.take(tree, for: "dagroster import", otherwise: "nothing was written")
        defer { withExtendedLifetime(lock) {} }
        try TreeLock.refuseWaitingChanges(tree, otherwise: "nothing was written")
        try await takeBackHalf(of: tree)
        let source = FolderSource(tree)
        let contents = try await TreeReader.read(source)
        guard contents.isValid else {
            let errors = contents.diagnostics.filter { $0.severity == .error }
            throw Failure.invalidTree(errors.map(\.description).joined(separator: "\n"))
        }
        let target = try TreeReading.target(self.target, in: contents.settings)
        let roster = try await roster(of: target, contents, source)
        Terminal.eraseProgress()
        try write(roster, in: tree)
        say(roster, of: target)
    }

    /// Takes back what an import that was killed has left half in place, unless somebody has committed any of it.
    private func takeBackHalf(of tree: String) async throws {
        let found: ImportNote?
        do throws(Diagnostic) { found = try ImportNote(of: tree) } catch {
            throw Failure.invalidTree("nothing was written\n\(error)")
        }
        guard let note = found else { return }
        if note.isHalf, let repository = try await Repository.discover(tree),
            let head = try await repository.head().commit
        {
            let committed = Set(try await CommitSource(repository, at: head).files().map(\.path))
            guard committed.isDisjoint(with: note.paths) else { return }
        }
        let count = try note.takeBack()
        guard count > 0 else { return }
        Terminal.note("took back \(Count.of(count, "file")) of an import that was stopped before all were in place")
    }

    /// What is to be written, judged before it is.
    private func roster(
        of target: TargetSettings,
        _ contents: TreeContents,
        _ source: FolderSource
    ) async throws -> RosterImport {
        do {
            try ImportCheck.refuse(contents)
            try await refuseRecorded(target, contents, tree: source.root)
            let live = try await organization(of: target, tree: source.root)
            let roster = RosterImport(live, target: target.name, settings: contents.settings)
            let today = CalendarDate(secondsSince1970: Double(Clock.now().milliseconds) / 1000)
            try await ImportCheck.refuse(roster, over: source, target: target, live: live, today: today)
            return roster
        } catch let refusal as Refusal {
            throw Failure(code: refusal.exitCode.rawValue, description: "\(refusal)")
        } catch let error as ImportError {
            throw Failure.unexpected("\(error)")
        }
    }

    /// The organisation, with the code locations of those deployments for which somebody holds a role on one.
    private func organization(of target: TargetSettings, tree: String) async throws -> Organization {
        let progress = Progress(isQuiet: false, common)
        return try await progress.during("reading target \"\(target.name)\"") {
            let first = try OpenTarget.open(target, tree: tree, located: [], options: reaching)
            let live = try await Reconciler.organization(target.name, first.reader)
            let unasked = live.locatedDeployments.filter { live.deployments[$0]?.locations == nil }
            guard !unasked.isEmpty else { return live }
            let second = try OpenTarget.open(target, tree: tree, located: unasked, options: reaching)
            return try await Reconciler.organization(target.name, second.reader)
        }
    }

    /// A target that a tree of this repository has been applied to has a tree.
    private func refuseRecorded(_ target: TargetSettings, _ contents: TreeContents, tree: String) async throws {
        let repository = try await Repository.discover(tree)
        let check = NameCheck(tree: tree, repository: repository, contents: contents)
        guard try await check.record(of: target.name) != nil else { return }
        throw Failure.unexpected(
            "target \"\(target.name)\" has been reconciled from here before; nothing was written\n"
                + "hint: what it holds because of that is in the history of this tree"
        )
    }

    /// Writes all files, or none, and readers see all of them or none: what a failure leaves half is removed again, and
    /// what a kill leaves half by the next import.
    private func write(_ roster: RosterImport, in tree: String) throws {
        let changes = roster.files.map { DurableFile.Change(path: tree + "/" + $0.path, bytes: $0.bytes) }
        let batches = BatchWriter(root: tree)
        do {
            try ImportNote.write(roster.files.map { ($0.path, $0.bytes) }, in: tree)
            try DurableFile.apply(changes, in: batches)
            try ImportNote.remove(from: tree)
        } catch {
            // What failed is said, not what failed after it; the note then stays for the next import.
            let removals = changes.map { DurableFile.Change(path: $0.path, bytes: nil) }
            if (try? DurableFile.apply(removals, in: batches)) != nil { try? ImportNote.remove(from: tree) }
            throw Failure.unexpected("\(error.description)\nhint: what had been written was removed again")
        }
    }

    private func say(_ roster: RosterImport, of target: TargetSettings) {
        let counts = roster.counts
        let parts = [
            Count.of(counts.people, "user"), Count.of(counts.teams, "group"), Count.of(counts.bindings, "access file"),
            Count.of(counts.roles, "custom role"),
        ]
        Terminal.note("imported from target \"\(target.name)\": " + parts.joined(separator: ", "))
        for omission in roster.omissions {
            Terminal.note("left out: \(Printable.line(omission.what)): \(Printable.line(omission.reason))")
        }
        if !roster.omissions.isEmpty {
            Terminal.note("hint: what is left out stays as it is at the target, and is nobody's in the tree")
        }
        let reason = "imported from \(target.name)"
        Terminal.note("next: look at the files, then keep them, which a check of hand edits allows with its reason:")
        Terminal.note("  git add provisioned access")
        Terminal.note("  git commit -m \"Begin with what \(target.name) has\" -m \"\(HandEdits.trailer): \(reason)\"")
    }
}

extension Organization {
    /// The deployments on one of whose code locations somebody holds a role.
    fileprivate var locatedDeployments: Set<String> {
        let grants = users.values.flatMap(\.grants.values) + teams.values.flatMap(\.grants.values)
        return Set(grants.filter { !$0.locations.isEmpty }.compactMap(\.scope.deploymentName))
    }
}
