internal import Access
internal import Reconcile
internal import YAML

/// A run as a comment on a pull request: what it means first, every foreign text in a code span, cut to length.
struct RunMarkdown {
    let report: RunReport
    /// How many bytes there may be.
    var limit = BoundedMarkdown.limit

    var text: String {
        var output = BoundedMarkdown(limit: limit)
        switch report.outcome {
        case .refused(let refusal): write(refusal, to: &output)
        case .planned(let plan): write(plan, to: &output)
        case .applied(let applied): write(applied.plan, to: &output)
        }
        return output.text
    }

    private func write(_ plan: Plan, to output: inout BoundedMarkdown) {
        output.line("### dagroster: \(plan.summary) for target \(MarkdownName.code(plan.target))")
        output.line("")
        output.line(subtitle(of: plan))
        let preconditions = plan.preconditions.map { "- " + MarkdownName.code(PlanText.text(of: $0)) }
        let refusals = preconditions + plan.refusals.map { "- " + Self.words(of: $0) }
        if !refusals.isEmpty {
            output.section(["", "**Refused: nothing was applied**", ""], items: refusals)
        }
        writeFailures(to: &output)
        writePeople(of: plan, to: &output)
        write(plan.heldBack, titled: "Held back", to: &output)
        write(plan.waiting, titled: "Waiting", to: &output)
        if !plan.items.isEmpty {
            let opening = [
                "", "<details><summary>\(PlanText.counted(plan.items.count, "change", "changes"))</summary>", "",
            ]
            output.section(opening, items: plan.items.map(Self.line), closing: ["", "</details>"])
        }
        writeWarnings(plan.warnings, to: &output)
        writeNumbers(of: plan, to: &output)
    }

    private func subtitle(of plan: Plan) -> String {
        let tree = plan.commit.map { "commit `\(PlanText.short($0))`" } ?? "the tree as it lies"
        let base = plan.isFirst ? "first run" : plan.base.map { "last applied `\(PlanText.short($0))`" }
        return [tree, base, done].compactMap { $0 }.joined(separator: " · ")
    }

    private var done: String? {
        guard let applied = report.applied else { return report.plan?.items.isEmpty == true ? nil : "nothing written" }
        let count = applied.results.count { $0.outcome == .applied }
        return "**applied \(count) of \(applied.results.count)**" + verification(applied.verification)
    }

    private func verification(_ verification: Verification) -> String {
        switch verification {
        case .notNeeded: ""
        case .confirmed: ", read again and confirmed"
        case .missing(let ids): ", \(ids.count) of them not there when read again"
        case .unreadable(let reason): ", not confirmed: \(MarkdownName.code(reason))"
        }
    }

    private func write(_ refusal: Refusal, to output: inout BoundedMarkdown) {
        output.line("### dagroster: nothing was applied (exit \(refusal.exitCode.rawValue))")
        let lines: [String]
        switch refusal {
        case .invalid(let diagnostics): lines = diagnostics.map { "- " + Self.words(of: $0) }
        case .guarded(let verdicts): lines = verdicts.map { "- " + Self.words(of: $0) }
        default:
            lines = refusal.description.split(separator: "\n").map { "- " + MarkdownName.code(String($0)) }
        }
        output.section([""], items: lines)
    }
}

extension RunMarkdown {
    private func write(_ held: [HeldItem], titled title: String, to output: inout BoundedMarkdown) {
        guard !held.isEmpty else { return }
        let items = held.map { held in
            let what = MarkdownName.code(ChangeText.text(of: held.subject))
            return "- \(what) \(MarkdownName.code(PlanText.text(of: held)))"
        }
        output.section(["", "**\(title) (\(held.count))**", ""], items: items)
    }

    private func writeFailures(to output: inout BoundedMarkdown) {
        guard let applied = report.applied else { return }
        let failures = applied.failures.map { result in
            "- \(MarkdownName.code(ChangeText.text(of: result.item.change))) \(Self.words(of: result.outcome))"
        }
        guard !failures.isEmpty else { return }
        output.section(["", "**Not applied (\(failures.count))**", ""], items: failures)
    }

    private func writePeople(of plan: Plan, to output: inout BoundedMarkdown) {
        guard !plan.people.isEmpty else { return }
        let opening = [
            "", "**People (\(plan.people.count))**", "", "| | who | where | before | after | through |",
            "|:-:|---|---|---|---|---|",
        ]
        let rows = PeopleBlock.all(of: plan).flatMap { Self.rows(of: $0.block, names: $0.names) }
        output.section(opening, items: rows)
    }

    private func writeWarnings(_ warnings: [Diagnostic], to output: inout BoundedMarkdown) {
        guard !warnings.isEmpty else { return }
        output.section(["", "**Warnings (\(warnings.count))**", ""], items: warnings.map { "- " + Self.words(of: $0) })
    }

