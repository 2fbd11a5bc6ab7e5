internal import Git
internal import Roster
internal import Tree

/// Commits that a remote refused, made again on top of what it has: as changes of records, never as texts.
struct ReappliedBranch: Sendable {
    /// The last of the commits that were made again; the remote's own when nothing of them was left.
    var tip: CommitID
    /// What could not be made again.
    var losses: [Reapplication.Loss]
    /// What turns the records of our branch into those of the new one.
    var mutations: [Mutation]

    /// Makes the commits that `ours` has and `theirs` lacks again, and moves no reference.
    ///
    /// Each keeps its author, time and message, so that the history goes on saying who asked for what. Somebody else's
    /// commits are not made again: their words and signatures are theirs.
    init(
        _ ours: CommitID,
        on theirs: CommitID,
        at remote: String,
        in repository: Repository,
        committer: Signature
    ) async throws {
        guard let base = try await repository.mergeBase(ours, theirs) else {
            throw ReapplyError.unrelated(remote: remote)
        }
        var local = try await RecordTree(of: base, in: repository)
        var there = local
        try await there.follow(repository.changes(from: base, to: theirs), to: theirs, in: repository)
        try await Self.check(local.layout, theirs, remote, repository)
        var reapplication = Reapplication(on: there.directory)
        tip = theirs
        var parent = base
        for commit in try await repository.history(of: [], from: ours, excluding: theirs).reversed() {
            let changes = try await Self.changes(of: commit, after: parent, repository)
            reapplication.beginBatch()
            let lost = reapplication.losses.count
            for mutation in try await local.follow(changes, to: commit.id, in: repository) {
                reapplication.apply(mutation)
            }
            let files = there.take(reapplication.directory, touched: reapplication.touched)
            let message = Self.message(of: commit, without: reapplication.losses.dropFirst(lost))
            let made = try await repository.makeCommit(
                files,
                on: tip,
                message: message,
                author: commit.author,
                committer: committer
            )
            tip = made ?? tip
            parent = commit.id
        }
        losses = reapplication.losses
        mutations = try await local.follow(repository.changes(from: ours, to: tip), to: tip, in: repository)
    }

    /// What one of dagroster's own commits changed.
    private static func changes(
        of commit: CommitInfo,
        after parent: CommitID,
        _ repository: Repository
    ) async throws -> [FileChange] {
        let foreign = ReapplyError.foreign(commit: commit.id.short, subject: commit.subject)
        let keys: Set = ["Dagroster-Source", "Dagroster-Recovered"]
        guard commit.parents == [parent], commit.trailers.contains(where: { keys.contains($0.key) }) else {
            throw foreign
        }
        let inTree = try await repository.changes(from: parent, to: commit.id)
        let all = try await repository.changedPaths(from: parent, to: commit.id)
        guard all.count == inTree.count, inTree.allSatisfy({ RecordTree.kind(of: $0.path) != nil }) else {
            throw foreign
        }
        return inTree
    }

    private static func check(
        _ layout: Layout,
        _ theirs: CommitID,
        _ remote: String,
        _ repository: Repository
    ) async throws {
        let bytes = try await repository.contents(of: TreeLocation.settingsFile, in: theirs)
        let settings = bytes.flatMap { Settings.read($0).settings }
        if let settings, settings.layout != layout { throw ReapplyError.otherLayout(remote: remote) }
    }

    /// The commit's own message; what it can no longer say truly is named in it.
    private static func message(of commit: CommitInfo, without losses: some Collection<Reapplication.Loss>) -> String {
        let lost = losses.map { "Dagroster-Lost: " + Neutral.line("\($0)") + "\n" }.joined()
        let body = String(commit.body.reversed().drop(while: \.isNewline).reversed())
        return commit.subject + "\n\n" + body + (body.isEmpty ? "" : "\n") + lost
    }
}
