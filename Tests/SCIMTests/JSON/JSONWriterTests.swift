import Generators
import SCIM
import Testing

struct JSONWriterTests {
    @Test(
        arguments: [
            (.null, "null"), (true, "true"), (false, "false"), (-7, "-7"), (.integer(.max), "9223372036854775807"),
            (.decimal(1.5), "1.5"), (.decimal(1), "1.0"), (.decimal(1e300), "1e+300"), (.decimal(.nan), "null"),
            ("", "\"\""), ("a/b", "\"a/b\""), ("\"\\", #""\"\\""#), ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
            ("\u{0}\u{1F}\u{B}", #""\u0000\u001f\u000b""#), ("é😀\u{7F}\u{2028}", "\"é😀\u{7F}\u{2028}\""), ([], "[]"),
            ([1, [2]], "[1,[2]]"), ([:], "{}"), (["b": 1, "a": [:]], #"{"b":1,"a":{}}"#),
        ] as [(Value, String)]
    )
    func `the shortest text is written`(value: Value, expected: String) {
        #expect(text(value) == expected)
    }

    @Test func `what is written reads as the same value`() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let value = RandomJSON.value(depth: 4, using: &generator)
            #expect(try JSON.read(JSON.write(value)) == value)
        }
    }

    @Test func `text is appended to what is there`() {
        var bytes: [UInt8] = Array("x=".utf8)
        JSON.write([1], into: &bytes)
        #expect(bytes == Array("x=[1]".utf8))
    }
}

/// Values that look random.
enum RandomJSON {
    static func value(depth: Int, using generator: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(Int(truncatingIfNeeded: generator.next()))
        case 3: return .decimal(Double.random(in: -1e6...1e6, using: &generator))
        case 4: return .string(string(using: &generator))
        case 5: return .array((0..<3).map { _ in value(depth: depth - 1, using: &generator) })
        default:
            return .object(Object((0..<3).map { ("k\($0)", value(depth: depth - 1, using: &generator)) }))
        }
    }

    static func string(using generator: inout SeededGenerator) -> String {
        let alphabet: [Character] = ["a", "\"", "\\", "/", "\n", "\0", "é", "😀", " ", "\u{1F}", "\u{2028}"]
        return String(
            (0..<Int.random(in: 0..<8, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? "a"
            }
        )
    }
}
