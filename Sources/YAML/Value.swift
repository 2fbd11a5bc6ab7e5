/// What is to be written: a value without place, style or comment, which the writer alone decides.
package indirect enum Value: Hashable, Sendable {
    /// Text, which every reader must read as this same text.
    case text(String)
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number, in decimal digits.
    case integer(Int)
    /// A date or an instant, such as `2027-01-31` or `2026-11-23T16:47:00Z`, which stands without quotes.
    ///
    /// The caller has checked it; what is no timestamp for YAML is written as text, so that nothing slips in.
    case timestamp(String)
    /// A list, in the caller's order.
    case list([Value])
    /// Keys with their values, in the caller's order, which must not hold a key twice.
    case map([Field])

    /// A list of texts, in the caller's order.
    package static func texts(_ texts: some Sequence<String>) -> Value {
        .list(texts.map { .text($0) })
    }
}

/// A key with the value to be written under it.
package struct Field: Hashable, Sendable {
    /// The key, which is text like any other.
    package var key: String
    /// The value.
    package var value: Value

    /// Joins a key and a value.
    package init(_ key: String, _ value: Value) {
        self.key = key
        self.value = value
    }
}
