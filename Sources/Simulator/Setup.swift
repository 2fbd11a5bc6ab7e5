package import Reconcile

/// What a simulated organisation begins with, and how it behaves.
package struct Setup: Sendable {
    /// The members, as a target that is a file has them.
    package var seed: Organization
    package var switches = Switches()
    /// What goes wrong, and when.
    package var faults: [Fault] = []
    /// Who calls with which token.
    package var tokens: [String: Caller]
    /// The address of the person whom the tokens of people belong to; nil: nobody in particular.
    package var caller: String?
    /// A value of `DagsterCloudPlanType`.
    package var plan = "ENTERPRISE"
    /// How many people may hold editor or more; nil: as many as they like.
    package var seats: Int?
    /// Whether Dagster+'s own SCIM is on, and everybody who is there came by it.
    package var isSCIMSyncOn = false
    /// Deployments that are there, and about to be deleted.
    package var pendingDeletion: Set<String> = []
    /// How long nothing is said where a fault is silence.
    package var silence: Duration = .seconds(600)
    /// The clock: seconds since 1970.
    package var now: @Sendable () -> Double = { 0 }

    /// The token of an administrator, unless others are given.
    package static let defaultToken = "user:simulated-admin"

    package init(seed: Organization, tokens: [String: Caller] = [Setup.defaultToken: .organizationAdmin]) {
        self.seed = seed
        self.tokens = tokens
    }
}

extension Setup {
    /// The state that the organisation begins with.
    var state: SimulatedState {
        var state = SimulatedState(seed: seed)
        state.plan = plan
        state.seats = seats
        state.isSCIMSyncOn = isSCIMSyncOn
        for id in state.people.keys { state.people[id]?.isSCIMProvisioned = isSCIMSyncOn }
        for (id, deployment) in state.deployments where pendingDeletion.contains(deployment.name) {
            state.deployments[id]?.isPendingDeletion = true
        }
        return state
    }
}
