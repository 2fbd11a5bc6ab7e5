import Git
import Publish
import Tree

/// Whether commits can be pushed as the settings ask, before anything is served.
enum PushCheck {
    /// - Returns: who lets answers wait for pushes; nil where they do not.
    /// - Throws: ``Failure`` where nothing could ever be pushed.
    static func confirmations(for settings: GitSettings, in repository: Repository?) async throws -> PushConfirmations?
    {
        guard let push = settings.push else { return nil }
        guard settings.commits else {
            throw refusal("nothing is committed (git.commit is false)", "leave one of them out")
        }
        guard let repository else {
            throw refusal("the tree is in no git repository", "git init, or leave git.push out")
        }
        guard try await repository.remotes().contains(push.remote) else {
            throw refusal(
                "the repository has no remote \"\(push.remote)\"",
                "git remote add \(ShellWord.quoted(push.remote)) URL"
            )
        }
        return push.isDurable ? PushConfirmations(remote: push.remote) : nil
    }

    private static func refusal(_ reason: String, _ hint: String) -> Failure {
        .invalidTree(
            "\(TreeLocation.settingsFile): git.push is set and \(reason); nothing is served\nhint: \(hint)"
        )
    }
}
