internal import Access

// People keep their accounts when their address changes: the record knows them by the directory's id.
extension Draft {
    /// Plans the new addresses of people whom the record knows under another one.
    mutating func planRekeys() {
        guard input.policy.users != .ignore, let record else { return }
        var keysByID: [String: String] = [:]
        for (key, user) in input.wanted.users { keysByID[user.userID] = key }
        var oldKeys: [String: String] = [:]
        for (old, user) in record.users where user.isOurs && live.users[old] != nil {
            guard let new = keysByID[user.id], new != old else { continue }
            oldKeys[new] = min(old, oldKeys[new] ?? old)
        }
        guard !oldKeys.isEmpty else { return }
        guard !live.conditions.keepsAddresses else {
            for (new, old) in oldKeys { replace(old, by: new) }
            return
        }
        for (old, new) in Renames.order(oldKeys, isTaken: { live.users[$0] != nil }) { rekey(old, to: new) }
    }

    private mutating func rekey(_ old: String, to new: String) {
        guard let user = input.wanted.users[new] else { return }
        let change = Change.rekeyUser(from: old, to: new, email: user.email)
        let reason = "the directory's record \(user.userID) is now \"\(user.userName)\""
        add(
            change,
            origin: commit([file(of: user.userID)]),
            reasons: [reason],
            after: [freeing[.user(new)]]
        )
        making[.user(new)] = change.id
        freeing[.user(old)] = change.id
        try? live.apply(change)
        record?.rekeyUser(old, to: new)
    }
}
