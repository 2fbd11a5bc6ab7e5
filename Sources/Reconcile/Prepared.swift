internal import Access

/// A plan together with everything that its apply and its record need: a value, made before anything changes.
package struct Prepared: Sendable {
    package let plan: Plan
    let input: PlanInput
    let stated: [Principal: [Scope: StatedGrant]]
    /// The record as it was loaded, with an intent if the run before did not end.
    let loaded: TargetRecord?
}

/// What came of an apply.
package struct Applied: Sendable {
    /// The plan that was applied.
    package var plan: Plan
    /// What came of each item, in the order of the plan.
    package var results: [ItemResult]
    package var verification: Verification
    /// What must be recorded now; nil: the record says it already.
    package var record: TargetRecord?
    package var exitCode: ExitCode

    package init(
        plan: Plan,
        results: [ItemResult],
        verification: Verification,
        record: TargetRecord?,
        exitCode: ExitCode
    ) {
        self.plan = plan
        self.results = results
        self.verification = verification
        self.record = record
        self.exitCode = exitCode
    }
}

extension Applied {
    /// The items that were not applied, or are not there although they were.
    package var failures: [ItemResult] { results.filter { !$0.isGood } }

    /// The items that wait for people to accept invitations.
    package var waiting: [ItemResult] { results.filter { $0.isGood && $0.outcome != .applied } }
}
