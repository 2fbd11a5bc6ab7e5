package import Access
package import Roster

/// One change of a plan, with why it is planned and what must come before it.
package struct PlanItem: Hashable, Sendable, Identifiable {
    package let id: ItemID
    package var change: Change
    package var origin: Origin
    /// Why, in words that name groups and lines of files; several where several things make one member.
    package var reasons: [String]
    /// The items that must have been applied before this one may be: without them it is left out.
    package var dependencies: [ItemID]
    /// How much a reviewer should look at it.
    package var risk: Risk

    package init(
        id: ItemID? = nil,
        _ change: Change,
        origin: Origin,
        reasons: [String] = [],
        dependencies: [ItemID] = [],
        risk: Risk = .low
    ) {
        self.id = id ?? change.id
        self.change = change
        self.origin = origin
        self.reasons = reasons
        self.dependencies = dependencies
        self.risk = risk
    }
}

extension PlanItem {
    /// The losses that the guards count for it.
    package var lossClass: LossClass { change.itemClass.lossClass }
}

/// What explains a planned change.
package enum Origin: Hashable, Sendable {
    /// The tree says so and did not before: the commit that changed it, nil where the tree has no commits.
    case commit(String?)
    /// The tree has said so all along, and the target was changed by somebody else.
    case drift
    /// A grant's last day is over.
    case expiry(CalendarDate)
    /// The caller asked for it with `--adopt`.
    case adoption
    /// The caller asked for the state of a snapshot, by its name.
    case snapshot(String)
}

extension Origin {
    /// The origin's name in machine-readable reports.
    package var kind: String {
        switch self {
        case .commit: "commit"
        case .drift: "drift"
        case .expiry: "expiry"
        case .adoption: "adoption"
        case .snapshot: "snapshot"
        }
    }
}

/// A change that the tree asks for and that this plan leaves undone.
package struct HeldItem: Hashable, Sendable {
    /// What is left undone.
    package enum Subject: Hashable, Sendable {
        case change(Change)
        /// One location of a grant, while the rest of the grant is applied.
        case override(Principal, deployment: String, location: String, role: Role)
        /// What the new holder of a name in a file would get.
        case name(MovedName)
    }

    /// Why it is left undone.
    package enum Cause: Hashable, Sendable {
        /// It would take away what was there before dagroster knew the object: `--adopt` lifts this.
        case notAdopted
        /// The deployment was there once and is gone.
        case deploymentDisappeared(String)
        /// The location was there once and is gone.
        case locationDisappeared(String)
        /// The person is no member of the organisation, and `users: ignore` says that others decide who is.
        case notInOrganization(String)
        /// Somebody whose grants are not managed holds the custom role.
        case roleInUse(by: Principal)
        /// The name is that of another person or group than at the last apply: `--adopt` or an edit lifts this.
        case nameMoved
        /// It vanished from the tree, and `guards.grace` keeps it until then; nil: for as long as the grace is, from the
        /// first apply that misses it.
        case vanished(until: Timestamp?)
        /// The run may take nothing away: `--no-removals`.
        case removalsOff
        /// A snapshot has somebody who is not active in the directory any more.
        case notActive(String)
        /// The person was invited then and has not accepted yet.
        case invited(Timestamp)
        /// The person, by key, has not accepted the invitation yet, and gets this afterwards.
        case awaits(String)
        /// The person is to go on under another key, and has not accepted the invitation there yet.
        case successorPending(String)
    }

    package var subject: Subject
    package var cause: Cause
    package var reasons: [String]

    package init(_ subject: Subject, cause: Cause, reasons: [String] = []) {
        self.subject = subject
        self.cause = cause
        self.reasons = reasons
    }
}

extension HeldItem {
    /// Whether it only waits for somebody to accept an invitation, which is neither drift nor a decision to take.
    package var isWaiting: Bool {
        switch cause {
        case .invited, .awaits, .successorPending: true
        case .notAdopted, .deploymentDisappeared, .locationDisappeared, .notInOrganization, .roleInUse, .nameMoved,
            .vanished, .removalsOff, .notActive:
            false
        }
    }

    /// The name that a record remembers and `--adopt` takes.
    package var id: ItemID {
        switch subject {
        case .change(let change): change.id
        case .override(let principal, let deployment, let location, _):
            ItemID("grant/\(principal)/deployment:\(deployment)/location:\(location)")
        case .name(let moved): ItemID(["name", moved.key, moved.place.file].map(ItemID.escaped).joined(separator: "/"))
        }
    }
}
