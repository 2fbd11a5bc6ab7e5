internal import Roster
internal import YAML

/// The active users with the keys that a target knows them by.
struct People {
    let directory: Directory
    let identity: ResolutionPolicy.Identity
    /// The files of records by id, to name in diagnostics.
    let paths: [String: String]
    /// Keys of active users by id.
    private(set) var keysByID: [String: String] = [:]
    /// Ids of active users by key; each key has one.
    private(set) var idsByKey: [String: String] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    /// `holders` are the ids of those who had a key at the last apply: of two people with one address they count, so that
    /// nobody pushes another one out by taking the address.
    init(
        _ directory: Directory,
        _ identity: ResolutionPolicy.Identity,
        holders: [String: String] = [:],
        paths: [String: String]
    ) {
        self.directory = directory
        self.identity = identity
        self.paths = paths
        keysByID.reserveCapacity(directory.users.count)
        idsByKey.reserveCapacity(directory.users.count)
        for id in directory.userIDs {
            guard let user = directory.user(id: id), user.isActive else { continue }
            add(user, holders)
        }
    }

    private mutating func add(_ user: User, _ holders: [String: String]) {
        guard let key = identity.key(of: user), !key.isEmpty else {
            note("user \"\(user.userName)\" has no e-mail address of type work, so that no target can know them", user)
            return
        }
        guard let first = idsByKey[key].flatMap(directory.user(id:)) else { return count(user, key) }
        let isHolder = holders[key] == user.id
        let (counting, other) = isHolder ? (user, first) : (first, user)
        if isHolder {
            keysByID[first.id] = nil
            count(user, key)
        }
        note(
            "user \"\(other.userName)\" has the same address as user \"\(counting.userName)\", \"\(key)\"; "
                + "only \"\(counting.userName)\" counts",
            other
        )
    }

    private mutating func count(_ user: User, _ key: String) {
        keysByID[user.id] = key
        idsByKey[key] = user.id
    }

    private mutating func note(_ message: String, _ user: User) {
        let file = paths[user.id] ?? "provisioned/users"
        diagnostics.append(Diagnostic(severity: .warning, file: file, place: nil, message: message))
    }

    /// Everybody who can be a member, with their own grants where a file names them.
    func users(
        boundBy access: AccessFiles,
        _ names: inout NameLookup,
        today: CalendarDate
    ) -> [String: WantedUser] {
        var users = idsByKey.compactMapValues { id in directory.user(id: id).map(wanted) }
        for (key, binding) in bindings(access, &names) {
            users[key]?.binding = binding.bindingPlace
            users[key]?.grants = binding.wantedGrants(today: today)
        }
        return users
    }

    private func wanted(_ user: User) -> WantedUser {
        WantedUser(
            userID: user.id,
            userName: user.userName,
            email: identity.email(of: user) ?? user.userName,
            displayName: user.displayName
        )
    }

    /// The file of each active person whom one names; of two that lead to one person, the one with the present name.
    private func bindings(_ access: AccessFiles, _ names: inout NameLookup) -> [String: Binding] {
        var result: [String: Binding] = [:]
        for binding in access.bindings {
            guard case .user(let name) = binding.principal,
                let user = names.user(Located(name, at: binding.place), in: binding),
                let key = keysByID[user.id]
            else { continue }
            guard let other = result[key] else {
                result[key] = binding
                continue
            }
            let isPresent = NameKey(name) == NameKey(user.userName)
            let (kept, left) = isPresent ? (binding, other) : (other, binding)
            result[key] = kept
            let message = "the file is about the same person as \(kept.file):\(kept.place) and gives nothing"
            names.note(left.warning(message, hint: "join the two files"))
        }
        return result
    }
}

extension Binding {
    /// Where the principal is named, with what the file says about it.
    var bindingPlace: BindingPlace {
        BindingPlace(file: file, place: place, reason: reason, owner: owner?.value)
    }

    /// The grants that count on a day, by scope; nil when the file does not manage any.
    package func wantedGrants(today: CalendarDate) -> [Scope: WantedGrant]? {
        guard let grants else { return nil }
        let counting = grants.filter { $0.counts(on: today) }.map { rule in
            (rule.grant.scope, WantedGrant(rule: rule, file: file, reason: reason))
        }
        return Dictionary(counting, uniquingKeysWith: { first, _ in first })
    }
}
