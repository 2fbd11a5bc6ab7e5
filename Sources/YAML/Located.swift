/// A value that was read from a file, with the place that an error about it names.
package struct Located<Wrapped> {
    /// What was read.
    package var value: Wrapped
    /// Where it stands.
    package var place: Place

    /// Joins a value and its place.
    package init(_ value: Wrapped, at place: Place) {
        self.value = value
        self.place = place
    }

    /// Another value at the same place.
    package func map<Result>(_ transform: (Wrapped) throws -> Result) rethrows -> Located<Result> {
        Located<Result>(try transform(value), at: place)
    }
}

extension Located: Equatable where Wrapped: Equatable {}
extension Located: Hashable where Wrapped: Hashable {}
extension Located: Sendable where Wrapped: Sendable {}
