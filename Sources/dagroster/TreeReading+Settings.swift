import Access
import Git
import Reconcile
import Tree
import YAML

// `--settings-at`: a change under review cannot loosen the guards that judge it, nor turn to another target.
extension TreeReading {
    /// The commit that targets and guards are taken from; nil: the tree's own.
    static func settingsCommit(_ command: ReconcileCommand, _ repository: Repository?) async throws -> CommitID? {
        guard let name = command.plans.settingsAt else { return nil }
        guard let repository else {
            throw Failure.usage("the tree is in no git repository, so that there is no commit \"\(name)\"")
        }
        guard let commit = try await repository.resolve(name) else {
            throw Failure.usage("there is no commit \"\(name)\" in the repository of the tree")
        }
        return commit
    }
}

extension TreeContents {
    /// Takes targets, guards, `suspend` and who is protected from another commit; how the tree is laid out and whom an
    /// address names stay its own.
    mutating func takeSettings(from commit: CommitID, _ repository: Repository) async throws {
        guard let bytes = try await repository.contents(of: TreeLocation.settingsFile, in: commit) else {
            throw Failure.usage("commit \(commit) has no \(TreeLocation.settingsFile)")
        }
        let (read, diagnostics) = Settings.read(bytes, file: "\(commit.hex.prefix(10)):\(TreeLocation.settingsFile)")
        guard let read else { throw Refusal.invalid(diagnostics) }
        settings.targets = read.targets
        settings.guards = read.guards
        settings.suspend = read.suspend
        settings.git = read.git
        guard let bytes = try await repository.contents(of: AccessFiles.protectedFile, in: commit) else { return }
        let (others, problems) = AccessFiles.read([(path: AccessFiles.protectedFile, bytes: bytes)])
        guard !problems.contains(where: { $0.severity == .error }) else { throw Refusal.invalid(problems) }
        let own = access.protected
        access.protected.users += others.protected.users.filter { other in
            !own.users.contains { $0.value == other.value }
        }
        access.protected.teams += others.protected.teams.filter { other in
            !own.teams.contains { $0.value == other.value }
        }
    }
}
