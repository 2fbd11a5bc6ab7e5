package import Access
internal import Roster
package import Tree

/// Tree, record and target without the people whom a plan cannot touch: the plan for it, told how many they are, is the
/// plan for everybody.
///
/// Made of texts, from which the lines about bystanders are left out before anything is read of them. It is for plans
/// that are shown; an apply, which has to record everybody, reads everything.
package struct ReducedWorld: Sendable {
    /// The tree with its other people; every group and file is there.
    package let contents: TreeContents
    package let record: TargetRecord
    package let live: Organization
    package let bystanders: Bystanders
    /// All names in the tree, for whoever looks for one that is nearly the same.
    package let userNames: @Sendable () -> [String]

    /// What there is to reduce.
    package struct Sources: Sendable {
        package var outline: TreeOutline
        package var target: TargetSettings
        package var today: CalendarDate
        /// The record as it is written.
        package var record: [UInt8]
        /// The organisation as it is written.
        package var live: [UInt8]
        /// Reads an organisation's text; nil for one with an error.
        package var organization: @Sendable ([UInt8]) -> Organization?

        package init(
            outline: TreeOutline,
            target: TargetSettings,
            today: CalendarDate,
            record: [UInt8],
            live: [UInt8],
            organization: @escaping @Sendable ([UInt8]) -> Organization?
        ) {
            self.outline = outline
            self.target = target
            self.today = today
            self.record = record
            self.live = live
            self.organization = organization
        }
    }

    /// Reduces them.
    ///
    /// - Parameters:
    ///   - sources: the three texts, and what they are read by.
    ///   - most: how many people may be left, in percent of everybody.
    /// - Returns: nil where it is not certain whom a plan leaves alone, or that is no large part of everybody.
    /// - Throws: what reading the people's files throws.
    package static func make(_ sources: Sources, most: Int = 10) async throws -> ReducedWorld? {
        let outline = sources.outline
        let policy = outline.settings.policy(for: sources.target)
        // Whom the other settings leave out depends on more than the three texts.
        guard policy.users == .all, policy.teams != .ignore, policy.identity == .userName else { return nil }
        async let recordText = PeopleText(sources.record, .record, outline.roll)
        async let liveText = PeopleText(sources.live, .organization, outline.roll)
        guard let recordText = await recordText, let liveText = await liveText,
            let record = Self.record(recordText.without { _ in true }),
            let live = sources.organization(liveText.without { _ in true }),
            record.intent == nil, live.conditions == Conditions()
        else { return nil }
        var search = BystanderSearch(
            outline,
            policy: policy,
            today: sources.today,
            record: (record, recordText),
            live: (live, liveText)
        )
        search.search()
        let (isBystander, others) = (search.isBystander, search.others)
        guard others.count * 100 <= outline.roll.count * most,
            let contents = try await outline.contents(withOnly: others),
            let record = Self.record(recordText.without { isBystander[$0] }),
            let live = sources.organization(liveText.without { isBystander[$0] })
        else { return nil }
        let roll = outline.roll
        return ReducedWorld(
            contents: contents,
            record: record,
            live: live,
            bystanders: search.bystanders,
            userNames: { (0..<roll.count).map(roll.userName) }
        )
    }

    private static func record(_ bytes: [UInt8]) -> TargetRecord? { TargetRecord.read(bytes, file: "record").record }
}
