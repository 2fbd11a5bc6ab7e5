internal import Crypto

/// A bearer token's text, which prints as `[hidden]` wherever it might end up by mistake.
package struct Secret: Sendable {
    /// The token itself, for the one place that shows it and the one that compares it.
    package let revealed: String

    package init(_ text: String) { revealed = text }

    /// A new token of 256 random bits from the system's source, in a form that no shell and no form field changes.
    package static func random() -> Secret {
        var source = SystemRandomNumberGenerator()
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        // 43 characters of 62 carry 256 bits.
        let characters = (0..<43).map { _ in alphabet.randomElement(using: &source) ?? "A" }
        return Secret("dgr_" + String(characters))
    }

    /// The SHA-256 under which the token is kept; a token of 256 random bits needs no salt and no slow hash.
    package var digest: TokenDigest {
        TokenDigest(bytes: Array(SHA256.hash(data: Array(revealed.utf8))))
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "[hidden]" }
    package var debugDescription: String { "[hidden]" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A token's SHA-256, compared in constant time.
package struct TokenDigest: Sendable {
    package let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads 64 hexadecimal digits; nil for anything else.
    package init?(hexadecimal: String) {
        let digits = hexadecimal.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue.map(UInt8.init) }
        guard digits.count == 64, hexadecimal.utf8.count == 64 else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    package var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension TokenDigest: Hashable {
    /// Whether two digests are the same, in a time that does not depend on where they differ.
    package static func == (left: TokenDigest, right: TokenDigest) -> Bool {
        guard left.bytes.count == right.bytes.count else { return false }
        return zip(left.bytes, right.bytes).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
