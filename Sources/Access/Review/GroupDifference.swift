/// Who joined or left one group.
package struct GroupDifference: Hashable, Sendable {
    /// The group's name, after the change where it is still there.
    package var name: String
    /// What it was called before, if that is something else.
    package var formerName: String?
    /// What happened to the group itself.
    package var change: ObjectDifference.Action
    /// UserNames, and names of groups in quotes; sorted.
    package var joined: [String]
    /// The same.
    package var left: [String]
}

/// A file's record that is not as it was.
package struct ObjectDifference: Hashable, Sendable {
    /// What happened to it.
    package enum Action: String, Hashable, Sendable {
        case created
        case changed
        case removed

        /// Of two records of one name, the one that is gone comes before the one that took its place.
        var rank: Int { self == .removed ? 0 : 1 }
    }

    /// What it is: `user`, `group`, `team file`, `user file`, `role`, `protected` or `settings`.
    package var kind: String
    /// Its name, after the change where it is still there.
    package var name: String
    /// What happened.
    package var action: Action
    /// What is another thing than before, in a few words each.
    package var details: [String]
    /// Its file, after the change where it is still there.
    package var file: String
}

/// What a change of the tree means for one person.
package struct PersonDifference: Hashable, Sendable {
    /// What happens to the membership in the organisation.
    package enum Membership: Hashable, Sendable {
        case joins(because: String)
        case leaves(because: String)
        case stays
        /// The same person under another address.
        case renamed(from: String)

        /// Of two people of one address, the one who leaves comes before the one who took their place.
        var rank: Int {
            if case .leaves = self { return 0 }
            return 1
        }
    }

    /// What somebody gains or loses at one point.
    package struct Point: Hashable, Sendable {
        package var point: AccessPoint
        package var before: EffectiveRole
        package var after: EffectiveRole
        /// Through what, in words.
        package var reasons: [String]

        /// Whether something that was allowed is not allowed any more.
        package var isLoss: Bool { !after.isAtLeast(before) }
    }

    /// The address that a target knows the person by.
    package var person: String
    /// The name to show beside it.
    package var displayName: String?
    package var membership: Membership
    package var points: [Point]
}
