import Access
import ArgumentParser
import Git
import Reports
import Tree
import YAML

/// Says what a change of the tree means for people.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "What changed between two commits, as people and access.",
        discussion: """
            First who joins or leaves which group, then who gains or loses which role where and through what, then the \
            objects. No target is asked and no token is needed, so that it may run on anybody's pull request.

            Without a range, the files as they lie are compared with HEAD; REV compares HEAD with REV; A..B compares B \
            with A, and A...B with the commit where B left A. Both sides are looked at on the day of the later one, so \
            that a grant that ended in between is no change.

            Of two commits only what differs is read, and what that depends on: an error in a record that is the same in \
            both does not keep the answer back, and is "dagroster check"'s to find.

            Exit: 0 with an answer · 3 the tree is invalid · 64 wrong usage

            Example:  dagroster diff origin/main...HEAD --format markdown
            """
    )

    @Argument(help: ArgumentHelp("What to compare.", valueName: "rev[..rev]"))
    var range: String?

    @OptionGroup var options: ReviewOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let tree = try common.locateTree()
        guard let repository = try await Repository.discover(tree) else {
            throw Failure.usage("\(tree) is in no git repository, so that there are no commits to compare")
        }
        let comparison = try await Comparison.find(range, in: repository, of: tree)
        let report = try await comparison.report(target: options.target)
        options.show(common.color, report.rendered)
    }
}
