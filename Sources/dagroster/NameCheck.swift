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
        var records: [TargetRecord] = []
        for target in contents.settings.targets {
            var record: TargetRecord?
            do {
                record = try await self.record(of: target.name)
            } catch let refusal as Refusal {
                let message = "the record of target \"\(target.name)\" cannot be used: \(refusal)"
                let file = TreeLocation.settingsFile
                found.append(Diagnostic(severity: .warning, file: file, place: target.place, message: message))
            }
            if let record { records.append(record) }
            found += diagnostics(of: target, record: record, today: today)
        }
        return Self.unique(found + protectedNames(records))
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
    private func record(of target: String) async throws -> TargetRecord? {
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

extension NameCheck {
    /// A name in `protected.yaml` that is nobody's protects nobody, and looks as if it did.
    private func protectedNames(_ records: [TargetRecord]) -> [Diagnostic] {
        let protected = contents.access.protected
        guard !protected.users.isEmpty || !protected.teams.isEmpty else { return [] }
        let users = userNames.union(records.flatMap { $0.users.keys + $0.users.values.map(\.userName) })
        let teams = teamNames.union(records.flatMap(\.teams.keys))
        return warnings("user", protected.users, known: users) + warnings("team", protected.teams, known: teams)
    }

    private func warnings(_ kind: String, _ names: [Located<String>], known: Set<String>) -> [Diagnostic] {
        let keys = Set(known.map { NameKey($0) })
        return names.filter { !keys.contains(NameKey($0.value)) }.map { name in
            let suggestion = Suggestion.closest(to: name.value, among: known.sorted())
            return Diagnostic(
                severity: .warning,
                file: AccessFiles.protectedFile,
                place: name.place,
                message: "no \(kind) is called \"\(name.value)\", neither in the tree nor in a record of a target; "
                    + "only one of exactly this name at the target is protected",
                hint: suggestion.map { "did you mean \"\($0)\"?" }
            )
        }
    }

    /// By what a person may be called: the userName and the address that identifies them at a target.
    private var userNames: Set<String> {
        let identity = contents.settings.identity
        return Set(contents.directory.users.flatMap { [$0.userName] + (identity.email(of: $0).map { [$0] } ?? []) })
    }

    private var teamNames: Set<String> {
        let bound = contents.access.bindings.flatMap { binding -> [String] in
            guard case .team(let name) = binding.principal else { return [] }
            return [name] + binding.previously.map(\.value)
        }
        return Set(bound + contents.directory.groups.map(\.displayName))
    }
}
