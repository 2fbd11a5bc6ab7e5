import SCIM
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Input that nobody would send: what is read must be readable again, and nothing may crash or take long.
struct FuzzTests {
    /// `DAGROSTER_FUZZ` says how many inputs, for a run that is longer than the everyday one.
    private static let count = getenv("DAGROSTER_FUZZ").flatMap { Int(String(cString: $0)) } ?? 70_000

    private static let tokens = [
        "userName", "emails", "members", "name.givenName", "urn:ietf:params:scim:schemas:core:2.0:User:userName",
        "active", "password", "meta.created", "value", "type", ".", ":", "[", "]", "(", ")", " ", "  ", "\t", "and",
        "or",
        "not", "not(", "eq", "ne", "co", "sw", "ew", "pr", "gt", "ge", "lt", "le", "\"", "\"x\"", "\"\\\"\"",
        "\"\\u00e9\"",
        "\"\\ud800\"", "\\", "true", "False", "null", "0", "-1", "1e5", "01", "é", "😀", "\0", "\u{FEFF}", "$ref", "'",
        "\"2026-11-23T16:47:00Z\"", "emails[type eq \"work\"].value", "{", "}", ",", "\n",
    ]

    private static let samples = [
        #"userName eq "a" and (active eq true or not (emails[type eq "work" and value co "x"]))"#,
        #"emails[type eq "work"].value eq "x""#, #"members[value eq "1" or value eq "2"]"#,
        #"{"schemas":["a"],"Operations":[{"op":"add","path":"members","value":[{"value":"é\u00e9\n","x":-1.5e3}]}]}"#,
        #"[1,2.5,-0,true,false,null,"",{"a":{"b":[[]]}}]"#,
    ]

    private static func input(using generator: inout SeededGenerator) -> String {
        if Bool.random(using: &generator) {
            let length = Int.random(in: 0..<14, using: &generator)
            return (0..<length).map { _ in tokens.randomElement(using: &generator) ?? "" }.joined()
        }
        var bytes = Array((samples.randomElement(using: &generator) ?? "").utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            default: bytes.insert(contentsOf: (tokens.randomElement(using: &generator) ?? "").utf8, at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func run(_ name: String, seed: UInt64, _ body: (String) throws -> Void) rethrows {
        var generator = SeededGenerator(state: seed)
        let clock = ContinuousClock()
        var longest = Duration.zero
        for _ in 0..<Self.count {
            let input = Self.input(using: &generator)
            var time = try clock.measure { try body(input) }
            // A busy machine can hold anything up once; what is slow is slow each time.
            for _ in 0..<5 where time > .milliseconds(50) { time = min(time, try clock.measure { try body(input) }) }
            longest = max(longest, time)
        }
        print("fuzz: \(name), seed \(seed), \(Self.count) inputs, longest \(longest)")
        #expect(longest <= .milliseconds(50))
    }

    @Test func `the filter parser survives anything, and what it reads it reads again`() throws {
        let user = try sampleUser()
        var read = 0
        run("filters", seed: 1) { input in
            guard let filter = try? Filter(parsing: input) else { return }
            read += 1
            #expect((try? Filter(parsing: filter.description)) == filter, "\(input)")
            _ = try? filter.matches(user, type: .user)
        }
        #expect(read > Self.count / 200)
    }

    @Test func `the path parser survives anything, and what it reads it reads again`() {
        var read = 0
        run("paths", seed: 2) { input in
            guard let path = try? AttributePath(parsing: input) else { return }
            read += 1
            #expect((try? AttributePath(parsing: path.description)) == path, "\(input)")
            var user = Resource(["userName": "a", "emails": [["value": "x", "type": "work"]]], type: .user)
            for verb in ["add", "replace", "remove"] {
                let operation: Value = ["op": .string(verb), "path": .string(input), "value": "x"]
                guard let request = try? PatchRequest(["Operations": [operation]], type: .user) else { continue }
                try? request.apply(to: &user)
            }
        }
        #expect(read > Self.count / 200)
    }

    @Test func `the JSON reader survives anything, and what it reads it reads again`() throws {
        var read = 0
        run("JSON", seed: 3) { input in
            guard let value = try? JSON.read(input) else { return }
            read += 1
            #expect((try? JSON.read(JSON.write(value))) == value, "\(input)")
            _ = try? ResourceReader.read(value, as: .user)
            _ = try? PatchRequest(value, type: .group)
            _ = try? BulkRequest(value)
            _ = try? ListQuery(searchRequest: value)
        }
        #expect(read > Self.count / 200)
    }
}
