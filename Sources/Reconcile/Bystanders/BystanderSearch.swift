internal import Access
internal import Roster
internal import Tree
internal import YAML

/// Decides whom a plan cannot touch: people of whom tree, record and target say the same, whom no file under `access/`
/// names, and all of whose teams stay as they are.
///
/// The rest of a large organisation is small on most days, and a plan for the rest is the plan for everybody (see
/// ``ReducedWorld``). In doubt somebody is no bystander: that costs time, and nothing else.
struct BystanderSearch {
    let roll: Roll
    let access: AccessFiles
    let policy: ResolutionPolicy
    let today: CalendarDate
    /// The record and the organisation without the people that their texts list.
    let record: TargetRecord
    let live: Organization
    let recordText: PeopleText
    let liveText: PeopleText
    /// By number; what is left of everybody.
    private(set) var isBystander: [Bool] = []

    init(
        _ outline: TreeOutline,
        policy: ResolutionPolicy,
        today: CalendarDate,
        record: (value: TargetRecord, text: PeopleText),
        live: (value: Organization, text: PeopleText)
    ) {
        roll = outline.roll
        access = outline.access
        self.policy = policy
        self.today = today
        (self.record, recordText) = record
        (self.live, liveText) = live
    }

    /// Finds them.
    mutating func search() {
        isBystander = (0..<roll.count).map { person in
            roll.flags(of: person).contains(.active) && recordText.listed[person] && liveText.listed[person]
        }
        for person in recordText.others.union(liveText.others) { isBystander[Int(person)] = false }
        leaveOutNamed()
        var marks = Array(repeating: UInt8(0), count: roll.count)
        for team in teams() { leaveOutMembers(of: team, &marks) }
    }

    /// The people who must be in the plan: whom something is said of, or is to be.
    var others: [Int] {
        var isMentioned = (0..<roll.count).map { recordText.listed[$0] || liveText.listed[$0] }
        for person in recordText.others.union(liveText.others) { isMentioned[Int(person)] = true }
        for team in recordText.teams + liveText.teams { for person in team.people { isMentioned[Int(person)] = true } }
        for person in named { isMentioned[person] = true }
        return (0..<roll.count).filter { person in
            !isBystander[person] && (isMentioned[person] || roll.flags(of: person).contains(.active))
        }
    }

    var bystanders: Bystanders {
        var bystanders = Bystanders(count: isBystander.count { $0 })
        var isHolding = Array(repeating: false, count: roll.count)
        for team in liveText.teams {
            guard let name = team.name else { continue }
            let givesGrants = live.teams[name]?.grants.isEmpty == false
            var count = 0
            for person in team.people where isBystander[Int(person)] {
                count += 1
                if givesGrants { isHolding[Int(person)] = true }
            }
            if count > 0 { bystanders.byTeam[name, default: 0] += count }
        }
        bystanders.holding = isHolding.count { $0 }
        return bystanders
    }
}

extension BystanderSearch {
    /// The people whom files name now, or named when they were called otherwise, and whom names at the target mean.
    private var named: [Int] {
        let texts = access.bindings.flatMap { binding in
            let own = if case .user(let name) = binding.principal { [name] } else { [String]() }
            return own + binding.users.map(\.value)
        }
        let names = texts + access.protected.users.map(\.value)
        let former = names.compactMap { record.names.users[NameKey($0)] }.compactMap { roll.person(id: $0) }
        let keys =
            Array(record.users.keys) + Array(record.invitations.keys) + Array(record.newcomers)
            + Array(record.protected.users) + [live.caller, live.owner].compactMap { $0 }
        return former + (names + keys).compactMap { roll.person(named: $0) }
    }

    private mutating func leaveOutNamed() {
        for person in named { isBystander[person] = false }
        guard access.bindings.contains(where: { !$0.appRoles.isEmpty }) else { return }
        for person in isBystander.indices where roll.flags(of: person).contains(.roles) { isBystander[person] = false }
    }

    /// A team as three sides have it.
    private struct Team {
        /// Whether its grants and groups are the same on all sides, so that only its members may change.
        var isSettled = false
        var wanted: [Int32] = []
        var recorded: [Int32] = []
        var live: [Int32] = []
    }

    private func teams() -> [Team] {
        var teams: [String: Team] = [:]
        var nameless: [Team] = []
        for (name, team) in WantedMembers(self).teams {
            teams[name] = Team(isSettled: isSettled(name, team), wanted: team.people)
        }
        for team in recordText.teams {
            guard let name = team.name else {
                nameless.append(Team(recorded: team.people))
                continue
            }
            teams[name, default: Team()].recorded += team.people
        }
        for team in liveText.teams {
            guard let name = team.name else {
                nameless.append(Team(live: team.people))
                continue
            }
            teams[name, default: Team()].live += team.people
        }
        return nameless + teams.values
    }

    /// Whether no plan changes what a team gives, or its name.
    private func isSettled(_ name: String, _ wanted: WantedMembers.Team) -> Bool {
        guard wanted.isCertain, let recorded = record.teams[name], let team = live.teams[name],
            recorded.groups == wanted.groups.map({ roll.groups[$0].id }), team.grants[.organization] == nil
        else { return false }
        guard let grants = wanted.binding?.wantedGrants(today: today) else { return recorded.grants == nil }
        return grants.mapValues(\.grant) == team.grants
    }

    /// Whoever is in a team on one side and not on another, or in a team that changes, is no bystander.
    private mutating func leaveOutMembers(of team: Team, _ marks: inout [UInt8]) {
        let sides = [team.wanted, team.recorded, team.live]
        for (side, people) in sides.enumerated() {
            let mark: UInt8 = 1 << UInt8(side)
            // Whom a list has twice, a reader has to judge.
            for person in people { marks[Int(person)] |= marks[Int(person)] & mark == 0 ? mark : 8 }
        }
        for person in sides.joined() where !team.isSettled || marks[Int(person)] != 7 {
            isBystander[Int(person)] = false
        }
        for person in sides.joined() { marks[Int(person)] = 0 }
    }
}
