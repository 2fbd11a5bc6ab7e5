import Access
import Git
import Reconcile
import Reports
import Roster
import Tree
import YAML

extension Comparison {
    /// Reads both states and compares them.
    ///
    /// A name under `access/` means in the new state whom it meant in the old one, as it will when the change is applied.
    func report(target: String?) async throws -> DifferenceReport {
        let (before, after, settings, known) = try await read(target: target)
        try ReviewedTree.refuse(after.diagnostics.filter { $0.severity == .error }, of: to)
        noteErrors(of: before)
        let oldSide = side(before, policy: policy(like: settings, before.settings), known: known)
        let newSide = side(
            after,
            policy: ReviewTarget.policy(settings, after.settings),
            known: known.completed(by: before.directory)
        )
        return DifferenceReport(from: from, to: to, difference: AccessDifference(from: oldSide, to: newSide))
    }

    /// Both states, with what the later one's settings and the record of their target say.
    private func read(
        target name: String?
    ) async throws -> (before: TreeContents, after: TreeContents, target: TargetSettings?, known: KnownNames) {
        guard let new else {
            let before = try await TreeReader.read(CommitSource(repository, at: old).cached(in: tree))
            let after = try await TreeReader.read(FolderSource(tree).cached)
            let (target, known) = try await context(name, after.settings)
            return (before, after, target, known)
        }
        async let begun = TreeComparison.begun(repository, from: old, to: new, in: tree)
        let (target, known) = try await context(name, ReviewTarget.settings(of: new, in: repository))
        let states = try await begun.finished(known: known)
        return (states.before, states.after, target, known)
    }

    private func context(
        _ name: String?,
        _ settings: Settings
    ) async throws -> (target: TargetSettings?, known: KnownNames) {
        let target = try ReviewTarget.settings(name, settings)
        return (target, try await ReviewTarget.names(target?.name, at: old, in: repository))
    }

    /// An old state that is not valid is compared as far as it can be read: the change may be what mends it.
    private func noteErrors(of contents: TreeContents) {
        let errors = contents.diagnostics.filter { $0.severity == .error }
        guard let first = errors.first else { return }
        let more = errors.count > 1 ? " and \(errors.count - 1) more" : ""
        Terminal.note(
            "warning: commit \(old.short) is not valid, and what cannot be read there counts as absent\n\(first)\(more)"
        )
    }

    private func policy(like target: TargetSettings?, _ settings: Settings) -> ResolutionPolicy {
        ReviewTarget.policy(target.flatMap { settings.target(named: $0.name) }, settings)
    }

    private func side(_ contents: TreeContents, policy: ResolutionPolicy, known: KnownNames) -> TreeSide {
        let (wanted, diagnostics) = Resolution.wanted(
            contents.access,
            contents.directory,
            policy: policy,
            known: known,
            today: to.day,
            paths: contents.paths
        )
        for problem in diagnostics where problem.severity == .error { Terminal.note(problem.asWarning.description) }
        return TreeSide(
            wanted: wanted,
            access: contents.access,
            directory: contents.directory,
            paths: contents.paths
        )
    }
}

extension KnownNames {
    /// With the names of a directory beside those of the last apply, which count first.
    func completed(by directory: Directory) -> KnownNames {
        var known = self
        for user in directory.users where known.users[NameKey(user.userName)] == nil {
            known.users[NameKey(user.userName)] = user.id
        }
        for group in directory.groups where known.groups[NameKey(group.displayName)] == nil {
            known.groups[NameKey(group.displayName)] = group.id
        }
        return known
    }
}
