internal import Crypto

/// The digest that names a set of losses: an override for it is void as soon as one loss is different.
enum LossDigest {
    /// How many hex digits it has.
    static let length = 12

    /// The start of the SHA-256 of a guard's name and the losses that it counted, in an order of their own.
    static func digest(guardName: String, losses: [String]) -> String {
        var hash = SHA256()
        for text in [guardName] + losses.sorted() {
            // A length before each text: no two lists of names run together to the same bytes.
            hash.update(data: Array("\(text.utf8.count):".utf8))
            hash.update(data: Array(text.utf8))
        }
        let hex = hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return String(hex.prefix(length))
    }
}
