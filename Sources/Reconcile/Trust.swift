/// Whether a reading of a target can be the basis of a plan.
enum Trust {
    /// A list that is less than half as long as the record says, if there is one: a cut body looks like mass removal.
    static func shortfall(in input: PlanInput) -> Shortfall? {
        guard let record = input.record else { return nil }
        let (live, others) = (input.live, input.bystanders.count)
        // What a run that was ended removed before is no sign of a short list.
        let people = min(record.users.values.count { $0.isOurs } + others, record.intent?.peopleLeft ?? .max)
        let teams = min(record.teams.count, record.intent?.teamsLeft ?? .max)
        let lists = [("people", live.users.count + others, people), ("teams", live.teams.count, teams)]
        for (what, found, expected) in lists where found * 2 < expected {
            return Shortfall(target: input.target, what: what, found: found, expected: expected)
        }
        return nil
    }
}
