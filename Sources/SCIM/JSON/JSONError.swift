/// Why a text is not JSON, and where.
public struct JSONError: Error, Hashable, Sendable {
    /// The number of bytes before the place.
    public var offset: Int
    /// The line, counted from 1.
    public var line: Int
    /// The column in bytes, counted from 1.
    public var column: Int
    /// What stands there, such as `","` or `the end of the text`.
    public var found: String
    /// What should stand there instead.
    public var expected: String
}

extension JSONError: CustomStringConvertible {
    /// Line and column first, then what was found and expected.
    public var description: String {
        "line \(line), column \(column): found \(found), expected \(expected)"
    }
}
