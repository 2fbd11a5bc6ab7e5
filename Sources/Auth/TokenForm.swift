internal import Foundation

/// The fields of a form (`application/x-www-form-urlencoded`), each at most once (RFC 6749 section 3.2).
struct TokenForm {
    private var fields: [String: String] = [:]

    /// Nil for what is not UTF-8, is not percent-encoded rightly, or names a field twice.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = FormText.decoded(parts[0]), let value = FormText.decoded(parts.count > 1 ? parts[1] : ""),
                fields[name] == nil
            else { return nil }
            fields[name] = value
        }
    }

    /// A field's value; nil for one that is missing or empty.
    subscript(name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
}

/// A name and a secret by HTTP Basic, each encoded as in a form (RFC 6749 section 2.3.1).
struct BasicCredentials {
    var name: String
    var secret: Secret

    /// Nil for any other header.
    init?(_ header: String) {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic",
            let data = Data(base64Encoded: String(parts[1].drop { $0 == " " })),
            let text = String(validating: data, as: UTF8.self)
        else { return nil }
        let pair = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, let name = FormText.decoded(pair[0]), let secret = FormText.decoded(pair[1]) else {
            return nil
        }
        self.name = name
        self.secret = Secret(secret)
    }
}

/// A form's own encoding: "+" for a space, the rest percent-encoded.
enum FormText {
    static func decoded(_ text: some StringProtocol) -> String? {
        String(text).replacingOccurrences(of: "+", with: " ").removingPercentEncoding
    }
}
