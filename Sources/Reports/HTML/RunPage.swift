internal import Access
internal import Reconcile
internal import YAML

/// A run as one page: what is refused, what it means for people, who may do what, and the objects.
struct RunPage {
    let report: RunReport

    var html: String {
        switch report.outcome {
        case .refused(let refusal): page(of: refusal)
        case .planned(let plan): page(of: plan)
        case .applied(let applied): page(of: applied.plan)
        }
    }

    private func page(of plan: Plan) -> String {
        Page(title: "\(plan.target): \(plan.summary)", facts: facts(of: plan), body: body(of: plan)).html
    }

    private func page(of refusal: Refusal) -> String {
        let lines: [String]
        switch refusal {
        case .invalid(let diagnostics): lines = diagnostics.map(Self.words)
        case .guarded(let verdicts): lines = verdicts.map(Self.words)
        default: lines = refusal.description.split(separator: "\n").map { HTML.text(String($0)) }
        }
        let list = HTML.element("section", class: "refused", HTML.element("h2", "Why") + HTML.list(lines))
        let facts = [HTML.element("span", class: "bad", "exit \(refusal.exitCode.rawValue)")]
        return Page(title: "Nothing was applied", facts: facts, body: list + "\n").html
    }

    private func facts(of plan: Plan) -> [String] {
        var facts = [
            plan.commit.map { "commit <code>\(HTML.text(PlanText.short($0)))</code>" } ?? "the tree as it lies"
        ]
        if plan.isFirst { facts.append("first run") }
        if let base = plan.base, !plan.isFirst {
            facts.append("last applied <code>\(HTML.text(PlanText.short(base)))</code>")
        }
        if plan.isRefused { facts.append(HTML.element("span", class: "bad", "refused")) }
        return facts + done(plan)
    }

    private func done(_ plan: Plan) -> [String] {
        guard let applied = report.applied else { return plan.items.isEmpty ? [] : ["nothing written"] }
        let count = applied.results.count { $0.outcome == .applied }
        let isGood = applied.failures.isEmpty && [.confirmed, .notNeeded].contains(applied.verification)
        let words = "applied \(count) of \(applied.results.count)" + HTML.text(Self.words(of: applied.verification))
        return [HTML.element("span", class: isGood ? "good" : "bad", words)]
    }

    private func body(of plan: Plan) -> String {
        let objects = ObjectsHTML(plan: plan)
        let parts = [
            alert(
                "Refused: nothing was applied",
                class: "refused",
                plan.preconditions.map(Self.words) + plan.refusals.map(Self.words)
            ),
            alert("Not applied", class: "refused", failures),
            alert("Held back", class: "held", plan.heldBack.map(Self.words)),
            alert("Waiting", class: "held", plan.waiting.map(Self.words)),
            HTML.section(
                "What it means for people",
                id: "people",
                count: plan.people.count,
                PeopleHTML(plan: plan).html
            ),
            HTML.section(
                "Who may do what where",
                id: "matrix",
                report.matrix.map { MatrixHTML(matrix: $0).html } ?? ""
            ),
            HTML.section("Changes", id: "changes", count: plan.items.count, objects.changes),
            HTML.section("Warnings", id: "warnings", count: plan.warnings.count, warnings(of: plan)),
            HTML.section("Guards", id: "guards", objects.guards),
            HTML.section("Left alone, because dagroster does not manage it", id: "unmanaged", objects.unmanaged),
        ]
        return parts.joined()
    }
}

extension RunPage {
    private func alert(_ title: String, class classes: String, _ items: [String]) -> String {
        guard !items.isEmpty else { return "" }
        let heading = HTML.element(
            "h2",
            HTML.text(title) + " " + HTML.element("span", class: "count", "\(items.count)")
        )
        return HTML.element("section", class: classes, heading + "\n" + HTML.list(items)) + "\n"
    }

    private var failures: [String] {
        (report.applied?.failures ?? []).map { result in
            let what = HTML.element("code", HTML.text(ChangeText.text(of: result.item.change)))
            switch result.outcome {
            case .applied: return what
            case .waiting(let reason): return what + " waits: " + HTML.text(reason)
            case .failed(let reason): return what + " failed: " + HTML.text(reason)
            case .skipped(because: let id): return what + " left out: it depends on " + HTML.text(id.text)
            case .notAttempted(let reason): return what + " not tried: " + HTML.text(reason)
            }
        }
    }

    private func warnings(of plan: Plan) -> String {
        plan.warnings.isEmpty ? "" : HTML.list(plan.warnings.map(Self.words))
    }

    private static func words(_ held: HeldItem) -> String {
        HTML.element("code", HTML.text(ChangeText.text(of: held.subject))) + " " + HTML.text(PlanText.text(of: held))
    }

    private static func words(_ precondition: Precondition) -> String {
        HTML.text(PlanText.text(of: precondition))
    }

    private static func words(_ verdict: GuardVerdict) -> String {
        let override = HTML.element("code", HTML.text(verdict.overrideFlags))
        return HTML.text(verdict.description)
            + HTML.element("div", class: "hint", "if exactly this is meant: " + override)
    }

    private static func words(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.file + (diagnostic.place.map { ":\($0)" } ?? "")
        let hint = diagnostic.hint.map { HTML.element("div", class: "hint", "hint: " + HTML.text($0)) } ?? ""
        return HTML.element("code", HTML.text(place)) + " " + HTML.text(diagnostic.message) + hint
    }

    private static func words(of verification: Verification) -> String {
        switch verification {
        case .notNeeded: ""
        case .confirmed: ", read again and confirmed"
        case .missing(let ids): ", \(ids.count) of them not there when read again"
        case .unreadable(let reason): ", not confirmed: \(reason)"
        }
    }
}