    private func writeNumbers(of plan: Plan, to output: inout BoundedMarkdown) {
        let text = PlanText(plan: plan, palette: Palette(isColored: false))
        let passed = plan.guards.compactMap { verdict in
            verdict.override.map { passed in
                "- overridden: \(MarkdownName.code(verdict.description)) \(MarkdownName.code(passed.reason))"
            }
        }
        output.section(["", text.guardCounts], items: passed + text.unused.map { "- " + MarkdownName.code($0) })
        guard !plan.unmanaged.isEmpty else { return }
        output.section(
            ["", "Left alone, because dagroster does not manage it:", ""],
            items: Self.rows(of: plan.unmanaged)
        )
    }
}

extension RunMarkdown {
    /// The rows of a table for people with whom the same happens.
    private static func rows(of block: PeopleBlock, names: [String]) -> [String] {
        let shown = names.prefix(PlanText.shownNames).map(MarkdownName.code).joined(separator: " ")
        let who = shown + (names.count > PlanText.shownNames ? " and \(names.count - PlanText.shownNames) more" : "")
        let sign: String
        let what: String
        switch block.kind {
        case .joins: (sign, what) = ("+", names.count == 1 ? " **joins**" : " **join**")
        case .leaves: (sign, what) = ("−", names.count == 1 ? " **leaves**" : " **leave**")
        case .renamed: (sign, what) = ("~", " same person, new address")
        case .stays: (sign, what) = (block.changes.contains(where: \.isLoss) ? "−" : "+", "")
        }
        let origin = block.origin.map { " · \($0)" } ?? ""
        guard let first = block.changes.first else {
            return ["| \(sign) | \(who)\(what) | | | | \(origin.dropFirst(3)) |"]
        }
        return ["| \(sign) | \(who)\(what) | \(cells(of: first, origin: origin))"]
            + block.changes.dropFirst().map { "| | | \(cells(of: $0, origin: ""))" }
    }

    private static func cells(of line: AccessLine, origin: String) -> String {
        let reasons = line.reasons.map(MarkdownName.code).joined(separator: " ")
        let origins = line.origins.isEmpty ? origin : " · " + line.origins.joined(separator: ", ")
        let roles = [line.before, line.after].map { $0.isNone ? "none" : MarkdownName.code($0.description) }
        let through = reasons.isEmpty ? String(origins.dropFirst(3)) : reasons + origins
        return "\(MarkdownName.code(line.point)) | \(roles[0]) | \(roles[1]) | \(through) |"
    }

    private static func line(of item: PlanItem) -> String {
        let sign: String
        switch item.change.action {
        case .create: sign = "+"
        case .remove: sign = "−"
        case .update, .rename: sign = "~"
        }
        let reasons = item.reasons.map(MarkdownName.code).joined(separator: " ")
        let parts = ["- **\(sign)**", MarkdownName.code(ChangeText.text(of: item.change)), reasons]
        return parts.filter { !$0.isEmpty }.joined(separator: " ") + " · \(PlanText.text(of: item.origin))"
    }

    private static func rows(of unmanaged: Unmanaged) -> [String] {
        let names =
            unmanaged.users.map { "user \($0)" } + unmanaged.teams.map { "team \($0)" }
            + unmanaged.roles.map { "role \($0)" } + unmanaged.serviceUsers.map { "service user \($0)" }
        let grants = unmanaged.grants.map { held in
            "grant \(held.holder): \(AccessPoint(held.grant.scope)): \(ChangeText.text(of: held.grant))"
        }
        return (names + grants).map { "- " + MarkdownName.code($0) }
    }

    private static func words(of verdict: GuardVerdict) -> String {
        "\(MarkdownName.code(verdict.description))\n  if exactly this is meant: "
            + MarkdownName.code(verdict.overrideFlags)
    }

    private static func words(of diagnostic: Diagnostic) -> String {
        let place = diagnostic.file + (diagnostic.place.map { ":\($0)" } ?? "")
        let hint = diagnostic.hint.map { " hint: \(MarkdownName.code($0))" } ?? ""
        return "\(MarkdownName.code(place)) \(MarkdownName.code(diagnostic.message))\(hint)"
    }

    private static func words(of advice: Advice) -> String {
        MarkdownName.code(advice.reason) + (advice.hint.map { " hint: \(MarkdownName.code($0))" } ?? "")
    }

    private static func words(of outcome: ItemResult.Outcome) -> String {
        switch outcome {
        case .applied: "applied"
        case .waiting(let reason): "waits: \(words(of: Advice(in: reason)))"
        case .failed(let reason): "failed: \(words(of: Advice(in: reason)))"
        case .skipped(because: let id): "left out: it depends on \(MarkdownName.code(id.text))"
        case .notAttempted(let reason): "not tried: \(words(of: Advice(in: reason)))"
        }
    }
}
