internal import Access
internal import Roster
internal import SCIM
package import Tree
internal import YAML

/// A live organisation as the files of a tree to start from: the same organisation gives the same files.
///
/// The first plan of a tree that has them has nothing to do. What no file can say is left out, so that it stays as it
/// is at the target and is nobody's: a team with such a member, grants that cannot be stated exactly.
package struct RosterImport: Sendable {
    /// One file to write.
    package struct File: Hashable, Sendable {
        /// The path in the tree.
        package var path: String
        package var bytes: [UInt8]
    }

    /// Something that the organisation has and no file can say.
    package struct Omission: Hashable, Sendable {
        /// What is left out: `team "data"`.
        package var what: String
        /// Why.
        package var reason: String
    }

    /// How many of each there are.
    package struct Counts: Hashable, Sendable {
        package var people = 0
        package var teams = 0
        /// People and teams whose grants are stated.
        package var bindings = 0
        package var roles = 0
    }

    package private(set) var files: [File] = []
    package private(set) var omissions: [Omission] = []
    package private(set) var counts = Counts()

    private let organization: Organization
    private let layout: Layout
    private let identity: ResolutionPolicy.Identity
    /// What ids are made from, beside the keys of those who get them.
    private let origin: String
    private var directory = Directory()
    /// The paths that have a file.
    private var taken: Set<String> = []
    /// The file of custom roles, which the grants of one are read with.
    private var roles: File?

    /// Makes the files; `target` is its name in the settings.
    package init(_ organization: Organization, target: String, settings: Settings) {
        self.organization = organization
        layout = settings.layout
        identity = settings.identity
        origin = organization.name ?? target
        for (key, user) in organization.users.sorted(by: { $0.key < $1.key }) { addPerson(key, user) }
        for (name, team) in organization.teams.sorted(by: { $0.key < $1.key }) { addTeam(name, team) }
        addRoles()
        addGrants()
        for name in organization.serviceUsers.sorted() {
            omit("service user \"\(name)\"", "is a program's account, and a tree has people")
        }
        files.sort { $0.path < $1.path }
    }

    private mutating func omit(_ what: String, _ reason: String) {
        omissions.append(Omission(what: what, reason: reason))
    }

    private mutating func add(_ path: String, _ bytes: [UInt8]) {
        taken.insert(path)
        files.append(File(path: path, bytes: bytes))
    }
}

// The records: people first, because groups list them.
extension RosterImport {
    private mutating func addPerson(_ key: String, _ person: UserState) {
        let what = "person \"\(person.email)\""
        guard !person.email.isEmpty else {
            return omit("a person", "has no e-mail address, by which a tree knows people")
        }
        var attributes: Object = ["userName": .string(person.email), "active": true]
        if identity == .workEmail {
            attributes["emails"] = [["type": "work", "value": .string(person.email), "primary": true]]
        }
        let user = User(id: id("user", key), created: nil, attributes: attributes)
        let path = layout.path(of: .user, id: user.id, name: user.userName, isTaken: taken.contains)
        let bytes = UserFile.bytes(of: user)
        let (read, diagnostics) = UserFile.read(bytes, file: path)
        guard read == user, identity.key(of: user) == key else {
            return omit(what, diagnostics.first?.message ?? "a file cannot have the name as it is")
        }
        do {
            try directory.apply(.createUser(user))
        } catch {
            return omit(what, error.description)
        }
        add(path, bytes)
        counts.people += 1
    }

    private mutating func addTeam(_ name: String, _ team: TeamState) {
        let what = "team \"\(name)\""
        var members: [String] = []
        for key in team.members.sorted() {
            guard directory.user(id: id("user", key)) != nil else {
                return omit(what, "has a member whom no file names, \"\(organization.users[key]?.email ?? key)\"")
            }
            members.append(id("user", key))
        }
        let group = Group(
            id: id("group", name),
            created: nil,
            attributes: ["displayName": .string(name)],
            members: members
        )
        let path = layout.path(of: .group, id: group.id, name: name, isTaken: taken.contains)
        do {
            try directory.apply(.createGroup(group))
        } catch {
            return omit(what, Self.words(error))
        }
        let bytes = GroupFile.bytes(of: group, in: directory)
        let (read, diagnostics) = GroupFile.read(bytes, file: path)
        guard read?.group.displayName == name else {
            _ = try? directory.apply(.deleteGroup(id: group.id))
            return omit(what, diagnostics.first?.message ?? "a file cannot have the name as it is")
        }
        add(path, bytes)
        counts.teams += 1
    }

