package import Access

extension EffectiveRole {
    /// Whether everything that a role allows is allowed.
    func covers(_ role: Role) -> Bool { isAtLeast(EffectiveRole([role])) }

    /// The lesser of the two: what both allow.
    package func lesser(_ other: EffectiveRole) -> EffectiveRole {
        EffectiveRole((Role.builtIn + roles + other.roles).filter { covers($0) && other.covers($0) })
    }
}
