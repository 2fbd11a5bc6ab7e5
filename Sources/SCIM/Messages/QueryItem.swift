/// One parameter of a URL's query, decoded.
public struct QueryItem: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value; empty if there was none.
    public var value: String

    /// Joins a name and its value.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Takes a query apart as identity providers write it: `+` and `%20` both stand for a space.
    ///
    /// A percent sign without two hexadecimal digits stands for itself. Bytes that are not UTF-8 are refused with
    /// `invalidValue`.
    public static func items(ofQuery query: String) throws(SCIMError) -> [QueryItem] {
        var items: [QueryItem] = []
        for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? try decoded(parts[1]) : ""
            items.append(QueryItem(name: try decoded(parts[0]), value: value))
        }
        return items
    }

    private static func decoded(_ text: Substring.UTF8View) throws(SCIMError) -> String {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let escaped = hexadecimal(rest.prefix(2)) {
                bytes.append(escaped)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .invalidValue("the query of the URL is not UTF-8")
        }
        return decoded
    }

    private static func hexadecimal(_ digits: Substring.UTF8View) -> UInt8? {
        guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt8(Substring(digits), radix: 16)
    }
}
