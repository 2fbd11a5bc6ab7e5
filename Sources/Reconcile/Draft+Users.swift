internal import Access
internal import Roster

// Who is a member of the organisation: every wanted person, and nobody else of those who are ours.
extension Draft {
    mutating func planUsers() {
        guard input.policy.users != .ignore else { return }
        for (key, user) in input.wanted.users where live.users[key] == nil { addUser(key, user) }
        let inactive = inactiveUsers()
        let idsNow = Dictionary(input.wanted.users.map { ($0.value.userID, $0.key) }, uniquingKeysWith: min)
        withdrawInvitations()
        for key in live.users.keys where input.wanted.users[key] == nil && !staying.contains(key) {
            let recorded = record?.users[key].flatMap { $0.isOurs ? $0 : nil }
            if recorded != nil || inactive[key] != nil {
                let id = recorded?.id ?? inactive[key]?.id
                let newKey = id.flatMap { idsNow[$0] }
                let hasVanished = inactive[key] == nil && newKey == nil && hasVanished(personWithID: id, key: key)
                let reason = reason(id, newKey: newKey)
                remove(key, origin: commit([file(of: id)]), reason: reason, vanished: hasVanished)
            } else if input.adoption.takes(.user(key)) {
                remove(key, origin: .adoption, reason: "the tree does not name this person")
            } else {
                unmanaged.users.append(key)
            }
        }
    }

    private mutating func addUser(_ key: String, _ user: WantedUser) {
        let change = Change.addUser(key: key, email: user.email)
        if let sent = invited(key) {
            return hold(change, .invited(sent), reasons: ["active in the directory"])
        }
        let wasThere = record?.users[key]?.isOurs == true
        let earlier = record?.invitations[key].map { "was invited \($0.wholeSeconds) and has not accepted" }
        add(
            change,
            origin: wasThere ? .drift : commit([file(of: user.userID)]),
            reasons: [
                earlier ?? (wasThere ? "was removed from the target by somebody else" : "active in the directory")
            ],
            after: [freeing[.user(key)]]
        )
        making[.user(key)] = change.id
    }

    private mutating func remove(_ key: String, origin: Origin, reason: String, vanished: Bool = false) {
        if add(.removeUser(key: key), origin: origin, reasons: [reason], vanished: vanished) {
            leaving.insert(key)
        } else {
            staying.insert(key)
        }
    }

    private func reason(_ id: String?, newKey: String?) -> String {
        if let name = input.snapshotName { return "is not in snapshot \(name)" }
        if let newKey { return "the same person is now \"\(newKey)\"" }
        guard let user = id.flatMap({ input.directory.user(id: $0) }) else { return "no longer in the directory" }
        guard user.isActive else { return "inactive in the directory" }
        guard let key = input.policy.identity.key(of: user) else {
            return "has no e-mail address of type work any more, by which a target knows people"
        }
        if let other = input.wanted.users[key], other.userID != user.id {
            return "has the same address as \"\(other.userName)\" now"
        }
        return "holds no grant any more"
    }

    /// The people whom the tree names and calls inactive, by key: matched, and therefore ours.
    private func inactiveUsers() -> [String: User] {
        var inactive: [String: User] = [:]
        for user in input.directory.users where !user.isActive {
            if let key = input.policy.identity.key(of: user) { inactive[key] = user }
        }
        return inactive
    }
}
