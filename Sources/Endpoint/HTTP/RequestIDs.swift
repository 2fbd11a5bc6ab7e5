/// Ids of requests: a client's own where it is harmless, so that its log and ours can be laid side by side; else one
/// that no other request has.
struct RequestIDs {
    private let connection = String(UInt64.random(in: 1 << 60 ... .max), radix: 16)
    private var count = 0

    /// The id of the connection's next request.
    mutating func next(_ text: String?) -> String {
        count += 1
        return Self.accepted(text) ?? "\(connection)-\(count)"
    }

    /// A client's id, if it is harmless.
    static func accepted(_ text: String?) -> String? {
        guard let text, (8...64).contains(text.utf8.count), text.utf8.allSatisfy(isPlain) else { return nil }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
