import Generators

/// Paths, filters and queries: known ones, known ones with damage, and heaps of tokens.
enum PathText {
    static func random(using generator: inout SeededGenerator) -> String {
        if generator.chance(3) { return SCIMText.random(using: &generator) }
        return damaged(generator.pick(known), using: &generator)
    }

    static func filter(using generator: inout SeededGenerator) -> String {
        if generator.chance(4) { return SCIMText.random(using: &generator) }
        return damaged(expression(depth: 0, using: &generator), using: &generator)
    }

    static func query(using generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: "filter=" + encoded(filter(using: &generator), using: &generator)
            case 1: "sortBy=" + encoded(random(using: &generator), using: &generator)
            case 2: "attributes=" + encoded(random(using: &generator), using: &generator)
            case 3: generator.pick(["startIndex=", "count=", "cursor="]) + generator.pick(numbers)
            case 4: "sortOrder=" + generator.pick(["ascending", "descending", "up", "%"])
            default: generator.pick(["aadOptscim062020", "=", "%", "x=%zz", "x=%FF", "excludedAttributes=members"])
            }
        }.joined(separator: "&")
    }

    private static func expression(depth: Int, using generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<(depth < 6 ? 8 : 4), using: &generator) {
        case 0: generator.pick(known) + " pr"
        case 1...3: generator.pick(known) + " \(generator.pick(operators)) " + generator.pick(values)
        case 4: "not (" + expression(depth: depth + 1, using: &generator) + ")"
        case 5: "emails[" + expression(depth: depth + 1, using: &generator) + "]"
        default:
            "(" + expression(depth: depth + 1, using: &generator) + generator.pick([" and ", " or ", " AND "])
                + expression(depth: depth + 1, using: &generator) + ")"
        }
    }

    private static func damaged(_ text: String, using generator: inout SeededGenerator) -> String {
        guard generator.chance(2) else { return text }
        var bytes = Array(text.utf8)
        bytes.mangle(with: SCIMText.tokens, times: Int.random(in: 1...3, using: &generator), using: &generator)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As a client writes it in a URL; now and then as it may not.
    private static func encoded(_ text: String, using generator: inout SeededGenerator) -> String {
        if generator.chance(10) { return text }
        return text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || byte == 0x2E || byte == 0x5F)
            let digits = String(byte, radix: 16)
            return isPlain ? String(Character(scalar)) : "%" + (digits.utf8.count < 2 ? "0" : "") + digits
        }.joined()
    }

    /// Paths that there are.
    static let known = [
        "userName", "active", "displayName", "title", "externalId", "name.givenName", "name", "emails", "members",
        "emails[type eq \"work\"].value", "emails[type eq \"work\"]", "emails.value", "members[value eq \"id-2\"]",
        "addresses[type eq \"home\"].locality", "roles[primary eq \"True\"].value", "phoneNumbers", "roles",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName", "x509Certificates", "meta.created", "id", "groups",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "nonsense", "nonsense.value", "password",
        "addresses[type eq \"work\" and not (primary eq true)].streetAddress",
    ]

    private static let operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "EQ", "xx"]
    private static let numbers = ["1", "0", "-1", "2", "100", "99999999999999999999", "x", "1.5", "", "%31"]
    private static let values = [
        "\"ada@example.com\"", "true", "null", "7", "-1.5e3", "\"\"", "\"\\u00e9\\n\"", "\"2026-11-23T16:47:00Z\"",
        "\"work\"", "bare", "\"😀\"",
    ]
}
