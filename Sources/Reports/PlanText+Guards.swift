internal import Reconcile

extension PlanText {
    /// What every guard counted in one line, then each refusal with its numbers and the exact override.
    var guards: [String] {
        let passed = plan.guards.compactMap { verdict in
            verdict.override.map { passed in
                palette.change("overridden: \(verdict.description.neutralized) (\(passed.reason.neutralized))")
            }
        }
        let refused = plan.refusals.map { palette.loss("refused: " + Self.text(of: $0)) }
        return [guardCounts] + passed + refused
    }

    /// What the service behind the target does not allow.
    var preconditions: [String] {
        plan.preconditions.map { palette.loss("refused: " + Self.text(of: $0)) }
    }

    static func text(of precondition: Precondition) -> String {
        precondition.description.split(separator: "\n").map { String($0).neutralized }.joined(separator: "\n")
    }

    /// What every guard counted.
    var guardCounts: String {
        let counts = plan.guards.filter(\.isCounted).map(Self.count).joined(separator: " · ")
        return "guards: " + (counts.isEmpty ? "nothing is taken away" : counts)
    }

    /// Overrides that were given in vain: a digest that was mistyped, or is that of other losses.
    var unused: [String] {
        plan.unusedOverrides.map { given in
            let name = "\(given.guardName)=\(given.digest)".neutralized
            return palette.change("unused: --override \"\(name)\" is not the digest of what a guard refuses here")
        }
    }

    static func text(of verdict: GuardVerdict) -> String {
        """
        \(verdict.description.neutralized); nothing was applied
        hint: if exactly this is meant: \(verdict.overrideFlags.neutralized)
        """
    }

    private static func count(_ verdict: GuardVerdict) -> String {
        let mark = verdict.isRefused ? ", refused" : ""
        return "\(verdict.losses.count) of \(verdict.total) \(verdict.check.name) lost\(mark)"
    }
}

extension GuardVerdict {
    /// Whether it has something to say in a line of numbers.
    fileprivate var isCounted: Bool {
        switch check {
        case .removals, .admins: !losses.isEmpty
        case .group, .caller, .owner, .protected, .empty: false
        }
    }
}
