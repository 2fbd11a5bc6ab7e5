package import YAML

/// What an apply would do and why, made before anything changes: printed, saved and applied from the same value.
package struct Plan: Hashable, Sendable {
    /// The target's name in the settings.
    package var target: String
    /// The tree's commit; nil for a tree that is read as it lies.
    package var commit: String?
    /// The commit that the target follows; nil before the first full apply.
    package var base: String?
    /// Whether there was no record.
    package var isFirst: Bool
    /// What is to be done, in this order.
    package var items: [PlanItem]
    /// What the tree asks for and this plan leaves undone, by name.
    package var held: [HeldItem]
    /// What it means for people, by key.
    package var people: [PersonChange]
    package var guards: [GuardVerdict]
    /// What the service behind the target does not allow: nothing can be applied.
    package var preconditions: [Precondition]
    /// Whether removals go first, because the seats suffice for the end and not for the way.
    package var freesFirst: Bool
    package var unmanaged: Unmanaged
    package var warnings: [Diagnostic]
    /// Overrides that were given and let nothing pass, because no refused guard counted what they name.
    package var unusedOverrides: [GuardOverride]
    /// Until when, and why, the settings forbid to apply it; nil: they do not.
    package var suspension: Suspension?
    /// What is due by now and no part of the saved plan that this is.
    package var leftOut: [ItemID]

    package init(
        target: String,
        commit: String? = nil,
        base: String? = nil,
        isFirst: Bool = false,
        items: [PlanItem] = [],
        held: [HeldItem] = [],
        people: [PersonChange] = [],
        guards: [GuardVerdict] = [],
        preconditions: [Precondition] = [],
        freesFirst: Bool = false,
        unmanaged: Unmanaged = Unmanaged(),
        warnings: [Diagnostic] = [],
        unusedOverrides: [GuardOverride] = [],
        suspension: Suspension? = nil,
        leftOut: [ItemID] = []
    ) {
        self.target = target
        self.commit = commit
        self.base = base
        self.isFirst = isFirst
        self.items = items
        self.held = held
        self.people = people
        self.guards = guards
        self.preconditions = preconditions
        self.freesFirst = freesFirst
        self.unmanaged = unmanaged
        self.warnings = warnings
        self.unusedOverrides = unusedOverrides
        self.suspension = suspension
        self.leftOut = leftOut
    }
}

extension Plan {
    /// The guards that forbid to apply it.
    package var refusals: [GuardVerdict] { guards.filter(\.isRefused) }

    /// Whether nothing of it may be applied.
    package var isRefused: Bool { !refusals.isEmpty || !preconditions.isEmpty }

    /// What is left undone until somebody decides or something changes.
    package var heldBack: [HeldItem] { held.filter { !$0.isWaiting } }

    /// What waits for people to accept invitations.
    package var waiting: [HeldItem] { held.filter(\.isWaiting) }

    /// Whether the target is as the tree says, but for what is held back.
    package var isEmpty: Bool { items.isEmpty }
}
