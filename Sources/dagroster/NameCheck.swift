import Access
import Git
import Reconcile
import Roster
import Tree
import YAML

/// Resolves the names under `access/` as `reconcile` would, with what is known on this machine: no remote is asked.
struct NameCheck {
    let tree: String
    let repository: Repository?
    let contents: TreeContents

    /// What is to be said about names: one that neither the tree nor the record of a target knows is an error, and a
    /// warning where there is no record, because the target's may know it.
    func diagnostics(today: CalendarDate) async throws -> [Diagnostic] {
        var found: [Diagnostic] = []
        for target in contents.settings.targets {
            var record: TargetRecord?
            do {
                record = try await self.record(of: target.name)
            } catch let refusal as Refusal {
                let message = "the record of target \"\(target.name)\" cannot be used: \(refusal)"
                let file = TreeLocation.settingsFile
                found.append(Diagnostic(severity: .warning, file: file, place: target.place, message: message))
            }
            found += diagnostics(of: target, record: record, today: today)
        }
        return Self.unique(found)
    }

    private func diagnostics(
        of target: TargetSettings,
        record: TargetRecord?,
        today: CalendarDate
    ) -> [Diagnostic] {
        let (_, diagnostics) = Resolution.wanted(
            contents.access,
            contents.directory,
            policy: contents.settings.policy(for: target),
            known: record?.names ?? KnownNames(),
            today: today,
            paths: contents.paths
        )
        guard record == nil else { return diagnostics }
        return diagnostics.map { diagnostic in
            var diagnostic = diagnostic
            diagnostic.severity = .warning
            return diagnostic
        }
    }

    /// The record as it lies here.
    func record(of target: String) async throws -> TargetRecord? {
        guard let repository else { return try await FileRecordStore(tree: tree, target: target).load() }
        let author = try await repository.committer(seconds: Clock.now().milliseconds / 1000)
        return try await GitRecordStore(repository, target: target, remote: nil, author: author).load()
    }

    /// Each once: an error of one target says more than another one's warning.
    private static func unique(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var bySubject: [Diagnostic: Diagnostic] = [:]
        for diagnostic in diagnostics {
            var subject = diagnostic
            subject.severity = .error
            if bySubject[subject] == nil || diagnostic.severity == .error { bySubject[subject] = diagnostic }
        }
        return bySubject.values.sorted()
    }
}
