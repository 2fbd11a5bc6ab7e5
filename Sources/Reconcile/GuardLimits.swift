/// How much one plan may take away: `guards` of the settings.
package struct GuardLimits: Hashable, Sendable {
    /// More than this share of a class is refused, once more than `floor` objects are lost.
    package var percent: Int
    /// More than this many objects of a class are refused.
    package var count: Int
    /// Up to this many losses the share does not matter.
    package var floor: Int
    /// More than this share of one group's members is refused.
    package var groupPercent: Int
    /// The size from which a group counts for it.
    package var groupFloor: Int
    /// How many organisation admins must be left when a plan lowers their number.
    package var minimumAdmins: Int
    /// How long what vanished is kept before it is removed, in seconds.
    package var grace: Int

    package init(
        percent: Int = 5,
        count: Int = 100,
        floor: Int = 10,
        groupPercent: Int = 50,
        groupFloor: Int = 10,
        minimumAdmins: Int = 2,
        grace: Int = 0
    ) {
        self.percent = percent
        self.count = count
        self.floor = floor
        self.groupPercent = groupPercent
        self.groupFloor = groupFloor
        self.minimumAdmins = minimumAdmins
        self.grace = grace
    }
}

extension GuardLimits {
    /// From this size on, losing more than half of a class is refused, whatever the settings say.
    package static let halfFloor = 4

    /// The limits that refuse whatever one of the two refuses, so that no change can lift a limit and use it.
    package func stricter(_ other: GuardLimits?) -> GuardLimits {
        guard let other else { return self }
        return GuardLimits(
            percent: min(percent, other.percent),
            count: min(count, other.count),
            floor: min(floor, other.floor),
            groupPercent: min(groupPercent, other.groupPercent),
            groupFloor: min(groupFloor, other.groupFloor),
            minimumAdmins: max(minimumAdmins, other.minimumAdmins),
            grace: max(grace, other.grace)
        )
    }
}

/// A caller's permission to pass one guard once: `--override GUARD=DIGEST --reason TEXT`.
package struct GuardOverride: Hashable, Sendable {
    /// The guard's name.
    package var guardName: String
    /// The digest of exactly the losses that the refusal counted.
    package var digest: String
    package var reason: String

    package init(guardName: String, digest: String, reason: String) {
        self.guardName = guardName
        self.digest = digest
        self.reason = reason
    }
}

extension GuardOverride {
    /// Reads `GUARD=DIGEST`; nil for anything else.
    ///
    /// A guard's name may hold `=`, a digest none.
    package init?(argument: String, reason: String) {
        guard let separator = argument.lastIndex(of: "=") else { return nil }
        let name = argument[..<separator]
        let digest = argument[argument.index(after: separator)...]
        guard !name.isEmpty, digest.utf8.count == LossDigest.length, digest.allSatisfy(\.isHexDigit) else { return nil }
        self.init(guardName: String(name), digest: digest.lowercased(), reason: reason)
    }
}
