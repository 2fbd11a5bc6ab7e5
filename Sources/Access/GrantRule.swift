package import YAML

/// A grant as a person wrote it in a file: with its last day, and with the places that messages point at.
package struct GrantRule: Hashable, Sendable {
    /// What a target is to hold.
    package var grant: Grant
    /// The last day on which the grant counts, UTC; nil: it counts until the file changes.
    package var expires: CalendarDate?
    /// Where the grant begins.
    package var place: Place
    /// Where its role is written.
    package var rolePlace: Place
    /// Where its deployment, or the base of its branch deployments, is written.
    package var scopePlace: Place
    /// Where each location override's name is written.
    package var locationPlaces: [String: Place]
    /// Where the last day is written.
    package var expiresPlace: Place?

    /// Joins a grant and its places.
    package init(
        grant: Grant,
        expires: CalendarDate? = nil,
        place: Place,
        rolePlace: Place,
        scopePlace: Place,
        locationPlaces: [String: Place] = [:],
        expiresPlace: Place? = nil
    ) {
        self.grant = grant
        self.expires = expires
        self.place = place
        self.rolePlace = rolePlace
        self.scopePlace = scopePlace
        self.locationPlaces = locationPlaces
        self.expiresPlace = expiresPlace
    }

    /// Whether the grant counts on a day; its last day is one of them.
    package func counts(on day: CalendarDate) -> Bool { expires.map { day <= $0 } ?? true }
}
