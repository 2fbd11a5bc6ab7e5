/// The people whom a plan cannot touch, as numbers: they are left out of it, and still count where it is said how many
/// there are of whom something is lost.
package struct Bystanders: Hashable, Sendable {
    /// How many there are; each of them is a member of the organisation, and ours.
    package var count: Int
    /// How many of them hold something.
    package var holding: Int
    /// How many of them are in a team, by its name.
    package var byTeam: [String: Int]

    package init(count: Int = 0, holding: Int = 0, byTeam: [String: Int] = [:]) {
        self.count = count
        self.holding = holding
        self.byTeam = byTeam
    }

    /// All their memberships.
    var memberships: Int { byTeam.values.reduce(0, +) }
}
