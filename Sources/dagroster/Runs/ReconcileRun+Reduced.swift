import Access
import FileTarget
import Git
import Reconcile
import Reports
import Roster
import Tree

// A plan of a large tree at a file target, made without the people whom it cannot touch: a fraction of the work.
extension ReconcileRun {
    /// The run without bystanders.
    ///
    /// - Returns: nil where everything has to be read: for an apply and whatever else needs everybody, for a small tree,
    ///   for one about which there is something to say, and where many people are concerned. What is wrong is then
    ///   found by the whole reading, which says it in full.
    static func reduced(_ command: ReconcileCommand, tree: String, _ progress: Progress) async -> ReconcileRun? {
        guard command.isReducible else { return nil }
        do {
            guard let sources = try await ReducedSources.read(command, tree) else { return nil }
            let world = try await ReducedWorld.make(sources.world)
            return world.map { ReconcileRun(command, tree, sources, $0, progress) }
        } catch {
            return nil
        }
    }

    private init(
        _ command: ReconcileCommand,
        _ tree: String,
        _ sources: ReducedSources,
        _ world: ReducedWorld,
        _ progress: Progress
    ) {
        self.init(
            command: command,
            tree: tree,
            reading: TreeReading(
                repository: sources.repository,
                commit: sources.commit,
                contents: world.contents,
                target: sources.world.target,
                settingsCommit: nil,
                userCount: sources.world.outline.roll.count
            ),
            target: OpenTarget(read: world.live),
            records: sources.records,
            record: world.record,
            progress: progress
        )
        bystanders = world.bystanders
        userNames = world.userNames
    }
}

extension ReconcileCommand {
    /// Whether it shows a plan in which nobody stands who is not concerned: the page has everybody, and a saved plan the
    /// state of all that there is.
    fileprivate var isReducible: Bool {
        !apply && !worktree && adopt.isEmpty && reporting.format != .html && plans.out == nil && plans.plan == nil
            && plans.restore == nil && plans.settingsAt == nil
    }
}

/// What a reduced world is made of, and where it was read.
private struct ReducedSources {
    let repository: Repository
    let commit: CommitID
    let records: GitRecordStore
    let world: ReducedWorld.Sources

    /// Reads tree, record and target beside one another; nil where one of them is not there, or not large.
    static func read(_ command: ReconcileCommand, _ tree: String) async throws -> ReducedSources? {
        guard let repository = try await Repository.discover(tree),
            let commit = try await TreeReading.commit(command, tree, repository),
            let bytes = try await repository.contents(of: TreeLocation.settingsFile, in: commit),
            let settings = Settings.read(bytes).settings
        else { return nil }
        let target = try TreeReading.target(command.target, in: settings)
        guard case .file(let name) = target.kind else { return nil }
        let path = name.hasPrefix("/") ? name : tree + "/" + name
        let reader = FileTargetReader(path: path, name: name)
        let records = try await TreeReading.records(of: target, settings, in: repository)
        async let outline = TreeOutline.read(CommitSource(repository, at: commit), of: tree)
        async let record = records.text()
        async let live = Task.detached { try reader.text() }.value
        guard let outline = try await outline, let record = try await record else { return nil }
        return ReducedSources(
            repository: repository,
            commit: commit,
            records: records,
            world: ReducedWorld.Sources(
                outline: outline,
                target: target,
                today: CalendarDate(secondsSince1970: Double(Clock.now().milliseconds) / 1000),
                record: record,
                live: try await live,
                organization: { reader.organization(in: $0) }
            )
        )
    }
}
