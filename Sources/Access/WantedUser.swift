package import YAML

/// A person who is to be a member of the organisation, and what they are to hold themselves.
package struct WantedUser: Hashable, Sendable {
    /// The provisioned record's id.
    package var userID: String
    /// The name that files under `access/` use.
    package var userName: String
    /// The address that identifies the person at the target, as the record spells it.
    package var email: String
    /// The name to show.
    package var displayName: String?
    /// The file under `access/` that names the person, and where.
    package var binding: BindingPlace?
    /// The person's own grants by scope: exactly these; nil: not managed by any file.
    package var grants: [Scope: WantedGrant]?

    /// A person with what is left out absent.
    package init(
        userID: String,
        userName: String,
        email: String,
        displayName: String? = nil,
        binding: BindingPlace? = nil,
        grants: [Scope: WantedGrant]? = nil
    ) {
        self.userID = userID
        self.userName = userName
        self.email = email
        self.displayName = displayName
        self.binding = binding
        self.grants = grants
    }
}

/// Where under `access/` a principal is named, and what its file says about it.
package struct BindingPlace: Hashable, Sendable {
    /// The file's path in the tree.
    package var file: String
    /// Where the principal's name, or a member's, is written.
    package var place: Place
    /// The file's `reason`.
    package var reason: String?
    /// The file's `owner`.
    package var owner: String?

    /// Joins a place and what its file says.
    package init(file: String, place: Place, reason: String? = nil, owner: String? = nil) {
        self.file = file
        self.place = place
        self.reason = reason
        self.owner = owner
    }
}

extension BindingPlace: CustomStringConvertible {
    /// `access/ada.yaml:1:7`.
    package var description: String { "\(file):\(place.line):\(place.column)" }
}
