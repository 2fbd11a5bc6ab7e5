import SCIM
import Testing

struct JSONReaderTests {
    @Test(
        arguments: [
            ("null", .null), (" true ", true), ("\t\r\nfalse\n", false), ("0", 0), ("-0", 0), ("-12", -12),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .decimal(9_223_372_036_854_775_808)),
            ("1.5", .decimal(1.5)), ("1.0", .decimal(1)), ("1e2", .decimal(100)), ("1E+2", .decimal(100)),
            ("25e-1", .decimal(2.5)), ("0.5", .decimal(0.5)), ("-0.0", .decimal(-0.0)), ("1e-400", .decimal(0)),
            ("\"\"", ""), ("\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\"", .string("a\"\\/\u{8}\u{C}\n\r\tz")),
            ("\"\\u00e9\\u00E9\"", "éé"), ("\"\\ud83d\\ude00\"", "😀"), ("\"😀é\"", "😀é"), ("\"\\u0000\"", "\0"),
            ("\"\u{7F}\"", "\u{7F}"), ("[]", []), ("[ ]", []), ("[1 , 2]", [1, 2]), ("[[],[[]]]", [[], [[]]]),
            ("{}", [:]), ("{ \"a\" : 1 , \"b\" : { } }", ["a": 1, "b": [:]]), ("\u{FEFF}1", 1),
        ] as [(String, Value)]
    )
    func `what RFC 8259 allows is read`(text: String, value: Value) throws {
        #expect(try JSON.read(text) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "TRUE", "tru", "undefined", "NaN", "Infinity", "-Infinity", "'a'", "a",
        "01", "-01", "00", "+1", ".5", "1.", "1.e2", "1e", "1e+", "-", "--1", "0x10", "1e400", "-1e400", "1 2", "1,",
        "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1}", "{", "}", "{a:1}", "{'a':1}", "{\"a\"}",
        "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":1 \"b\":2}", "{1:2}", "{\"a\":1", "{\"a\":1]", "{\"a\" 1}",
        "{\"a\":1,\"a\":2}", "{\"a\":1,\"A\":2}", "\"", "\"a", "\"\n\"", "\"\t\"", "\"\0\"", "\"\u{1F}\"", "\"\\\"",
        "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\U0041\"", "\"\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\"",
        "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\ud800\\u0041\"", "// c\n1", "/* c */ 1", "1 // c", "\u{A0}1",
        "\u{C}1",
        "\"a\"\u{B}", "\u{FEFF}", "1\u{FEFF}",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: JSONError.self) { try JSON.read(text) }
    }

    @Test(
        arguments: [
            [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
            [0xF0, 0x9F, 0x98], [0xC3, 0x28],
        ] as [[UInt8]]
    )
    func `only UTF-8 is read`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSON.read([0x22] + bytes + [0x22]) }
        #expect(throws: JSONError.self) { try JSON.read([0x22, 0x5C, 0x6E] + bytes + [0x22]) }
        #expect(throws: JSONError.self) { try JSON.read(bytes) }
    }

    @Test func `UTF-16 is refused`() {
        #expect(throws: JSONError.self) { try JSON.read([0xFF, 0xFE, 0x31, 0x00]) }
        #expect(throws: JSONError.self) { try JSON.read([0x31, 0x00]) }
    }

    @Test func `an error names the place, what was found and what was expected`() {
        let error = #expect(throws: JSONError.self) { try JSON.read("{\n  \"a\": 1,\n}") }
        #expect(error?.offset == 12)
        #expect(error?.description == "line 3, column 1: found \"}\", expected a name in double quotes")
        let end = #expect(throws: JSONError.self) { try JSON.read("[1,") }
        #expect(end?.description == "line 1, column 4: found the end of the text, expected a value")
        let twice = #expect(throws: JSONError.self) { try JSON.read(#"{"userName":1,"USERNAME":2}"#) }
        #expect(
            twice?.description
                == "line 1, column 15: found \"USERNAME\" a second time, expected each name once, whatever its letter case"
        )
    }

    @Test func `nesting is limited`() throws {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try JSON.read(deep)
        #expect(throws: JSONError.self) { try JSON.read("[" + deep + "]") }
        #expect(throws: JSONError.self) { try JSON.read(String(repeating: "[", count: 1_000_000)) }
        #expect(throws: JSONError.self) { try JSON.read(String(repeating: "{\"a\":", count: 1_000_000)) }
    }

    @Test func `a name that stands twice among many is found`() {
        let names = (0..<5000).map { "\"name\($0)\":0" }
        #expect(throws: JSONError.self) { try JSON.read("{" + (names + ["\"NAME77\":0"]).joined(separator: ",") + "}") }
        #expect(throws: Never.self) { try JSON.read("{" + names.joined(separator: ",") + "}") }
    }

    @Test func `time grows with the text, not with its square`() throws {
        let clock = ContinuousClock()
        func time(_ count: Int) throws -> Duration {
            let body = "{" + (0..<count).map { "\"n\($0)\":[\"\\u00e9x\"]" }.joined(separator: ",") + "}"
            let bytes = Array(body.utf8)
            // The best of some, because a busy machine can hold any of them up.
            let times = try (0..<5).map { _ in try clock.measure { _ = try JSON.read(bytes) } }
            return times.min() ?? .zero
        }
        let small = try time(4000)
        let large = try time(32_000)
        #expect(large < small * 40)
    }
}
