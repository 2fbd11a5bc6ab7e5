/// All that the simulated organisation knows.
struct SimulatedState: Sendable {
    var name = "simulated"
    var deployments: [Int: Deployment] = [:]
    var people: [Int: Person] = [:]
    var teams: [String: Team] = [:]
    var roles: [String: OwnRole] = [:]
    var serviceUsers: [String: ServiceUser] = [:]
    var isSCIMSyncOn = false
    /// A value of `DagsterCloudPlanType`.
    var plan = "ENTERPRISE"
    /// How many people may hold editor or more; nil: as many as they like.
    var seats: Int?
    /// The key of the person who owns the organisation.
    var owner: String?
    var auditLog: [AuditEntry] = []
    private var peopleByKey: [String: Int] = [:]
    private var lastNumber = 0
}

extension SimulatedState {
    static let organizationID = 1

    /// A number that nothing had before.
    mutating func newNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// The person of an address, whatever its letter case.
    func person(_ email: String) -> Person? { peopleByKey[Self.key(email)].flatMap { people[$0] } }

    /// Adds a person, or returns the one who is there already.
    mutating func addPerson(_ email: String) -> Int {
        if let id = peopleByKey[Self.key(email)] { return id }
        let id = newNumber()
        people[id] = Person(id: id, email: email)
        peopleByKey[Self.key(email)] = id
        return id
    }

    mutating func removePerson(_ id: Int) {
        guard let person = people.removeValue(forKey: id) else { return }
        peopleByKey[Self.key(person.email)] = nil
        for team in teams.keys { teams[team]?.members.remove(id) }
    }

    func deployment(named name: String) -> Deployment? { deployments.values.first { $0.name == name } }

    func role(named name: String) -> OwnRole? { roles.values.first { $0.name == name } }

    func team(named name: String) -> Team? { teams.values.first { $0.name == name } }

    /// The form of an address by which people are told apart.
    static func key(_ email: String) -> String { email.lowercased() }
}

extension SimulatedState {
    /// All that a person holds: alone, and through teams.
    func grants(of id: Int) -> [WireGrant] {
        let own = people[id].map { Array($0.grants.values) } ?? []
        return own + teams.values.filter { $0.members.contains(id) }.flatMap(\.grants.values)
    }

    /// The people who take a seat.
    var seatHolders: Set<Int> {
        var holders = Set(people.values.filter { Self.takesSeat($0.grants) }.map(\.id))
        for team in teams.values where Self.takesSeat(team.grants) { holders.formUnion(team.members) }
        return holders
    }

    private static func takesSeat(_ grants: [GrantPlace: WireGrant]) -> Bool {
        grants.values.contains { $0.roles.contains(where: \.takesSeat) }
    }

    /// Whether one more person would find a seat.
    var hasFreeSeat: Bool { seats.map { seatHolders.count < $0 } ?? true }

    /// The people who administer the organisation, alone or through a team.
    var administrators: Set<Int> {
        var found = Set(people.values.filter { Self.administers($0.grants) }.map(\.id))
        for team in teams.values where Self.administers(team.grants) { found.formUnion(team.members) }
        return found
    }

    private static func administers(_ grants: [GrantPlace: WireGrant]) -> Bool {
        grants[.organization]?.role.grant == "ADMIN"
    }

    /// Whether anybody holds a custom role.
    func isHeld(_ roleID: String) -> Bool {
        let all = people.values.map(\.grants) + teams.values.map(\.grants) + serviceUsers.values.map(\.grants)
        return all.contains { grants in
            grants.values.contains { $0.roles.contains { $0.customRoleID == roleID } }
        }
    }
}

extension SimulatedState {
    /// Whether the plan has teams, custom roles, SCIM and the audit log: Solo and Starter have none of it.
    var planHasTeams: Bool { !["SOLO", "STANDARD", "TEAM", "TEAM_V2"].contains(plan) }
}
