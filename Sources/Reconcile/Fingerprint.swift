internal import Access
internal import Crypto

/// Digests of values whose parts come from anybody: a length before each text keeps two lists from running together.
package enum Fingerprint {
    /// The SHA-256 of some bytes, in hex.
    package static func of(bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

    /// The SHA-256 of texts in their order, in hex.
    static func of(_ texts: some Sequence<String>) -> String {
        var hash = SHA256()
        for text in texts {
            hash.update(data: Array("\(text.utf8.count):".utf8))
            hash.update(data: Array(text.utf8))
        }
        return hex(hash.finalize())
    }

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

extension Organization {
    /// A digest of all that a plan depends on: as long as it is the same, nobody has changed the organisation.
    package var fingerprint: String {
        var texts: [String] = []
        for (name, deployment) in deployments.sorted(by: { $0.key < $1.key }) {
            texts += ["deployment", name] + (deployment.locations.map { $0.sorted() } ?? ["?"])
        }
        for (key, user) in users.sorted(by: { $0.key < $1.key }) {
            texts += ["user", key, user.email] + user.grants.texts
        }
        for (name, team) in teams.sorted(by: { $0.key < $1.key }) {
            texts += ["team", name] + team.members.sorted() + team.grants.texts
        }
        for (_, role) in roles.sorted(by: { $0.key < $1.key }) { texts += role.texts }
        return Fingerprint.of(texts)
    }
}

extension Change {
    /// A digest of the change with what it finds and what it leaves: the same one means the same in every plan.
    package var digest: String { String(Fingerprint.of(texts).prefix(16)) }

    private var texts: [String] {
        switch self {
        case .createRole(let role): ["createRole"] + role.texts
        case .updateRole(from: let old, to: let new): ["updateRole"] + old.texts + new.texts
        case .deleteRole(let role): ["deleteRole"] + role.texts
        case .addUser(let key, let email): ["addUser", key, email]
        case .removeUser(let key): ["removeUser", key]
        case .rekeyUser(from: let old, to: let new, let email): ["rekeyUser", old, new, email]
        case .createTeam(let name): ["createTeam", name]
        case .renameTeam(from: let old, to: let new): ["renameTeam", old, new]
        case .deleteTeam(let name): ["deleteTeam", name]
        case .addMember(let team, let user): ["addMember", team, user]
        case .removeMember(let team, let user): ["removeMember", team, user]
        case .putGrant(let principal, let grant, replacing: let old):
            ["putGrant", principal.description] + grant.texts + ["for"] + (old?.texts ?? [])
        case .dropGrant(let principal, let grant): ["dropGrant", principal.description] + grant.texts
        }
    }
}

extension [Scope: Grant] {
    fileprivate var texts: [String] { values.sorted { $0.scope < $1.scope }.flatMap(\.texts) }
}

extension Grant {
    fileprivate var texts: [String] {
        let overrides = locations.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value.name] }
        return ["grant", scope.key, role.name, "\(locations.count)"] + overrides
    }
}

extension CustomRole {
    fileprivate var texts: [String] {
        let words = [description, icon].map { $0.map { "=\($0)" } ?? "" }
        return ["role", name, scope.rawValue] + words + ["\(permissions.count)"]
            + permissions.sorted().map(\.rawValue)
    }
}
