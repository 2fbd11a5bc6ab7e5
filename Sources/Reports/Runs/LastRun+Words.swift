internal import Reconcile

extension LastRun {
    /// How it ended, in words, as the README's table of exit codes has it.
    package var meaning: String {
        switch exitCode {
        case .success: success
        case .failure: "an unexpected error, or a target that cannot be read or trusted; nothing was written"
        case .pending: isApply ? "something was held back, the rest is applied" : "changes are pending"
        case .invalid: "the tree is invalid; nothing was written"
        case .refused: "a guard or a precondition refused; nothing was written"
        case .stale: "the plan is stale, or the commit is older than the applied one; nothing was written"
        case .partial: "some changes failed, the others are applied"
        case .locked: "another run held the lock; nothing was written"
        case .usage: "wrong usage; nothing was written"
        case .unavailable: "the target was unavailable"
        }
    }

    private var success: String {
        let planned = counts.reduce(0) { $0 + $1.planned }
        if planned == 0 { return "nothing to do" }
        return isApply ? "everything is applied" : "a plan of \(PlanText.counted(planned, "change", "changes"))"
    }

    /// Whether somebody must look: an apply, which nobody may have watched, did not end well.
    package var needsAttention: Bool { isApply && RunOutcome(exitCode) != .ok }
}
