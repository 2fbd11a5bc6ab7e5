internal import Access
package import Reconcile
internal import SCIM

/// Changes a live organisation at Dagster+: one mutation an item, and success only where the answer says so.
///
/// After a mutation whose answer did not come the organisation is read again, and the mutation is sent once more only
/// if it was not carried out. An invitation is never sent twice: who was invited cannot be seen.
package struct DagsterPlusWriter: TargetWriter {
    /// How many mutations are under way at once.
    package let width: Int
    let connection: Connection

    /// How often a change is sent whose answers do not come.
    private static let tries = 3

    package init(_ connection: Connection, width: Int) {
        self.connection = connection
        self.width = width
    }

    package func apply(_ item: PlanItem) async throws {
        do {
            try await settle(item.change)
        } catch let error as APIError {
            throw error.asOfWriting
        } catch is CancellationError {
            throw TargetError.refused("the run was stopped")
        }
    }

    private func settle(_ change: Change) async throws {
        for attempt in 1... {
            do {
                return try await send(change)
            } catch APIError.unclear(let reason) {
                let live = try await connection.read()
                if live.shows(change) { return }
                guard !change.isInvitation, attempt < Self.tries else { throw APIError.unclear(reason) }
            }
        }
    }
}

extension DagsterPlusWriter {
    private func send(_ change: Change) async throws {
        switch change {
        case .addUser(let key, let email):
            try await carryOut(Documents.inviteUser, ["email": .string(email)])
            await connection.noteInvitation(key)
        case .removeUser(let key):
            let email = await connection.directory.people[key]?.email ?? key
            try await carryOut(Documents.removeUser, ["email": .string(email)])
        case .rekeyUser:
            throw TargetError.refused("Dagster+ cannot change an address; somebody with a new one is invited anew")
        case .createTeam, .renameTeam, .deleteTeam: try await send(team: change)
        case .addMember(let team, let user): try await send(Documents.addMember, team, user)
        case .removeMember(let team, let user): try await send(Documents.removeMember, team, user)
        case .createRole, .updateRole, .deleteRole: try await send(role: change)
        case .putGrant(let principal, let grant, replacing: _): try await put(grant, for: principal)
        case .dropGrant(let principal, let grant): try await drop(grant, of: principal)
        }
    }

    private func send(team change: Change) async throws {
        switch change {
        case .createTeam(let name):
            let answer = try await carryOut(Documents.ensureTeam, ["name": .string(name)])
            guard let id = answer["team"]?.object?["id"]?.string else { throw APIError.unclear("no id of the team") }
            await connection.noteTeam(name, id: id)
        case .renameTeam(from: let old, to: let new):
            let id = try await team(old)
            try await carryOut(Documents.renameTeam, ["teamId": .string(id), "name": .string(new)])
            await connection.noteTeam(new, id: id, was: old)
        case .deleteTeam(let name):
            try await carryOut(Documents.deleteTeam, ["teamId": .string(try await team(name))])
        default: return
        }
    }

    private func send(_ document: Document, _ team: String, _ user: String) async throws {
        let person = try await connection.person(user)
        let variables: Object = ["memberId": .integer(person.id), "teamId": .string(try await self.team(team))]
        try await carryOut(document, variables)
    }

    private func send(role change: Change) async throws {
        switch change {
        case .createRole(let role):
            var variables = Self.variables(role, others: [])
            variables["scope"] = .string(role.scope == .organization ? "ORGANIZATION" : "DEPLOYMENT")
            let answer = try await carryOut(Documents.createRole, variables)
            guard let id = answer["customRole"]?.object?["id"]?.string else {
                throw APIError.unclear("no id of the role")
            }
            await connection.noteRole(role.name, id: id)
        case .updateRole(from: _, to: let role):
            let known = try await self.role(role.name)
            var variables = Self.variables(role, others: known.others)
            variables["id"] = .string(known.id)
            try await carryOut(Documents.updateRole, variables)
        case .deleteRole(let role):
            try await carryOut(Documents.deleteRole, ["id": .string(try await self.role(role.name).id)])
        default: return
        }
    }

    private static func variables(_ role: CustomRole, others: [String]) -> Object {
        [
            "name": .string(role.name), "description": .string(role.description ?? ""),
            "icon": .string(role.icon ?? ""),
            // What this program does not know is sent back as it was.
            "permissions": .array((role.permissions.map(\.rawValue) + others).sorted().map { .string($0) }),
        ]
    }
}

extension DagsterPlusWriter {
    @discardableResult
    func carryOut(_ document: Document, _ variables: Object) async throws -> Object {
        try await connection.session.carryOut({ _ in document }, variables: variables)
    }

    func team(_ name: String) async throws -> String {
        guard let id = await connection.directory.teams[name] else {
            throw TargetError.refused("team \"\(name)\" is not there any more")
        }
        return id
    }

    func role(_ name: String) async throws -> Directory.RoleID {
        guard let id = await connection.directory.roles[name] else {
            throw TargetError.refused("custom role \"\(name)\" is not there any more")
        }
        return id
    }
}

extension Change {
    /// Whether a second sending would bother a person.
    fileprivate var isInvitation: Bool {
        if case .addUser = self { true } else { false }
    }
}
