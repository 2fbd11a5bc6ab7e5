internal import Access

/// What a plan can take away, each kind with a guard of its own.
package enum LossClass: String, Hashable, Sendable, CaseIterable {
    /// People removed from the organisation.
    case people
    /// People taken out of teams.
    case memberships
    /// People whose effective role somewhere gets lower.
    case access
    case teams
    case roles
}

/// Something that a plan takes away.
struct Loss: Hashable, Comparable {
    var lossClass: LossClass
    /// The team that loses a member.
    var team: String?
    /// What is lost, in words that are the same in every plan that loses exactly this.
    var text: String

    static func < (left: Loss, right: Loss) -> Bool {
        (left.lossClass.rawValue, left.text) < (right.lossClass.rawValue, right.text)
    }
}

/// Counts what a plan takes away; what follows from a removed person is not counted again.
struct LossCounter {
    let before: Organization
    /// People who are removed and do not go on under another key.
    let leaving: Set<String>
    /// Keys that go while their person stays under another one.
    let continuing: Set<String>

    /// What one change takes away by itself; effective roles are counted by person, from the plan as a whole.
    func losses(of change: Change) -> [Loss] {
        switch change {
        case .removeUser(let key):
            // Taking an invitation back takes nothing away that anybody has.
            return continuing.contains(key) || before.users[key] == nil ? [] : [Loss(lossClass: .people, text: key)]
        case .removeMember(let team, let user):
            return membership(user, team)
        case .deleteTeam(let name):
            let members = (before.teams[name]?.members ?? []).sorted().flatMap { membership($0, name) }
            return [Loss(lossClass: .teams, text: name)] + members
        case .deleteRole(let role):
            return [Loss(lossClass: .roles, text: role.name)]
        case .updateRole(from: let old, to: let new):
            let lost = old.permissions.subtracting(new.permissions).sorted().map(\.rawValue)
            let text = "\(old.name): \(lost.joined(separator: " "))"
            return lost.isEmpty ? [] : [Loss(lossClass: .roles, text: text)]
        case .putGrant, .dropGrant, .addUser, .rekeyUser, .createTeam, .renameTeam, .addMember, .createRole:
            return []
        }
    }

    private func membership(_ user: String, _ team: String) -> [Loss] {
        guard !leaving.contains(user), !continuing.contains(user) else { return [] }
        return [Loss(lossClass: .memberships, team: team, text: "\(team): \(user)")]
    }

    /// The person's loss of effective roles, as one; nothing for somebody who is removed.
    func loss(of person: PersonChange) -> [Loss] {
        let lower = person.changes.filter(\.isLoss)
        guard !lower.isEmpty, person.membership != .leaves else { return [] }
        let points = lower.map { "\($0.point) \($0.before) > \($0.after)" }.joined(separator: ", ")
        return [Loss(lossClass: .access, text: "\(person.key): \(points)")]
    }
}
