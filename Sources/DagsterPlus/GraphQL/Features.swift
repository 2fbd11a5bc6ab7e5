/// Parts of the schema that newer servers have: an older one refuses them by name, and is asked again without.
package struct Features: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// `ownerDefinitionsRoleHandle`, and the argument that sends it back.
    package static let ownerRoles = Features(rawValue: 1)
    /// Grants on the branch deployments of one base.
    package static let perBase = Features(rawValue: 2)
    /// Custom roles, as a list and in grants.
    package static let customRoles = Features(rawValue: 4)
    package static let serviceUsers = Features(rawValue: 8)
    /// Whether more people may be added.
    package static let seats = Features(rawValue: 16)

    package static let all: Features = [.ownerRoles, .perBase, .customRoles, .serviceUsers, .seats]

    /// The words by which a refusal names each of them.
    private static let words: [(Features, [String])] = [
        (.ownerRoles, ["ownerDefinitionsRole"]),
        (.perBase, ["perBaseBranchDeploymentsPermissionGrants"]),
        (.customRoles, ["customRole"]),
        (.serviceUsers, ["serviceUsersOrError", "ServiceUser"]),
        (.seats, ["planAllowsAddingMoreUsers"]),
    ]

    /// What the texts of a refusal are about.
    static func named(in messages: [String]) -> Features {
        // graphql-core: "Cannot query field 'x' on type 'Y'.", "Unknown argument 'x' on field …", "Unknown type 'Y'".
        let quoted = messages.filter { $0.hasPrefix("Cannot query field") || $0.hasPrefix("Unknown ") }
        var found: Features = []
        for (feature, words) in words
        where quoted.contains(where: { text in words.contains { text.contains("'\($0)") } }) {
            found.insert(feature)
        }
        return found
    }
}
