/// Filters, paths and bodies as nobody would send them.
package enum SCIMText {
    /// A few words of the protocol in any order, or a sample with some damage.
    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        if Bool.random(using: &generator) {
            return (0..<Int.random(in: 0..<14, using: &generator)).map { _ in generator.pick(tokens) }.joined()
        }
        var bytes = Array(generator.pick(samples).utf8)
        bytes.mangle(with: tokens, times: Int.random(in: 1...4, using: &generator), using: &generator)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What filters, paths and bodies are made of, and what has no place in them.
    package static let tokens = [
        "userName", "emails", "members", "name.givenName", "urn:ietf:params:scim:schemas:core:2.0:User:userName",
        "active", "password", "meta.created", "value", "type", ".", ":", "[", "]", "(", ")", " ", "  ", "\t", "and",
        "or", "not", "not(", "eq", "ne", "co", "sw", "ew", "pr", "gt", "ge", "lt", "le", "\"", "\"x\"", "\"\\\"\"",
        "\"\\u00e9\"", "\"\\ud800\"", "\\", "true", "False", "null", "0", "-1", "1e5", "01", "é", "😀", "\0",
        "\u{FEFF}", "$ref", "'", "\"2026-11-23T16:47:00Z\"", "emails[type eq \"work\"].value", "{", "}", ",", "\n",
    ]

    private static let samples = [
        #"userName eq "a" and (active eq true or not (emails[type eq "work" and value co "x"]))"#,
        #"emails[type eq "work"].value eq "x""#, #"members[value eq "1" or value eq "2"]"#,
        #"{"schemas":["a"],"Operations":[{"op":"add","path":"members","value":[{"value":"é\u00e9\n","x":-1.5e3}]}]}"#,
        #"[1,2.5,-0,true,false,null,"",{"a":{"b":[[]]}}]"#,
    ]
}

extension [UInt8] {
    /// Damage to some bytes: one is another one, some are gone, stand twice or many times, or a token is in between.
    package mutating func mangle(
        with tokens: [String],
        times: Int,
        using generator: inout some RandomNumberGenerator
    ) {
        for _ in 0..<times where !isEmpty {
            let place = Int.random(in: 0..<count, using: &generator)
            let end = Swift.min(count, place + Int.random(in: 1...8, using: &generator))
            switch Int.random(in: 0..<32, using: &generator) {
            case 0..<8: self[place] = UInt8.random(in: 0...255, using: &generator)
            case 8..<15: removeSubrange(place..<end)
            case 15..<18: insert(contentsOf: self[place..<end], at: place)
            case 18: removeSubrange(place...)
            case 19:
                let repeated = Array(generator.pick(tokens).utf8)
                let times = Int.random(in: 1...(generator.chance(16) ? 3000 : 70), using: &generator)
                insert(contentsOf: Array<[UInt8]>(repeating: repeated, count: times).joined(), at: place)
            default: insert(contentsOf: generator.pick(tokens).utf8, at: place)
            }
        }
    }
}
