package import YAML

/// Why a run ends before anything is written.
package enum Refusal: Error, Hashable, Sendable {
    /// The tree is invalid, or names what the target never had.
    case invalid([Diagnostic])
    /// The target cannot be read; the text says what was expected.
    case unreadable(target: String, reason: String)
    /// The target was not read as a whole.
    case untrusted(Shortfall)
    /// The target does not answer, or asks to be left alone for now.
    case unavailable(target: String, reason: String)
    /// The record cannot be read or is not one.
    case noRecord(reason: String)
    /// The remote that shares the record does not give it.
    case recordUnreachable(remote: String, reason: String)
    /// What is about to be made cannot be recorded.
    case recordNotSaved(reason: String)
    /// `--adopt` names what nobody has.
    case nothingToAdopt(key: String, suggestion: String?)
    /// Guards refuse the plan.
    case guarded([GuardVerdict])
    /// The target refuses all writing, for a reason that is known beforehand.
    case precondition(String)
    /// The service behind the target does not allow what is planned.
    case preconditions([Precondition])
    /// The commit does not descend from the one that was applied last.
    case stale(commit: String, applied: String)
    /// A saved plan is not applied.
    case stalePlan(StalePlan)
    /// The live state could not be kept for `--restore`.
    case snapshotNotSaved(reason: String)
    /// There is no such snapshot, or it is none of this target.
    case noSnapshot(name: String, reason: String)
    /// Another run holds the lock.
    case locked(by: String?)
}

/// A list that is too short to be believed.
package struct Shortfall: Hashable, Sendable {
    package var target: String
    /// What it lists: `people` or `teams`.
    package var what: String
    package var found: Int
    package var expected: Int

    package init(target: String, what: String, found: Int, expected: Int) {
        self.target = target
        self.what = what
        self.found = found
        self.expected = expected
    }
}

extension Refusal {
    package var exitCode: ExitCode {
        switch self {
        case .unreadable, .untrusted, .noRecord, .recordUnreachable, .recordNotSaved, .snapshotNotSaved: .failure
        case .invalid: .invalid
        case .guarded, .precondition, .preconditions: .refused
        case .stale, .stalePlan: .stale
        case .locked: .locked
        case .nothingToAdopt, .noSnapshot: .usage
        case .unavailable: .unavailable
        }
    }
}

extension Refusal: CustomStringConvertible {
    /// What a report says after the errors of a tree.
    package static let invalidText = "the tree is not valid for this target; nothing was applied"

    /// What is wrong, that nothing was applied, and what to do.
    package var description: String {
        switch self {
        case .invalid(let diagnostics): diagnostics.map(\.description).joined(separator: "\n")
        case .unreadable(let target, let reason):
            "target \"\(target)\" cannot be read; nothing was applied: \(reason)"
        case .untrusted(let shortfall): shortfall.description
        case .unavailable(let target, let reason):
            "target \"\(target)\" is not available: \(reason)\nhint: nothing was applied; run again later"
        case .noRecord(let reason): "the record of the last apply cannot be used; nothing was applied: \(reason)"
        case .recordUnreachable(let remote, let reason):
            "the record of the last apply is shared through remote \"\(remote)\", which did not give it; "
                + "nothing was applied: \(reason)"
        case .recordNotSaved(let reason):
            "what this run is about to make could not be recorded; nothing was applied: \(reason)"
                + "\nhint: the record is kept in refs/dagroster/applied/*, which the run must be able to push"
        case .nothingToAdopt(let key, let suggestion):
            "nothing to adopt is named \"\(key)\"" + (suggestion.map { "\nhint: did you mean \"\($0)\"?" } ?? "")
        case .guarded(let verdicts): verdicts.map(\.refusalText).joined(separator: "\n")
        case .precondition(let reason): Self.sayingThatNothingWasApplied(reason)
        case .preconditions(let found): found.map(\.description).joined(separator: "\n")
        case .stale(let commit, let applied):
            "commit \(commit.prefix(10)) does not descend from \(applied.prefix(10)), which was applied last; "
                + "nothing was applied\nhint: apply a commit that contains it; to go back, revert and apply the revert"
        case .stalePlan(let stale): stale.description
        case .snapshotNotSaved(let reason):
            "the state of the target before this apply could not be kept; nothing was applied: \(reason)"
        case .noSnapshot(let name, let reason): "there is no snapshot \"\(name)\" to restore: \(reason)"
        case .locked(let holder):
            "another run holds the lock" + (holder.map { ": \($0)" } ?? "") + "; nothing was applied"
        }
    }
}

extension Refusal {
    /// The same with what was not done, before the hint if there is one.
    private static func sayingThatNothingWasApplied(_ reason: String) -> String {
        let lines = reason.split(separator: "\n", maxSplits: 1).map(String.init)
        return ([(lines.first ?? "") + "; nothing was applied"] + lines.dropFirst()).joined(separator: "\n")
    }
}

extension Shortfall: CustomStringConvertible {
    private var one: String { what == "people" ? "person" : "team" }

    package var description: String {
        """
        target "\(target)" lists \(found) \(found == 1 ? one : what), less than half of the \(expected) that the last \
        apply left there; nothing was applied
        hint: if the target really lost them, remove its record (refs/dagroster/applied/\(target), or \
        .dagroster/applied/\(target).yaml without git) and run again as for the first time; with it goes what was \
        protected, the limits that counted, and which grants were given for a time: look at the plan first
        """
    }
}

extension GuardVerdict {
    /// The numbers, that nothing was applied, and the exact override.
    package var refusalText: String {
        "\(description); nothing was applied\nhint: if exactly this is meant: \(overrideFlags)"
    }
}
