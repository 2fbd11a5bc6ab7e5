/// A team that is to exist, and who is to be in it because of what.
package struct WantedTeam: Hashable, Sendable {
    /// The name as its file or group spells it.
    package var name: String
    /// Former names: a team that has one of them is renamed.
    package var previously: [String]
    /// Ids of the provisioned groups whose members it gets, in the order of the file; a renamed group keeps its id.
    package var groupIDs: [String]
    /// The members by key, each with everything that makes them one, sorted; never empty lists.
    package var members: [String: [MemberSource]]
    /// The file under `access/` that names the team; nil for a team that only follows from a group.
    package var binding: BindingPlace?
    /// The team's grants by scope: exactly these; nil: not managed by any file.
    package var grants: [Scope: WantedGrant]?

    /// A team with what is left out absent.
    package init(
        name: String,
        previously: [String] = [],
        groupIDs: [String] = [],
        members: [String: [MemberSource]] = [:],
        binding: BindingPlace? = nil,
        grants: [Scope: WantedGrant]? = nil
    ) {
        self.name = name
        self.previously = previously
        self.groupIDs = groupIDs
        self.members = members
        self.binding = binding
        self.grants = grants
    }
}
