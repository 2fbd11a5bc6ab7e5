/// What a user is found by, beside the id.
struct UserKeys: Equatable {
    var name: NameKey
    var externalID: String?
    var emails: [NameKey]

    init(_ user: User) {
        let name = NameKey(user.userName)
        self.name = name
        externalID = user.externalID
        emails = user.emails.reduce(into: []) { keys, email in
            let key = NameKey(email)
            // Most people's address is their name: one text in memory, not two.
            if !keys.contains(key) { keys.append(key == name ? name : key) }
        }
    }
}

/// The hashes of all that a user is found by.
package struct UserHashes: Hashable, Sendable {
    let id: KeyHash
    let name: KeyHash
    let externalID: KeyHash?
    let email: KeyHash?
    /// Those of further addresses, which few people have.
    let otherEmails: [KeyHash]

    /// Joins hashes of what somebody with one address at most says.
    init(id: KeyHash, name: KeyHash, externalID: KeyHash?, email: KeyHash?) {
        (self.id, self.name, self.externalID, self.email, otherEmails) = (id, name, externalID, email, [])
    }

    /// Hashes what a user says.
    package init(_ user: User) {
        let keys = UserKeys(user)
        id = KeyHash(user.id)
        name = KeyHash(keys.name)
        externalID = keys.externalID.map { KeyHash($0) }
        email = keys.emails.first.map { KeyHash($0) }
        otherEmails = keys.emails.dropFirst().map { KeyHash($0) }
    }
}
