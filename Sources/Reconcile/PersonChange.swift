package import Access

/// What a plan means for one person: the part of a report that comes first.
package struct PersonChange: Hashable, Sendable {
    /// What happens to the membership in the organisation.
    package enum Membership: Hashable, Sendable {
        case joins
        case leaves
        case stays
        /// The same person under another address.
        case renamed(from: String)
    }

    package var key: String
    package var membership: Membership
    /// What is gained or lost where, by point.
    package var changes: [AccessChange]
    /// The item that makes the person join, leave or change the address.
    package var item: ItemID?

    package init(key: String, membership: Membership, changes: [AccessChange], item: ItemID? = nil) {
        self.key = key
        self.membership = membership
        self.changes = changes
        self.item = item
    }
}

/// What one person gains or loses at one point, and through what.
package struct AccessChange: Hashable, Sendable {
    package var point: AccessPoint
    package var before: EffectiveRole
    package var after: EffectiveRole
    /// The ways that are there only before, or give more before.
    package var lost: [AccessPath]
    /// The ways that are there only after, or give more after.
    package var gained: [AccessPath]
    /// Through what, in words: the teams and the groups behind them.
    package var reasons: [String]
    /// The items that cause it.
    package var items: [ItemID]

    package init(
        point: AccessPoint,
        before: EffectiveRole,
        after: EffectiveRole,
        lost: [AccessPath],
        gained: [AccessPath],
        reasons: [String],
        items: [ItemID]
    ) {
        self.point = point
        self.before = before
        self.after = after
        self.lost = lost
        self.gained = gained
        self.reasons = reasons
        self.items = items
    }
}

extension AccessChange {
    /// Whether something that was allowed is not allowed any more.
    package var isLoss: Bool { !after.isAtLeast(before) }

    /// Whether something that was not allowed becomes so.
    package var isGain: Bool { !before.isAtLeast(after) }
}
