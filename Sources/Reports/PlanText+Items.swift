internal import Access
internal import Reconcile
internal import Roster

extension PlanText {
    /// Every object that changes, in the order of an apply; many additions of one kind are cut short.
    var items: [String] {
        guard !plan.items.isEmpty else { return [] }
        var lines = [palette.heading("changes (\(plan.items.count))")]
        var additions: [ItemClass: Int] = [:]
        for item in plan.items {
            if item.change.action == .create {
                additions[item.change.itemClass, default: 0] += 1
                guard additions[item.change.itemClass, default: 0] <= Self.shownAdditions else { continue }
            }
            lines.append(line(of: item))
        }
        for itemClass in ItemClass.allCases {
            let hidden = additions[itemClass, default: 0] - Self.shownAdditions
            guard hidden > 0 else { continue }
            lines.append("  + \(itemClass.rawValue)  … and \(hidden) more; --format json has them all")
        }
        return lines
    }

    private func line(of item: PlanItem) -> String {
        let reasons = item.reasons.map(\.neutralized).joined(separator: "; ")
        let parts = [
            marked(item.change), reasons, palette.quiet("[\(Self.text(of: item.origin))]"),
        ]
        return "  " + parts.filter { !$0.isEmpty }.joined(separator: "  ")
    }

    private func marked(_ change: Change) -> String {
        let text = ChangeText.text(of: change)
        switch change.action {
        case .create: return palette.gain("+ \(text)")
        case .remove: return palette.loss("- \(text)")
        case .update, .rename: return palette.change("~ \(text)")
        }
    }

    /// What is left undone, and what to do about it.
    var held: [String] {
        let held = plan.heldBack
        guard !held.isEmpty else { return [] }
        return [palette.heading("held back (\(held.count))")]
            + held.map { "  ! \(ChangeText.text(of: $0.subject))  \(Self.text(of: $0))" }
    }

    /// What is done once people have accepted invitations.
    var waiting: [String] {
        let waiting = plan.waiting
        guard !waiting.isEmpty else { return [] }
        return [palette.heading("waiting (\(waiting.count))")]
            + waiting.map { "  … \(ChangeText.text(of: $0.subject))  \(Self.text(of: $0))" }
    }

    static func text(of held: HeldItem) -> String {
        switch held.cause {
        case .nameMoved: return moved(held)
        case .notAdopted:
            let name = held.principal?.name ?? held.id.text
            return "was there before dagroster; --adopt \(ChangeText.quoted(name)) takes it away"
        case .deploymentDisappeared(let name): return "deployment \"\(name.neutralized)\" disappeared from the target"
        case .locationDisappeared(let name): return "location \"\(name.neutralized)\" disappeared from the target"
        case .notInOrganization(let name): return "\"\(name.neutralized)\" is no member of the organization"
        case .vanished(until: let until):
            let end = until.map { "until \($0)" } ?? "for now: it goes when it is still missing after the grace"
            return "vanished and is kept \(end) (guards.grace)"
        case .removalsOff: return "is kept: --no-removals"
        case .notActive(let name):
            return "\"\(name.neutralized)\" is not active in the directory and does not come back"
        case .invited(let sent): return "was invited \(sent.wholeSeconds) and has not accepted yet"
        case .awaits(let name): return "comes when \"\(name.neutralized)\" has accepted the invitation"
        case .successorPending(let name):
            return "goes when \"\(name.neutralized)\" has accepted the invitation"
        case .roleInUse(by: let principal): return "still held by \(principal.description.neutralized)"
        }
    }
}

extension PlanText {
    /// Who would gain something by a name, and how they can be given it.
    private static func moved(_ held: HeldItem) -> String {
        guard case .name(let moved) = held.subject else { return "" }
        let who = moved.kind == .user ? "another person" : "another group, with \(shortened(moved.gaining)),"
        return "is \(who) than at the last apply and gets nothing; write \"\(moved.formerNow.neutralized)\", "
            + "or take the new one with --adopt \(ChangeText.quoted(moved.key))"
    }
}

extension HeldItem {
    /// Whom it is about; nil for a custom role.
    fileprivate var principal: Principal? {
        switch subject {
        case .change(let change): change.principal
        case .override(let principal, deployment: _, location: _, role: _): principal
        case .name: nil
        }
    }
}
