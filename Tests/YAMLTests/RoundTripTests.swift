import Generators
import Testing
import YAML

struct RoundTripTests {
    /// A string in every position that a file has.
    static func entry(for string: String) -> Value {
        .map([
            Field("value", .text(string)),
            Field("list", .texts([string])),
            Field("lists", .list([.texts([string])])),
            Field("key", .map([Field(string, .map([Field(string, .text("x"))]))])),
        ])
    }

    @Test func `the list is long enough`() throws {
        #expect(Set(try HostileStrings.all().map { Array($0.utf8) }).count >= 200)
    }

    @Test func `every hostile string comes back from every position, alone in its file`() throws {
        for string in try HostileStrings.all() {
            for value in [.text(string), .texts([string]), Self.entry(for: string)] {
                try expectRoundTrip(value)
            }
        }
    }

    @Test func `all hostile strings come back from one file`() throws {
        try expectRoundTrip(.list(HostileStrings.all().map(Self.entry)))
    }

    @Test func `a string with a zero byte comes back, too`() throws {
        try expectRoundTrip(Self.entry(for: "a\u{0}b"))
    }

    @Test func `random values come back`() throws {
        let seed = SeededGenerator.seed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let value = Self.value(depth: 0, using: &generator)
            try expectRoundTrip(value, "YAML_SEED=\(seed)")
        }
    }

    /// A random value; keys are told apart by their number, because two may not be the same.
    private static func value(depth: Int, using generator: inout some RandomNumberGenerator) -> Value {
        switch Int.random(in: 0..<(depth < 5 ? 8 : 4), using: &generator) {
        case 0: .boolean(.random(using: &generator))
        case 1: .integer(.random(in: -1000...1000, using: &generator))
        case 2, 3: .text(HostileText.random(using: &generator))
        case 4, 5:
            .list(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in value(depth: depth + 1, using: &generator) }
            )
        default:
            .map(
                (0..<Int.random(in: 0...4, using: &generator)).map { number in
                    let key = "\(number)" + HostileText.random(using: &generator)
                    return Field(key, value(depth: depth + 1, using: &generator))
                }
            )
        }
    }
}

/// Expects that what is written is read as the same value, and that writing that gives the same bytes.
func expectRoundTrip(
    _ value: Value,
    _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let bytes = Writer.bytes(of: value)
    let node = try Reader.read(bytes)
    // By bytes, because strings that differ only in normalisation are equal for Swift.
    #expect(Exact(node) == Exact(value), comment, sourceLocation: sourceLocation)
    #expect(Writer.bytes(of: Exact(node).value) == bytes, comment, sourceLocation: sourceLocation)
}

/// A value whose texts are compared byte by byte.
indirect enum Exact: Hashable {
    case text([UInt8])
    case other([UInt8])
    case list([Exact])
    case map([[Exact]])

    init(_ node: Node) {
        switch node.content {
        case .scalar(let scalar):
            let bytes = Array(scalar.text.utf8)
            self = scalar.kind == .text ? .text(bytes) : .other(bytes)
        case .sequence(let nodes): self = .list(nodes.map { Exact($0) })
        case .mapping(let entries): self = .map(entries.map { [.text(Array($0.key.utf8)), Exact($0.value)] })
        }
    }

    init(_ value: Value) {
        switch value {
        case .text(let text): self = .text(Array(text.utf8))
        case .boolean(let boolean): self = .other(Array(boolean ? "true".utf8 : "false".utf8))
        case .integer(let integer): self = .other(Array(String(integer).utf8))
        case .timestamp(let text): self = .other(Array(text.utf8))
        case .list(let values): self = .list(values.map { Exact($0) })
        case .map(let fields): self = .map(fields.map { [.text(Array($0.key.utf8)), Exact($0.value)] })
        }
    }

    var value: Value {
        switch self {
        case .text(let bytes): .text(String(decoding: bytes, as: UTF8.self))
        case .other(let bytes): Self.plain(String(decoding: bytes, as: UTF8.self))
        case .list(let elements): .list(elements.map(\.value))
        case .map(let fields): .map(fields.map { Field($0[0].string, $0[1].value) })
        }
    }

    private var string: String {
        guard case .text(let bytes) = self else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func plain(_ text: String) -> Value {
        if text == "true" || text == "false" { return .boolean(text == "true") }
        return Int(text).map { .integer($0) } ?? .timestamp(text)
    }
}
