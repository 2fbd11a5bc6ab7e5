/// What stops a plan from taking away too much.
package enum Guard: Hashable, Sendable {
    /// The number and the share of one class of losses.
    case removals(LossClass)
    /// The share of one team's members.
    case group(String)
    /// How many organisation admins are left.
    case admins
    /// The organisation admin role of the caller.
    case caller
    /// The organisation's owner.
    case owner
    /// People and teams of `access/protected.yaml`.
    case protected
    /// A tree that says nothing where the record says something.
    case empty
}

extension Guard {
    /// The name without that of a team: plain letters, whatever the identity provider calls its groups.
    package var kind: String {
        if case .group = self { "group" } else { name }
    }

    /// Every kind that there is.
    package static var kinds: [String] {
        let others: [Guard] = [.group(""), .admins, .caller, .owner, .protected, .empty]
        return (LossClass.allCases.map { Guard.removals($0) } + others).map(\.kind)
    }

    /// The name that reports and digests use.
    package var name: String {
        switch self {
        case .removals(let lossClass): lossClass.rawValue
        case .group(let team): "group:\(team)"
        case .admins: "admins"
        case .caller: "caller"
        case .owner: "owner"
        case .protected: "protected"
        case .empty: "empty"
        }
    }
}

/// What one guard counted in a plan, and whether it lets the plan pass.
package struct GuardVerdict: Hashable, Sendable {
    /// Why a plan is refused.
    package enum Refusal: Hashable, Sendable {
        case count(limit: Int)
        case percent(limit: Int, floor: Int)
        case half
        case groupPercent(limit: Int)
        case admins(left: Int, minimum: Int)
        case caller
        case owner
        case protected
        case empty
    }

    package var check: Guard
    /// What was counted, sorted; the digest is that of exactly these.
    package var losses: [String]
    /// The size of the class before the plan.
    package var total: Int
    /// Why it refuses; nil: it does not.
    package var refusal: Refusal?
    /// The permission to pass that was given for exactly these losses.
    package var override: GuardOverride?

    package init(
        _ check: Guard,
        losses: [String],
        total: Int,
        refusal: Refusal? = nil,
        override: GuardOverride? = nil
    ) {
        self.check = check
        self.losses = losses.sorted()
        self.total = total
        self.refusal = refusal
        self.override = override
    }
}

extension GuardVerdict {
    /// Whether the plan may not be applied because of this.
    package var isRefused: Bool { refusal != nil && override == nil }

    /// The digest that an override must name: as soon as other things would be lost, it is another one.
    package var digest: String { LossDigest.digest(guardName: check.name, losses: losses) }

    /// The flags that let exactly these losses pass: a team's name is left to the digest, because anybody may choose
    /// one that a shell or a terminal reads differently.
    package var overrideFlags: String { "--override \(check.kind)=\(digest) --reason TEXT" }
}

extension GuardVerdict: CustomStringConvertible {
    /// What was counted and which limit it passes, with the numbers.
    package var description: String {
        let lost = losses.count
        switch refusal {
        case nil: return "\(check.name) \(lost) of \(total)"
        case .count(let limit):
            return "plan takes away \(lost) of \(total) \(what), more than guards.removals.count (\(limit)) allows"
        case .percent(let limit, let floor):
            return "plan takes away \(lost) of \(total) \(what), "
                + "more than guards.removals.percent (\(limit) % beyond \(floor)) allows"
        case .half: return "plan takes away \(lost) of \(total) \(what), more than half of them"
        case .groupPercent(let limit):
            return "plan takes away \(lost) of \(total) \(what), more than guards.group.percent (\(limit) %) allows"
        case .admins(let left, let minimum):
            return "plan leaves \(left) of \(total) organization admins, fewer than guards.minAdmins (\(minimum))"
        case .caller: return "plan takes the organization admin role from the caller, \"\(losses.joined())\""
        case .owner: return "plan removes or lowers the organization's owner"
        case .protected:
            return "plan removes or lowers \(lost) of the \(total) people and teams in access/protected.yaml"
        case .empty: return "the tree names nobody where the last apply had \(total) people and teams"
        }
    }

    private var what: String {
        switch check {
        case .removals(.people): "people"
        case .removals(.memberships): "memberships"
        case .removals(.access): "people's access"
        case .removals(.teams): "teams"
        case .removals(.roles): "custom roles"
        case .group(let team): "members of team \"\(team)\""
        case .admins, .caller, .owner, .protected, .empty: check.name
        }
    }
}
