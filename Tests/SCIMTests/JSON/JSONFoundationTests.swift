import Foundation
import Generators
import SCIM
import Testing

struct JSONFoundationTests {
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `Foundation reads what is written as the same value`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let value = RandomJSON.value(depth: 4, using: &generator)
            let read = try JSONDecoder().decode(Decoded.self, from: Data(JSON.write(value)))
            #expect(read.value == Decoded.sorted(value), "seed \(seed)")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `what Foundation writes is read as the same value`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let encoder = JSONEncoder()
        for _ in 0..<200 {
            let value = RandomJSON.value(depth: 4, using: &generator)
            let bytes = try encoder.encode(Decoded(value: value))
            #expect(Decoded.sorted(try JSON.read(Array(bytes))) == Decoded.sorted(value), "seed \(seed)")
        }
    }
}

/// A value by way of Foundation's coders, which do not keep the order of members.
private struct Decoded: Codable {
    var value: Value

    init(value: Value) { self.value = value }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .null
        } else if let bool = try? container.decode(Bool.self) {
            value = .bool(bool)
        } else if let integer = try? container.decode(Int.self) {
            value = .integer(integer)
        } else if let decimal = try? container.decode(Double.self) {
            value = .decimal(decimal)
        } else if let string = try? container.decode(String.self) {
            value = .string(string)
        } else if let elements = try? container.decode([Decoded].self) {
            value = .array(elements.map(\.value))
        } else {
            let members = try container.decode([String: Decoded].self)
            value = .object(Object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.value) }))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .integer(let integer): try container.encode(integer)
        case .decimal(let decimal): try container.encode(decimal)
        case .string(let string): try container.encode(string)
        case .array(let elements): try container.encode(elements.map(Decoded.init))
        case .object(let object):
            let members = object.members.map { ($0.name, Decoded(value: $0.value)) }
            try container.encode(Dictionary(uniqueKeysWithValues: members))
        }
    }

    /// The value with members by name, and with a decimal that is whole as Foundation shows it.
    static func sorted(_ value: Value) -> Value {
        switch value {
        case .array(let elements): .array(elements.map(sorted))
        case .object(let object):
            .object(Object(object.members.sorted { $0.name < $1.name }.map { ($0.name, sorted($0.value)) }))
        case .decimal(let decimal) where decimal.magnitude < 1e15 && decimal == decimal.rounded():
            .integer(Int(decimal))
        case .null, .bool, .integer, .decimal, .string: value
        }
    }
}
