/// What the service behind a target asks of a plan, beside what the organisation holds; a file asks nothing.
package struct Conditions: Hashable, Sendable {
    /// Whether an identity provider writes people and teams there by another way: Dagster+'s own SCIM sync.
    package var isProvisionedElsewhere: Bool
    /// Whether there may be teams at all.
    package var hasTeams: Bool
    /// The right that the caller lacks, by the service's own name; nil: none that can be told beforehand.
    package var missingRight: String?
    /// Why nothing may be changed at all, by the service's own word; nil: it may.
    package var status: String?
    /// The plan's name, for messages.
    package var plan: String?
    /// How many people may be editor or more somewhere; nil: as many as there are.
    package var paidSeats: Int?
    /// Whether more people may be added than there are.
    package var admitsMorePeople: Bool
    /// Whether whoever is added is invited, and listed only after accepting.
    package var invitesPeople: Bool
    /// Whether a person's address cannot be changed.
    package var keepsAddresses: Bool

    package init(
        isProvisionedElsewhere: Bool = false,
        hasTeams: Bool = true,
        missingRight: String? = nil,
        status: String? = nil,
        plan: String? = nil,
        paidSeats: Int? = nil,
        admitsMorePeople: Bool = true,
        invitesPeople: Bool = false,
        keepsAddresses: Bool = false
    ) {
        self.isProvisionedElsewhere = isProvisionedElsewhere
        self.hasTeams = hasTeams
        self.missingRight = missingRight
        self.status = status
        self.plan = plan
        self.paidSeats = paidSeats
        self.admitsMorePeople = admitsMorePeople
        self.invitesPeople = invitesPeople
        self.keepsAddresses = keepsAddresses
    }
}
