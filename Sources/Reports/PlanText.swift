internal import Reconcile
internal import YAML

/// The lines of a plan as text.
struct PlanText {
    let plan: Plan
    let palette: Palette
    /// How many objects of a kind that is only added are shown one by one.
    static let shownAdditions = 20
    /// How many warnings are shown.
    static let shownWarnings = 20
    /// How many people are named whom the same thing happens to.
    static let shownNames = 5

    var lines: [String] {
        if plan.items.isEmpty, plan.held.isEmpty, !plan.isRefused { return [nothingToDo] + warnings + unused }
        return [header] + suspension + people + items + held + waiting + unmanaged
            + warnings + guards + preconditions + unused + leftOut
    }

    /// Until when, and why, this is not applied.
    private var suspension: [String] {
        plan.suspension.map { [palette.change("\($0.description.neutralized); nothing is applied")] } ?? []
    }

    private var leftOut: [String] {
        guard !plan.leftOut.isEmpty else { return [] }
        let what = Self.listed(plan.leftOut.map(\.text), "change is", "changes are")
        return what.map { [palette.quiet("left out: \($0) due by now and not in the saved plan")] } ?? []
    }

    private var nothingToDo: String {
        "nothing to do: target \"\(plan.target)\" is as \(tree) says" + (plan.unmanaged.isEmpty ? "" : "; \(leftAlone)")
    }

    private var header: String {
        let changes = Self.counted(plan.items.count, "change", "changes")
        let base = plan.isFirst ? "first run" : plan.base.map { "last applied \(Self.short($0))" }
        let order = plan.freesFirst ? "removals first, to free seats" : nil
        let parts = ["plan for target \"\(plan.target)\"", tree, base, changes, order].compactMap { $0 }
        return palette.heading(parts.joined(separator: " · "))
    }

    private var tree: String { plan.commit.map { "commit \(Self.short($0))" } ?? "the tree" }

    private var warnings: [String] {
        let shown = plan.warnings.prefix(Self.shownWarnings).map { palette.change(Self.text(of: $0)) }
        let rest = plan.warnings.count - shown.count
        guard rest > 0 else { return shown }
        let more = Self.counted(rest, "more warning", "more warnings")
        return shown + [palette.change("and \(more): --format json has them all")]
    }

    private var unmanaged: [String] {
        plan.unmanaged.isEmpty ? [] : [palette.quiet("unmanaged: \(leftAlone)")]
    }

    private var leftAlone: String {
        let unmanaged = plan.unmanaged
        let parts = [
            Self.listed(unmanaged.users, "user", "users"), Self.listed(unmanaged.teams, "team", "teams"),
            Self.listed(unmanaged.roles, "role", "roles"),
            Self.listed(unmanaged.serviceUsers, "service user", "service users"),
            unmanaged.grants.isEmpty ? nil : Self.counted(unmanaged.grants.count, "grant", "grants"),
        ]
        return parts.compactMap { $0 }.joined(separator: ", ") + " left alone"
    }
}

extension PlanText {
    /// A commit's name as people read it: at least seven digits.
    static func short(_ commit: String) -> String { String(commit.prefix(10)) }

    static func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }

    /// `3 users (ada, grace, lin)`; nil for none.
    static func listed(_ names: [String], _ one: String, _ many: String) -> String? {
        names.isEmpty ? nil : "\(counted(names.count, one, many)) (\(shortened(names)))"
    }

    /// The first names, and how many more there are.
    static func shortened(_ names: [String]) -> String {
        let shown = names.prefix(shownNames).map(\.neutralized).joined(separator: ", ")
        return names.count > shownNames ? "\(shown) and \(names.count - shownNames) more" : shown
    }

    /// A diagnostic whose names cannot forge a line of their own.
    static func text(of diagnostic: Diagnostic) -> String {
        var diagnostic = diagnostic
        diagnostic.file = diagnostic.file.neutralized
        diagnostic.message = diagnostic.message.neutralized
        diagnostic.hint = diagnostic.hint?.neutralized
        return diagnostic.description
    }

    static func text(of origin: Origin) -> String {
        switch origin {
        case .commit(let commit): commit.map { "commit \(short($0))" } ?? "tree"
        case .drift: "drift"
        case .expiry(let day): "expired \(day)"
        case .adoption: "adopted"
        case .snapshot(let name): "snapshot \(name.neutralized)"
        }
    }
}
