import Generators
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

    /// What no input may take longer than; a sanitizer makes everything slow.
    private static let longest: Duration = getenv("DAGROSTER_SANITIZED") == nil ? .milliseconds(200) : .seconds(10)

    private func run(_ name: String, seed: UInt64, _ body: (String) throws -> Void) rethrows {
        var generator = SeededGenerator(seed: seed)
        let clock = ContinuousClock()
        var longest = Duration.zero
        for _ in 0..<Self.count {
            let input = SCIMText.random(using: &generator)
            var time = try clock.measure { try body(input) }
            // A busy machine can hold anything up once; what is slow is slow each time.
            for _ in 0..<5 where time > Self.longest { time = min(time, try clock.measure { try body(input) }) }
            longest = max(longest, time)
        }
        print("fuzz: \(name), seed \(seed), \(Self.count) inputs, longest \(longest)")
        #expect(longest <= Self.longest)
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
