internal import Access
internal import Roster

// People who were invited and have not accepted: they wait, and what is theirs waits with them.
extension Draft {
    /// So long an invitation counts before it is sent again.
    static let invitationDays = 7

    /// When somebody who is not listed was invited, as long as that counts.
    func invited(_ key: String) -> Timestamp? {
        guard live.conditions.invitesPeople, live.users[key] == nil, let sent = record?.invitations[key] else {
            return nil
        }
        return input.now.milliseconds - sent.milliseconds < Self.invitationDays * 86_400_000 ? sent : nil
    }

    /// Takes invitations back of people who are wanted no more: whoever accepts late would be a member.
    mutating func withdrawInvitations() {
        guard live.conditions.invitesPeople else { return }
        for (key, sent) in record?.invitations ?? [:] where live.users[key] == nil && input.wanted.users[key] == nil {
            let reason = "invited \(sent.wholeSeconds) and no longer wanted; the invitation is taken back"
            add(.removeUser(key: key), origin: commit([]), reasons: [reason])
        }
    }

    /// Whether the grants that somebody holds alone are those that the service gives to new people, to be removed.
    func areNewUserGrants(of principal: Principal) -> Bool {
        guard input.removesNewUserGrants, case .user(let key) = principal else { return false }
        return record?.invitations[key] != nil || record?.newcomers.contains(key) == true
    }
}

// A new address where none can be changed: another account is invited, gets the same, and the old one goes.
extension Draft {
    /// Keeps an account as long as the one under the new address is not there.
    mutating func replace(_ old: String, by new: String) {
        guard let user = input.wanted.users[new], live.users[new] == nil else { return }
        staying.insert(old)
        let reason = "the directory's record \(user.userID) is now \"\(user.userName)\""
        hold(.removeUser(key: old), .successorPending(new), reasons: [reason])
    }

    /// Gives the new account what the old one has and no file states: own grants, and places in unmanaged teams.
    mutating func copyAccounts() {
        guard live.conditions.keepsAddresses, input.policy.users != .ignore, let record else { return }
        let keys = Dictionary(input.wanted.users.map { ($0.value.userID, $0.key) }, uniquingKeysWith: min)
        for (old, user) in record.users where user.isOurs {
            guard let state = live.users[old], let new = keys[user.id], new != old else { continue }
            let reasons = ["held as \"\(old)\" until now"]
            let mayGet = invited(new) == nil
            for (scope, grant) in state.grants where isUnmanaged(scope, of: old, as: new) {
                let change = Change.putGrant(.user(new), grant, replacing: nil)
                guard live.users[new]?.grants[scope] == nil else { continue }
                guard mayGet else {
                    hold(change, .awaits(new), reasons: reasons)
                    continue
                }
                add(change, origin: commit([file(of: user.id)]), reasons: reasons, after: [making[.user(new)]])
            }
            for (name, team) in live.teams where team.members.contains(old) && !team.members.contains(new) {
                guard input.wanted.teams[name] == nil, record.teams[name] == nil else { continue }
                let change = Change.addMember(team: name, user: new)
                guard mayGet else {
                    hold(change, .awaits(new), reasons: reasons)
                    continue
                }
                add(change, origin: commit([file(of: user.id)]), reasons: reasons, after: [making[.user(new)]])
            }
        }
    }

    private func isUnmanaged(_ scope: Scope, of old: String, as new: String) -> Bool {
        stated[.user(new)] == nil && record?.users[old]?.grants == nil
    }

    /// Lets an account go only after its successor has got everything.
    mutating func orderSuccessions() {
        guard live.conditions.keepsAddresses, let record else { return }
        let keys = Dictionary(input.wanted.users.map { ($0.value.userID, $0.key) }, uniquingKeysWith: min)
        for position in items.indices {
            guard case .removeUser(let old) = items[position].change, let id = record.users[old]?.id,
                let new = keys[id]
            else { continue }
            let gains = items.filter { $0.change.gives(to: new) }.map(\.id)
            items[position].dependencies = Set(items[position].dependencies + gains).sorted()
        }
    }
}

extension Change {
    /// Whether it gives something to a person.
    fileprivate func gives(to key: String) -> Bool {
        switch self {
        case .addMember(team: _, let user): user == key
        case .putGrant(let principal, _, replacing: _): principal == .user(key)
        default: false
        }
    }
}
