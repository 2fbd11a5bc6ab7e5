import Access
import Git
import Reconcile
import Reports
import Roster
import Tree
import YAML

/// The tree in the state that a question is about, with every name in it resolved.
struct ReviewedTree {
    let tree: String
    let repository: Repository?
    /// Nil for files as they lie.
    let commit: CommitID?
    let moment: TreeMoment
    let contents: TreeContents
    let policy: ResolutionPolicy
    let record: TargetRecord?
    let wanted: Wanted

    /// Reads a commit, or the files as they lie where there is no repository; refuses a tree that is not valid.
    ///
    /// With a person, of a commit only what their access depends on is read, where that is certain to say the same.
    static func read(
        _ common: CommonOptions,
        _ options: ReviewOptions,
        at name: String?,
        about person: String? = nil
    ) async throws -> ReviewedTree {
        let tree = try common.locateTree()
        let today = CalendarDate(secondsSince1970: Double(Clock.now().milliseconds) / 1000)
        guard let repository = try await Repository.discover(tree) else {
            if let name {
                throw Failure.usage("\(tree) is in no git repository, so that there is no commit \"\(name)\"")
            }
            let moment = TreeMoment(commit: nil, seconds: nil, day: today)
            return try await read(tree, nil, nil, moment, FolderSource(tree).cached, target: options.target)
        }
        let (commit, info) = try await Revision.find(name ?? "HEAD", in: repository, of: tree)
        let ownDay = CalendarDate(secondsSince1970: Double(info.committer.seconds))
        // A day is looked at as it was in its last hour, a commit as on its day, and HEAD as today.
        let day = name.map { CalendarDate($0) ?? ownDay } ?? today
        let moment = TreeMoment(commit: commit.hex, seconds: info.committer.seconds, day: day)
        if let person, let part = try await part(about: person, tree, repository, commit, moment, options.target) {
            return part
        }
        let source = CommitSource(repository, at: commit).cached(in: tree)
        return try await read(tree, repository, commit, moment, source, target: options.target)
    }

    private static func read(
        _ tree: String,
        _ repository: Repository?,
        _ commit: CommitID?,
        _ moment: TreeMoment,
        _ source: some FileSource,
        target: String?
    ) async throws -> ReviewedTree {
        let contents = try await TreeReader.read(source)
        try refuse(contents.diagnostics.filter { $0.severity == .error }, of: moment)
        let settings = try ReviewTarget.settings(target, contents.settings)
        let record = try await ReviewTarget.record(settings?.name, at: commit, in: repository, tree)
        let policy = ReviewTarget.policy(settings, contents.settings)
        let (reviewed, unknown) = resolved(tree, repository, commit, moment, contents, policy, record)
        if record != nil { try refuse(unknown, of: moment) }
        for problem in unknown { Terminal.note(problem.asWarning.description) }
        return reviewed
    }

    /// What one person's access depends on; nil where anything is wrong with it, for the whole tree to say.
    private static func part(
        about person: String,
        _ tree: String,
        _ repository: Repository,
        _ commit: CommitID,
        _ moment: TreeMoment,
        _ target: String?
    ) async throws -> ReviewedTree? {
        let settings = try await ReviewTarget.settings(of: commit, in: repository)
        let named = try? ReviewTarget.settings(target, settings)
        guard target == nil || named != nil else { return nil }
        let record: TargetRecord?
        do {
            record = try await ReviewTarget.recordInForce(named?.name, at: commit, in: repository, tree)
        } catch is Refusal {
            return nil
        }
        let contents = try await PersonSlice.read(
            person,
            in: repository,
            at: commit,
            of: tree,
            known: record?.names ?? KnownNames()
        )
        guard let contents else { return nil }
        let policy = ReviewTarget.policy(named, contents.settings)
        let (reviewed, unknown) = resolved(tree, repository, commit, moment, contents, policy, record)
        return unknown.isEmpty ? reviewed : nil
    }

    /// The tree with what it asks for, and the errors in that: names that nobody has ever had.
    private static func resolved(
        _ tree: String,
        _ repository: Repository?,
        _ commit: CommitID?,
        _ moment: TreeMoment,
        _ contents: TreeContents,
        _ policy: ResolutionPolicy,
        _ record: TargetRecord?
    ) -> (tree: ReviewedTree, unknown: [Diagnostic]) {
        let (wanted, diagnostics) = Resolution.wanted(
            contents.access,
            contents.directory,
            policy: policy,
            known: record?.names ?? KnownNames(),
            today: moment.day,
            paths: contents.paths
        )
        let reviewed = ReviewedTree(
            tree: tree,
            repository: repository,
            commit: commit,
            moment: moment,
            contents: contents,
            policy: policy,
            record: record,
            wanted: wanted
        )
        return (reviewed, diagnostics.filter { $0.severity == .error })
    }

    static func refuse(_ errors: [Diagnostic], of moment: TreeMoment) throws {
        guard !errors.isEmpty else { return }
        for problem in errors.sorted() { Terminal.note(problem.description) }
        let commit = moment.commit.map { "commit \($0.prefix(10))" } ?? "the tree"
        throw Failure.invalidTree("\(commit) is not valid: \(Count.of(errors.count, "error")); there is no answer")
    }
}

extension ReviewedTree {
    /// The ways to roles in it.
    var trails: TrailFinder { TrailFinder(wanted, contents.access, contents.directory, paths: contents.paths) }

    /// The commits that made things so; nil for a tree without commits.
    func history() async throws -> LinkHistory? {
        guard let repository, let commit else { return nil }
        return try await LinkHistory(repository, endingAt: commit, paths: contents.paths)
    }

    /// The state as one side of a comparison.
    var side: TreeSide {
        TreeSide(wanted: wanted, access: contents.access, directory: contents.directory, paths: contents.paths)
    }
}

extension Diagnostic {
    /// The same where nothing says that a name was never known.
    var asWarning: Diagnostic {
        var warning = self
        warning.severity = .warning
        return warning
    }
}
