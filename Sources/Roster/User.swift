package import SCIM

/// A person as the identity provider describes them: what one file under `provisioned/users/` holds.
///
/// `attributes` has SCIM's own names; it never holds `id`, `meta`, `schemas`, `groups` or `password`.
/// An attribute that stands for "no value" (RFC 7643 section 2.5) is absent, and multi-valued attributes are
/// sorted, so that two users are equal when they mean the same.
package struct User: Hashable, Sendable {
    package let id: String
    /// When the record was made, RFC 3339; nil in a file that does not say.
    package var created: String?
    package private(set) var attributes: Object

    package init(id: String, created: String?, attributes: Object) {
        self.id = id
        self.created = created
        var attributes = attributes
        if attributes["active"] == nil { attributes["active"] = true }
        self.attributes = AttributeOrder.canonical(attributes)
    }

    /// A user whose attributes are known to be in canonical order, `active` among them.
    init(id: String, created: String?, canonical attributes: Object) {
        self.id = id
        self.created = created
        self.attributes = attributes
    }

    /// Replaces the values of some attributes; nil removes one.
    package mutating func assign(_ assignments: Assignments) {
        self = User(id: id, created: created, attributes: assignments.applied(to: attributes))
    }
}

extension User {
    /// The name that identifies a person to the identity provider, unique whatever its letter case.
    package var userName: String { attributes["userName"]?.string ?? "" }

    package var externalID: String? { attributes["externalId"]?.string }

    package var displayName: String? { attributes["displayName"]?.string }

    /// False only when the identity provider has said so (RFC 7643 section 4.1.1 leaves the default open).
    package var isActive: Bool { attributes["active"]?.bool ?? true }

    /// The values of `emails`, in the record's order.
    package var emails: [String] { values(of: "emails") }

    /// The values of `roles`, which carry Entra's app roles.
    package var roles: [String] { values(of: "roles") }

    /// The first e-mail address of a type, such as `work`.
    package func email(ofType type: String) -> String? {
        let matching = attributes["emails"]?.array?.first { element in
            element.object?["type"]?.string?.lowercased() == type.lowercased()
        }
        return matching?.object?["value"]?.string
    }

    private func values(of attribute: String) -> [String] {
        (attributes[attribute]?.array ?? []).compactMap { $0.object?["value"]?.string ?? $0.string }
    }
}
