import ArgumentParser
import Foundation
import Git
import Roster
import Tree
import YAML

/// Makes a tree.
struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a tree: settings, folders, and a git repository if there is none.",
        discussion: """
            The settings name one target, a file in the tree, to try things on. In a folder that is in a repository \
            already, the new files are committed to the branch that is checked out.

            Example:  dagroster init roster
            Example:  dagroster init roster --shards 256
            """
    )

    @Argument(help: "The folder; it is made if it is missing.")
    var dir = "."

    @Option(
        help: ArgumentHelp(
            "0 keeps flat folders; 256 spreads the files, which git needs from 10,000 people on.",
            valueName: "n"
        )
    )
    var shards = 0

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !dir.isEmpty else { throw ValidationError("the folder's name is empty") }
        guard Layout.allowedShards.contains(shards) else {
            throw ValidationError("--shards \(shards) is neither 0 nor 256")
        }
    }

    func run() async throws {
        let folder = Self.absolute(dir)
        let site = try await InitSite.survey(folder)
        let commit = try await site.undoingOnFailure {
            let layout = Layout(shards: shards)
            let written = try TreeInitializer.create(at: folder, layout: layout, branch: site.branch)
            let repository = try await site.repositoryOfTree()
            let commit = try await self.commit(written, in: folder, repository, site.branch)
            try await MergeDriver.register(in: repository)
            return commit
        }
        Terminal.note("made a tree in \(folder)" + (commit.map { ", commit \($0.id.short) on \(site.branch)" } ?? ""))
        let next = "dagroster token create NAME && dagroster serve"
        switch dir {
        case ".": Terminal.note("next: \(next)")
        case Printable.line(dir): Terminal.note("next: cd \(ShellWord.quoted(dir)) && \(next)")
        default: Terminal.note("next, in that folder: \(next)")
        }
    }

    private static func absolute(_ dir: String) -> String {
        var folder = URL(filePath: dir).standardizedFileURL.path(percentEncoded: false)
        if folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        return folder
    }

    private func commit(
        _ paths: [String],
        in folder: String,
        _ repository: Repository,
        _ branch: String
    ) async throws -> Committed? {
        let changes = try paths.map { TreeChange(path: $0, bytes: try DurableFile.read(folder + "/" + $0)) }
        let seconds = Clock.now().milliseconds / 1000
        return try await repository.commit(
            changes,
            message: "Begin the roster\n\nMade by dagroster init.\n",
            author: try await repository.committer(seconds: seconds),
            on: branch
        )
    }
}
