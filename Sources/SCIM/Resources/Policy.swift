/// How far the protocol bends for clients that do not keep to its letter.
///
/// Tolerant is the default, because Entra and Okta need it. Strict is the letter of the SCIM interoperability
/// profile (draft-zollner-scim-interop-profile).
public struct Policy: Hashable, Sendable {
    /// Refuses what no standard allows: unknown attributes and URNs, a body without `schemas`, PATCH without a path,
    /// values of another type, bare words in filters, operators in another letter case.
    public var isStrict: Bool
    /// Whether a PATCH `replace` of a complex attribute drops the parts that it does not name (the interop profile)
    /// or keeps them (RFC 7644 section 3.5.2.3).
    public var replaceDropsUnnamedParts: Bool
    /// Whether a PATCH of a filtered path that matches nothing creates the element that its `eq` comparisons
    /// describe (Entra) or is refused with `noTarget` (RFC 7644 section 3.5.2.3).
    public var createsFromFilter: Bool
    /// The most operations that one PATCH may hold.
    public var maximumOperations: Int
    /// The most elements that one list may hold, in a request and after a PATCH; lists that are keyed by value have no
    /// limit.
    public var maximumElements: Int
    /// The limits of filters.
    public var filterLimits: FilterLimits

    /// What Entra and Okta need.
    public static let tolerant = Policy(isStrict: false)
    /// The letter.
    public static let strict = Policy(isStrict: true)

    /// Everything that a mode decides.
    public init(isStrict: Bool) {
        self.isStrict = isStrict
        replaceDropsUnnamedParts = isStrict
        createsFromFilter = !isStrict
        maximumOperations = 5000
        maximumElements = 1000
        filterLimits = FilterLimits()
    }
}

/// How large and how deep a filter may be, so that no request can exhaust the stack or the clock.
public struct FilterLimits: Hashable, Sendable {
    /// The most bytes of its text.
    public var bytes: Int
    /// The most levels of parentheses, brackets and `not`.
    public var depth: Int
    /// The most comparisons.
    public var comparisons: Int

    /// Limits that no identity provider's filter comes near.
    public init(bytes: Int = 16_384, depth: Int = 32, comparisons: Int = 500) {
        self.bytes = bytes
        self.depth = depth
        self.comparisons = comparisons
    }
}
