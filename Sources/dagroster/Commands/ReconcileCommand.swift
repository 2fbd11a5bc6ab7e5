import Access
import ArgumentParser
import Git
import Reconcile
import Reports
import Tree

/// Compares the tree with a target, shows the difference, and applies it.
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Compare the tree with a target, show the difference, and apply it with --apply.",
        discussion: """
            Without --apply nothing is written. Guards are evaluated in every run; one that refuses names its numbers \
            and the exact override.

            Exit: 0 nothing to do, applied, or planned · 1 unexpected, or a target that cannot be read · 2 changes \
            pending (with --detailed-exitcode), or with --apply: something was held back · 3 the tree is invalid · \
            4 a guard refused · 5 the saved plan is stale or altered, or the commit is older than the applied one · \
            6 some items failed · 7 another run holds the lock · 64 wrong usage · 75 the target is unavailable

            Example:  dagroster reconcile --target acme --apply
            Example:  dagroster reconcile --out plan.json
            Example:  dagroster reconcile --plan plan.json --apply --detailed-exitcode
            """
    )

    @Option(help: ArgumentHelp("The target, by its name in dagroster.yaml. Default: the only one.", valueName: "name"))
    var target: String?

    @Option(help: ArgumentHelp("The commit that is compared. Default: HEAD.", valueName: "rev"))
    var at: String?

    @Flag(help: "Compare the files as they lie, to preview edits.")
    var worktree = false

    @Flag(help: "Apply the difference.")
    var apply = false

    @Option(
        help: ArgumentHelp(
            "Take what is held back: everything that was there before dagroster, or what a key names.",
            valueName: "key"
        )
    )
    var adopt: [String] = []

    @Option(
        name: .customLong("override"),
        help: ArgumentHelp(
            "Let a guard pass for exactly the losses that its refusal counted.",
            valueName: "guard=digest"
        )
    )
    var overrides: [String] = []

    @Option(help: "Why guards are overridden; it is kept in the record.")
    var reason: String?

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit 2 when changes are pending.")
    var detailedExitCode = false

    @OptionGroup var reporting: ReportingOptions

    @OptionGroup(title: "Plans") var plans: PlanOptions

    @OptionGroup(title: "Dagster+") var reaching: TargetOptions

    @OptionGroup(title: "After the run") var afterwards: RunOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try checkPlanOptions()
        if worktree, at != nil { throw ValidationError("--worktree and --at cannot be used together") }
        if !overrides.isEmpty, reason?.isEmpty ?? true { throw ValidationError("--override needs --reason TEXT") }
        if overrides.isEmpty, reason != nil { throw ValidationError("--reason goes with --override") }
        for text in overrides where GuardOverride(argument: text, reason: "") == nil {
            throw ValidationError("--override \"\(text)\" is not GUARD=DIGEST, as a refusal states it")
        }
    }

    func run() async throws {
        var facts = RunFacts()
        var output = RunOutput(reporting, color: common.color)
        let result: Result<Reconcile.ExitCode, any Error>
        do {
            let tree = try common.locateTree()
            facts.tree = tree
            result = .success(try await outcome(tree, &facts, &output))
        } catch {
            result = .failure(error)
        }
        Terminal.eraseProgress()
        if case .success(let code) = result { output.print(endingWith: code) }
        let (code, message) = Self.ending(result)
        let summary = facts.summary(
            code,
            isApply: apply,
            report: output.report,
            message: message,
            target: target
        )
        await RunAftermath(options: afterwards, tree: facts.tree).tell(summary)
        guard try result.get() == .success else { throw ArgumentParser.ExitCode(code.rawValue) }
    }

    private func outcome(
        _ tree: String,
        _ facts: inout RunFacts,
        _ output: inout RunOutput
    ) async throws -> Reconcile.ExitCode {
        let progress = Progress(isQuiet: reporting.quiet, common)
        do {
            let run = try await progress.during("reading the tree") {
                guard apply else { return try await ReconcileRun.begin(self, tree: tree, progress) }
                return try await ReconcileRun.beginToApply(self, tree: tree, progress)
            }
            try await facts.take(run.reading, time: apply && afterwards.metricsFile != nil)
            return apply ? try await run.apply(&output) : try await run.plan(&output)
        } catch let refusal as Refusal {
            let repository = try? await Repository.discover(tree)
            output.report(RunReport(.refused(refusal)), folder: repository?.prefix ?? "")
            return refusal.exitCode
        }
    }

    /// The exit code of a run, and why it ended where no report says so.
    private static func ending(_ result: Result<Reconcile.ExitCode, any Error>) -> (Reconcile.ExitCode, String?) {
        switch result {
        case .success(let code): (code, nil)
        case .failure(let failure as Failure):
            (Reconcile.ExitCode(rawValue: failure.code) ?? .failure, failure.description)
        case .failure(let error): (.failure, "\(error)")
        }
    }
}
