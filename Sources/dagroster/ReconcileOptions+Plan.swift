import ArgumentParser
import Reconcile
import Reports
import Tree

/// The options of `reconcile` that say which plan is made, kept or applied.
struct PlanOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Save the plan as a file, to be applied with --plan.", valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "A saved plan: with --apply exactly it is applied, or nothing (exit 5) when an item of it is not due as it was.",
            valueName: "file"
        )
    )
    var plan: String?

    @Option(
        help: ArgumentHelp(
            "Plan to bring back the state of a snapshot, by its name in .dagroster/snapshots or its path.",
            valueName: "snapshot"
        )
    )
    var restore: String?

    @Flag(name: .customLong("no-removals"), help: "Take nothing away: removals are listed and held back.")
    var noRemovals = false

    @Option(
        name: .customLong("settings-at"),
        help: ArgumentHelp(
            "The commit whose dagroster.yaml and access/protected.yaml say the targets, the guards and who is protected.",
            valueName: "rev"
        )
    )
    var settingsAt: String?

    @Option(
        name: .customLong("lock-timeout"),
        help: ArgumentHelp("How long to wait for another run to end: 30s, 5m. Default: not at all.", valueName: "time")
    )
    var lockTimeout: String?
}

extension PlanOptions {
    /// How many seconds to wait for the lock.
    var lockSeconds: Int {
        lockTimeout.flatMap { Duration(settings: $0) }.map { Int($0.components.seconds) } ?? 0
    }

    /// The saved plan that is to be applied, if one is.
    func savedPlan() throws -> SavedPlan? {
        guard let plan else { return nil }
        do {
            return try SavedPlanFile.read(try DurableFile.read(plan), file: plan)
        } catch let error as FileError {
            throw Failure.usage("the saved plan cannot be read: \(error.description)")
        }
    }
}

extension ReconcileCommand {
    /// Refuses words that make no sense together.
    func checkPlanOptions() throws {
        let options = plans
        if options.out != nil, apply {
            throw ValidationError("--out saves a plan, --apply applies one: use one of them")
        }
        if options.plan != nil {
            let others: [(String, Bool)] = [
                ("--out", options.out != nil), ("--at", at != nil), ("--worktree", worktree),
                ("--adopt", !adopt.isEmpty),
                ("--settings-at", options.settingsAt != nil), ("--restore", options.restore != nil),
            ]
            for (name, isGiven) in others where isGiven {
                throw ValidationError("--plan says it all: \(name) cannot be used with it")
            }
        }
        if options.restore != nil {
            for (name, isGiven) in [("--out", options.out != nil), ("--worktree", worktree)] where isGiven {
                throw ValidationError("--restore and \(name) cannot be used together")
            }
        }
        if let text = options.lockTimeout, Duration(settings: text) == nil {
            throw ValidationError("--lock-timeout \"\(text)\" is no time such as 30s or 5m")
        }
    }

    /// The command as a saved plan fixes it: its target, its commit, its settings.
    func following(_ saved: SavedPlan?) throws -> ReconcileCommand {
        guard let saved else { return self }
        if let target, target != saved.target {
            throw Failure.usage("the saved plan is for target \"\(saved.target)\", not for \"\(target)\"")
        }
        var command = self
        command.target = saved.target
        command.at = saved.commit
        command.plans.settingsAt = saved.settingsCommit
        return command
    }
}