    /// Groups are one when their names differ in letter case alone, and Dagster+'s teams are not.
    private static func words(_ error: RosterError) -> String {
        guard case .groupNameTaken = error else { return error.description }
        return "differs from another team in letter case alone, and two groups cannot"
    }

    /// An id of the form of a UUID (version 8, RFC 9562) that the same person or team of the same organisation gets
    /// in every import.
    private func id(_ kind: String, _ key: String) -> String {
        var digits = Array(Fingerprint.of(["dagroster import", origin, kind, key]).prefix(32))
        digits[12] = "8"
        digits[16] = Array("89ab")[(digits[16].hexDigitValue ?? 0) % 4]
        let ends = [0, 8, 12, 16, 20, 32]
        return zip(ends, ends.dropFirst()).map { String(digits[$0..<$1]) }.joined(separator: "-")
    }
}

// What people would write.
extension RosterImport {
    private mutating func addRoles() {
        var kept: [String: CustomRole] = [:]
        for (name, role) in organization.roles.sorted(by: { $0.key < $1.key }) {
            let candidates = kept.merging([name: role]) { $1 }
            let (access, diagnostics) = AccessFiles.read([(AccessFiles.rolesFile, Self.bytes(of: candidates))])
            let errors = diagnostics.filter { $0.severity == .error }
            if errors.isEmpty, access.roles[name]?.withoutPlace == role.withoutPlace {
                kept = candidates
            } else {
                omit("role \"\(name)\"", errors.first?.message ?? "a file cannot state it as it is")
            }
        }
        guard !kept.isEmpty else { return }
        let file = File(path: AccessFiles.rolesFile, bytes: Self.bytes(of: kept))
        roles = file
        add(file.path, file.bytes)
        counts.roles = kept.count
    }

    private static func bytes(of roles: [String: CustomRole]) -> [UInt8] {
        Writer.bytes(of: .map([Field("roles", CustomRoleFields.value(of: roles))]))
    }

    private mutating func addGrants() {
        for (name, team) in organization.teams.sorted(by: { $0.key < $1.key }) where !team.grants.isEmpty {
            // A team that is left out as a whole has been named.
            guard directory.group(id: id("group", name)) != nil else { continue }
            addGrants(team.grants, .team(name), key: "team", name)
        }
        for (key, person) in organization.users.sorted(by: { $0.key < $1.key }) where !person.grants.isEmpty {
            guard let user = directory.user(id: id("user", key)) else { continue }
            addGrants(person.grants, .user(user.userName), key: "user", user.userName)
        }
    }

    private mutating func addGrants(
        _ grants: [Scope: Grant],
        _ principal: Binding.Principal,
        key: String,
        _ name: String
    ) {
        let path = accessPath(name)
        let bytes = Writer.bytes(
            of: .map([Field(key, .text(name)), Field("grants", GrantFields.value(of: grants.values))])
        )
        let files = [roles, File(path: path, bytes: bytes)].compactMap { $0 }.map { (path: $0.path, bytes: $0.bytes) }
        let (access, diagnostics) = AccessFiles.read(files)
        let read = access.bindings.first
        let stated = read?.grants.map { Dictionary($0.map { ($0.grant.scope, $0.grant) }) { first, _ in first } }
        let problem =
            diagnostics.first { $0.severity == .error }?.message
            ?? (read?.principal != principal || stated != grants ? "a file cannot state them as they are" : nil)
            ?? missing(in: grants)
        if let problem { return omit("the grants of \(principal)", problem) }
        add(path, bytes)
        counts.bindings += 1
    }

    /// What grants name and the organisation does not have: Dagster+ keeps grants for locations that are gone.
    private func missing(in grants: [Scope: Grant]) -> String? {
        for grant in grants.values.sorted(by: { $0.scope < $1.scope }) {
            guard let name = grant.scope.deploymentName else { continue }
            guard let deployment = organization.deployments[name] else {
                return "the organization has no deployment \"\(name)\""
            }
            let gone = deployment.locations.map { known in grant.locations.keys.filter { !known.contains($0) } } ?? []
            if let location = gone.min() { return "deployment \"\(name)\" has no location \"\(location)\"" }
        }
        return nil
    }

    /// The file of a principal's grants; two files of the folder have a meaning of their own.
    private func accessPath(_ name: String) -> String {
        let reserved: Set = [AccessFiles.rolesFile, AccessFiles.protectedFile]
        let paths = FileName(of: name, kind: .group).candidates.map { "\(AccessFiles.folder)/\($0)" }
        return paths.first { !taken.contains($0) && !reserved.contains($0) } ?? paths[paths.count - 1]
    }
}
