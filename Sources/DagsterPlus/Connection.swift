internal import Access
internal import Reconcile
internal import SCIM

/// What the reader and the writer of one organisation share: the session, and the ids that the last reading found.
package actor Connection {
    /// The organisation's name in the settings; nil: it is not checked.
    private let organization: String?
    /// The deployments whose code locations a plan needs to know.
    private let located: Set<String>
    let session: Session
    private(set) var directory = Directory()
    /// Whom this run invited, until a reading lists them or says that they are not there yet.
    private var invited: Set<String> = []
    private var rereading: Task<Void, any Error>?

    /// - Parameters:
    ///   - session: the conversation.
    ///   - organization: its name in the settings; another one's token is refused.
    ///   - located: the deployments whose code locations a plan needs to know, one request each.
    package init(_ session: Session, organization: String?, located: Set<String>) {
        self.session = session
        self.organization = organization
        self.located = located
    }

    /// Reads all of the organisation, in five requests and one for each deployment whose locations are named.
    func read() async throws -> Organization {
        var reading = Reading()
        let about = try await about()
        try checkName(about.name)
        try reading.takeRoles(await session.data(of: Documents.roles))
        try reading.takeDeployments(await session.data(of: { _ in Documents.deployments }))
        for name in located.sorted() where reading.organization.deployments[name] != nil {
            try reading.takeLocations(await session.data(of: { _ in Documents.locations }, deployment: name), of: name)
        }
        try reading.takePeople(await session.data(of: Documents.people))
        try reading.takeTeams(await session.data(of: Documents.teams))
        directory = reading.directory
        invited = []
        var organization = reading.organization
        organization.name = about.name
        organization.caller = about.caller.map(ResolutionPolicy.Identity.key)
        organization.conditions = about.conditions(in: organization)
        return organization
    }

    /// Who asks, and what the organisation allows.
    func about() async throws -> About { try About(await session.data(of: Documents.setting)) }

    private func checkName(_ name: String) throws {
        guard let organization, organization.lowercased() != name.lowercased() else { return }
        throw TargetError.unreadable(
            """
            the token is one of organization "\(name)", the settings say "\(organization)"
            hint: give this run a token of "\(organization)", or mend "organization" in dagroster.yaml
            """
        )
    }
}

// What changes while a plan is applied.
extension Connection {
    /// Takes note of an invitation: whoever is listed at once can be given the rest in the same run.
    func noteInvitation(_ key: String) { invited.insert(key) }

    func noteTeam(_ name: String, id: String, was old: String? = nil) {
        if let old { directory.teams[old] = nil }
        directory.teams[name] = id
    }

    func noteRole(_ name: String, id: String) {
        directory.roles[name] = Directory.RoleID(id: id, others: directory.roles[name]?.others ?? [])
    }

    /// A person with the id that memberships need; whoever was invited and is not listed yet has none.
    func person(_ key: String) async throws -> Directory.Person {
        if let person = directory.people[key] { return person }
        // One reading for all who were invited: they come in a phase before everything that needs them.
        if !invited.isEmpty { try await readPeopleAgain() }
        guard let person = directory.people[key] else {
            throw TargetError.waiting("\"\(key)\" has not accepted the invitation yet")
        }
        return person
    }

    private func readPeopleAgain() async throws {
        if let rereading { return try await rereading.value }
        let task = Task {
            var reading = Reading()
            try reading.takePeople(await session.data(of: { _ in Documents.people([]) }))
            directory.people.merge(reading.directory.people) { $1 }
            invited = []
        }
        rereading = task
        defer { rereading = nil }
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
