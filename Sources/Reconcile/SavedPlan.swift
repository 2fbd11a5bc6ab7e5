/// A plan that was saved to be applied later, as far as its apply needs it: what was decided, and on what ground.
package struct SavedPlan: Hashable, Sendable {
    /// One item, by its name and by what it finds and leaves.
    package struct Item: Hashable, Sendable {
        package var id: ItemID
        package var digest: String

        package init(id: ItemID, digest: String) {
            self.id = id
            self.digest = digest
        }
    }

    /// The target's name in the settings.
    package var target: String
    /// The tree's commit; nil for a tree that is read as it lies.
    package var commit: String?
    /// The commit that settings were taken from, where it was another one.
    package var settingsCommit: String?
    /// The fingerprint of the target as the plan found it.
    package var fingerprint: String
    /// What `--adopt` took.
    package var adoption: Adoption
    /// The overrides that were given when it was made.
    package var overrides: [GuardOverride]
    package var items: [Item]

    package init(
        target: String,
        commit: String? = nil,
        settingsCommit: String? = nil,
        fingerprint: String,
        adoption: Adoption = .none,
        overrides: [GuardOverride] = [],
        items: [Item] = []
    ) {
        self.target = target
        self.commit = commit
        self.settingsCommit = settingsCommit
        self.fingerprint = fingerprint
        self.adoption = adoption
        self.overrides = overrides
        self.items = items
    }
}

extension Prepared {
    /// The plan as it can be saved.
    package func saved(settingsCommit: String?) -> SavedPlan {
        SavedPlan(
            target: input.target,
            commit: input.commit,
            settingsCommit: settingsCommit,
            fingerprint: input.live.fingerprint,
            adoption: input.adoption,
            overrides: input.overrides,
            items: plan.items.map { SavedPlan.Item(id: $0.id, digest: $0.change.digest) }
        )
    }
}

/// Why a saved plan is not applied.
package enum StalePlan: Hashable, Sendable {
    /// Its bytes are not those that were saved.
    case altered(file: String)
    /// It is no saved plan, or one of another version.
    case notOne(file: String, reason: String)
    /// Items of it would no longer be planned, in words; whether the target was changed since.
    case items([StaleItem], targetChanged: Bool)
}

/// An item of a saved plan that would no longer be planned as it was.
package struct StaleItem: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// Nothing of the kind is due.
        case notDue
        /// It is due with another content.
        case different
        /// It is held back by now.
        case held
    }

    package var id: ItemID
    package var reason: Reason

    package init(id: ItemID, reason: Reason) {
        self.id = id
        self.reason = reason
    }
}

extension StalePlan: CustomStringConvertible {
    /// How many items are named one by one.
    private static let shown = 20

    package var description: String {
        switch self {
        case .altered(let file):
            "\"\(file)\" was altered after it was saved: its digest is not that of its content; nothing was applied"
                + "\nhint: make a new plan with --out"
        case .notOne(let file, let reason): "\"\(file)\" is no saved plan: \(reason); nothing was applied"
        case .items(let items, let targetChanged): Self.text(items, targetChanged)
        }
    }

    private static func text(_ items: [StaleItem], _ targetChanged: Bool) -> String {
        let because =
            targetChanged
            ? "the target was changed since it was saved" : "the tree, the record or the day is another one by now"
        let lines = items.prefix(shown).map { "  \($0.id): \($0.reason)" }
        let more = items.count > shown ? ["  … and \(items.count - shown) more"] : []
        return
            (["the saved plan is stale: \(because); nothing was applied"] + lines + more
            + ["hint: make a new plan with --out"]).joined(separator: "\n")
    }
}

extension StaleItem.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notDue: "is not due any more"
        case .different: "is due with another content"
        case .held: "is held back by now"
        }
    }
}
