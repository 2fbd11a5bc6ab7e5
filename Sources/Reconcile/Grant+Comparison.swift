package import Access

// What one grant gives more or less than another one at the same scope.
extension Grant {
    /// Whether this gives less than another grant of the same scope at some point.
    package func isLower(than other: Grant) -> Bool {
        Set(points).union(other.points).contains { point in
            !effectiveRole(at: point).isAtLeast(other.effectiveRole(at: point))
        }
    }

    /// A grant of the same scope that gives at every point what either gives; nil where two roles cannot be joined.
    package func joined(with other: Grant) -> Grant? {
        guard let role = Self.higher(role, other.role) else { return nil }
        var locations = locations
        for (name, override) in other.locations {
            guard let higher = Self.higher(locations[name] ?? override, override) else { return nil }
            locations[name] = higher
        }
        return Grant(scope: scope, role: role, locations: locations)
    }

    /// The higher of two roles; nil when neither covers the other, because one grant holds only one role.
    private static func higher(_ left: Role, _ right: Role) -> Role? {
        if left.isAtLeast(right) { return left }
        return right.isAtLeast(left) ? right : nil
    }
}
