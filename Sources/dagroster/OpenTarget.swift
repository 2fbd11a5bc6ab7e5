import Access
import DagsterPlus
import FileTarget
import Reconcile
import Tree

/// A target of either kind, opened: what a plan reads it by, and what an apply writes it by.
struct OpenTarget: Sendable {
    /// All that a plan is given.
    let reader: any TargetReader
    /// Makes what only an apply is given.
    let writer: @Sendable () -> any TargetWriter

    /// Opens what the settings name; nothing is read of it yet.
    ///
    /// A file's path is relative to the tree; of the deployments, those are asked for their code locations for which
    /// access files name some.
    static func open(
        _ target: TargetSettings,
        tree: String,
        access: AccessFiles,
        options: TargetOptions
    ) throws -> OpenTarget {
        try open(target, tree: tree, located: access.locatedDeployments, options: options)
    }

    /// The same for the deployments that are to be asked for their code locations.
    static func open(
        _ target: TargetSettings,
        tree: String,
        located: Set<String>,
        options: TargetOptions
    ) throws -> OpenTarget {
        switch target.kind {
        case .file(let name):
            let path = name.hasPrefix("/") ? name : tree + "/" + name
            return OpenTarget(
                reader: FileTargetReader(path: path, name: name),
                writer: { FileTargetWriter(path: path, name: name) }
            )
        case .dagsterPlus(let settings):
            let account = try DagsterPlusAccount.find(settings, tree: tree, options: options)
            let connection = Connection(
                account.session(budget: options.retryBudgetDuration),
                organization: account.organization,
                located: located
            )
            return OpenTarget(
                reader: DagsterPlusReader(connection),
                writer: { DagsterPlusWriter(connection, width: options.parallel) }
            )
        }
    }
}

extension OpenTarget {
    /// A target that was read already, for a plan.
    init(read organization: Organization) {
        reader = ReadOrganization(organization: organization)
        writer = { NoWriter() }
    }

    private struct ReadOrganization: TargetReader {
        let organization: Organization

        func read() async throws -> Organization { organization }
    }

    /// A plan is given no writer, and this one does nothing.
    private struct NoWriter: TargetWriter {
        func apply(_ item: PlanItem) async throws { throw TargetError.precondition("a plan writes nothing") }
    }
}

extension AccessFiles {
    /// The deployments of which a file names code locations.
    fileprivate var locatedDeployments: Set<String> {
        let rules = bindings.flatMap { $0.grants ?? [] }
        return Set(rules.filter { !$0.grant.locations.isEmpty }.compactMap(\.grant.scope.deploymentName))
    }
}
