/// Fetches the public keys of a login service.
package protocol KeySource: Sendable {
    /// The body at a URL: a JSON Web Key Set (RFC 7517 section 5).
    func keys(at url: String) async throws -> [UInt8]
}

/// Why a signed token could not be judged: not that it is wrong, but that nobody can say.
package struct KeysUnavailable: Error, CustomStringConvertible {
    package let description: String

    package init(_ reason: String) { description = reason }
}
