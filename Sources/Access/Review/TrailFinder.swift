package import Roster

/// Finds every way to a role, link by link, in a tree whose names have been resolved.
package struct TrailFinder: Sendable {
    private let wanted: Wanted
    private let directory: Directory
    private let roles: [String: CustomRole]
    private let paths: [String: String]
    private let files: [String: String]

    /// Joins what the tree wants with the records and files behind it; `paths` are the files of records by id.
    package init(_ wanted: Wanted, _ access: AccessFiles, _ directory: Directory, paths: [String: String]) {
        self.wanted = wanted
        self.directory = directory
        self.paths = paths
        roles = access.roles
        var files: [String: String] = [:]
        for binding in access.bindings where files[binding.principal.description] == nil {
            files[binding.principal.description] = binding.file
        }
        self.files = files
    }

    /// The ways to roles at a point, the strongest role first; the second parameter is the person's part of
    /// ``Wanted/teamsByMember``, for callers that ask about many people.
    package func trails(of key: String, at point: AccessPoint, teams: [String]? = nil) -> [AccessTrail] {
        guard let user = wanted.users[key] else { return [] }
        let reasons = wanted.effectiveAccess(of: key, teams: teams).reasons(at: point)
        // Of a grant with an override that covers its own role the override alone is the way.
        let counting = reasons.filter { reason in
            !reasons.contains {
                $0.location != nil && reason.location == nil && $0.held == reason.held && $0.role.isAtLeast(reason.role)
            }
        }
        return counting.flatMap { reason in
            switch reason.held.path {
            case .direct: [trail(reason, of: user, because: nil, [])]
            case .team(let name, because: let sources):
                sources.map { trail(reason, of: user, because: $0, links(from: user, $0, to: name)) }
            }
        }
    }

    private func trail(
        _ reason: EffectiveAccess.Reason,
        of user: WantedUser,
        because source: MemberSource?,
        _ links: [PathLink]
    ) -> AccessTrail {
        let active = PathLink(
            .active(user: user.userID),
            file: paths[user.userID] ?? "",
            words: "\(user.userName) is active"
        )
        return AccessTrail(
            role: reason.role,
            location: reason.location,
            isImplied: reason.isImplied,
            held: reason.held,
            source: source,
            links: [active] + links + grantLinks(of: reason)
        )
    }

    private func grantLinks(of reason: EffectiveAccess.Reason) -> [PathLink] {
        let grant = reason.held.grant
        let origin = reason.held.origin ?? ""
        let file = String(origin.prefix { $0 != ":" })
        let point = reason.location.map { AccessPoint.location(deployment: grant.scope.deploymentName ?? "", $0) }
        var words = "\(origin) gives \(reason.role) on \(point ?? AccessPoint(grant.scope))"
        if let expires = reason.held.expires { words += " until \(expires)" }
        if let why = reason.held.reason { words += " (\(why))" }
        let link = PathLink(.grant(grant.scope, reason.role, location: reason.location), file: file, words: words)
        guard case .custom(let name) = reason.role, let role = roles[name] else { return [link] }
        let permissions = role.permissions.sorted().map(\.rawValue).joined(separator: " ")
        let definition = PathLink(
            .customRole(role),
            file: AccessFiles.rolesFile,
            words: "role \"\(name)\" may \(permissions.isEmpty ? "do nothing" : permissions)"
        )
        return [link, definition]
    }
}

extension TrailFinder {
    /// What makes a person a member of a team, from the person to the team.
    private func links(from user: WantedUser, _ source: MemberSource, to team: String) -> [PathLink] {
        let file = files[Binding.Principal.team(team).description] ?? wanted.teams[team]?.binding?.file ?? ""
        let name = user.userName
        switch source {
        case .listed(let place):
            return [PathLink(.listed(user: user.userID), file: place.file, words: "\(place) lists \(name)")]
        case .appRole(let value):
            return [
                PathLink(
                    .holdsAppRole(user: user.userID, value: value),
                    file: paths[user.userID] ?? "",
                    words: "\(name) holds app role \"\(value)\""
                ),
                PathLink(.takesAppRole(value), file: file, words: "team \"\(team)\" takes app role \"\(value)\""),
            ]
        case .group(path: let names):
            let groups = names.compactMap { directory.group(named: $0) }
            guard let first = groups.first, let last = groups.last, groups.count == names.count else { return [] }
            let member = PathLink(
                .member(user: user.userID, group: last.id),
                file: paths[last.id] ?? "",
                words: "group \"\(last.displayName)\" lists \(name)"
            )
            let nested = zip(groups, groups.dropFirst()).reversed().map { outer, inner in
                PathLink(
                    .nested(group: inner.id, in: outer.id),
                    file: paths[outer.id] ?? "",
                    words: "group \"\(outer.displayName)\" holds group \"\(inner.displayName)\""
                )
            }
            guard !file.isEmpty else { return [member] + nested }
            let words = "team \"\(team)\" takes group \"\(first.displayName)\""
            return [member] + nested + [PathLink(.takesGroup(first.id), file: file, words: words)]
        }
    }
}
