/// What somebody may do at one level: the most that built-in roles give, and every custom role beside it.
///
/// How Dagster+ combines a custom role with another is not documented; everything that any of them allows is taken.
package struct EffectiveRole: Hashable, Sendable {
    /// The highest built-in role; nil: none.
    package private(set) var builtIn: Role?
    /// The names of custom roles.
    package private(set) var custom: Set<String>

    /// What some roles give together.
    package init(_ roles: some Sequence<Role> = [] as [Role]) {
        custom = []
        for role in roles { add(role) }
    }

    /// Joins one more role.
    package mutating func add(_ role: Role) {
        if case .custom(let name) = role {
            custom.insert(name)
        } else {
            builtIn = builtIn.map { $0.isAtLeast(role) ? $0 : role } ?? role
        }
    }

    /// Whether nothing is held at all.
    package var isNone: Bool { builtIn == nil && custom.isEmpty }

    /// Whether this allows everything that the other does, as ``Role/isAtLeast(_:)`` says.
    package func isAtLeast(_ other: EffectiveRole) -> Bool { other.roles.allSatisfy(covers) }

    /// The roles that make it up: the built-in one first, then custom ones by name.
    package var roles: [Role] { (builtIn.map { [$0] } ?? []) + custom.sorted().map(Role.custom) }

    private func covers(_ role: Role) -> Bool { roles.contains { $0.isAtLeast(role) } }
}

extension EffectiveRole: CustomStringConvertible {
    /// `editor`, `viewer + on-call`, or `none`.
    package var description: String { isNone ? "none" : roles.map(\.name).joined(separator: " + ") }
}
