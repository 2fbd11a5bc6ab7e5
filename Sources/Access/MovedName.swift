/// A name in a file that at the last apply was that of another person or group, who is still provisioned.
///
/// The file goes on to mean the former one: who may rename people at the identity provider must not be able to give them
/// what a reviewed file gives to somebody else.
package struct MovedName: Hashable, Sendable {
    /// What bears the name.
    package enum Kind: String, Hashable, Sendable {
        case user
        case group
    }

    package var kind: Kind
    /// The name as the file spells it.
    package var name: String
    /// What the one whom the file was written for is called now.
    package var formerNow: String
    /// Whom the file is about: `team "Data Platform"`.
    package var binding: String
    /// Where the name is written.
    package var place: BindingPlace
    /// Keys of the people who get nothing from the name, and would if it meant its new holder; sorted.
    package var gaining: [String]
    /// Whether the caller asked for the new holder.
    package var isTaken: Bool

    /// A moved name.
    package init(
        kind: Kind,
        name: String,
        formerNow: String,
        binding: String,
        place: BindingPlace,
        gaining: [String] = [],
        isTaken: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.formerNow = formerNow
        self.binding = binding
        self.place = place
        self.gaining = gaining
        self.isTaken = isTaken
    }
}

extension MovedName {
    /// The key that takes the new holder: `user:ada@example.com`, `group:Data Platform`.
    package var key: String { Self.key(kind, name) }

    /// The keys that name it, in the spelling of the file and in lower case.
    package var adoptionKeys: [String] { [key, key.lowercased()] }

    static func key(_ kind: Kind, _ name: String) -> String { "\(kind.rawValue):\(name)" }
}
