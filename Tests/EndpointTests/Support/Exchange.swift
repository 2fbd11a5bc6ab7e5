import Foundation
import SCIM

/// One recorded request with the answer, files and lines of the commit message that must come of it.
///
/// `{{base}}` stands for the endpoint's address, `{{name}}` for what an earlier exchange captured, and `"*"` for any
/// value that is not empty.
struct Exchange: Sendable {
    let title: String
    private let content: Value

    /// The exchanges of a folder of `Tests/Fixtures/exchanges`, in the order of their names.
    static func all(in folder: String) throws -> [Exchange] {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/exchanges/\(folder)").standardized
        return try FileManager.default.contentsOfDirectory(atPath: fixtures.path)
            .filter { $0.hasSuffix(".json") }.sorted()
            .map { name in
                let bytes = try Data(contentsOf: fixtures.appending(path: name))
                return Exchange(title: "\(folder)/\(name)", content: try JSON.read(Array(bytes)))
            }
    }

    var method: String { content["request.method"]?.string ?? "" }
    var path: String { content["request.path"]?.string ?? "" }
    var body: Value? { content["request.body"] }
    var headers: [String: String] { Self.texts(content["request.headers"]) }
    var status: Int { content["answer.status"]?.integer ?? 0 }
    /// The whole body of the answer.
    var answer: Value? { content["answer.body"] }
    /// What the answer's body holds beside other things.
    var part: Value? { content["answer.bodyWith"] }
    /// Names for members of the answer's body.
    var captures: [String: String] { Self.texts(content["captures"]) }
    var changes: [String] { content["changes"]?.array?.compactMap(\.string) ?? [] }
    /// Whole files by path; null for one that must not be there.
    var files: [(path: String, text: String?)] {
        (content["files"]?.object?.members ?? []).map { member in
            (member.name, member.value.array?.compactMap { $0.string.map { $0 + "\n" } }.joined())
        }
    }

    private static func texts(_ value: Value?) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (value?.object?.members ?? []).map { ($0.name, $0.value.string ?? "") })
    }
}

extension String {
    /// The text with what was captured for the names in double braces.
    func filled(_ names: [String: String]) -> String {
        names.reduce(self) { $0.replacing("{{\($1.key)}}", with: $1.value) }
    }
}

extension Value {
    fileprivate subscript(path: String) -> Value? { Reply.part(path, of: self) }

    func filled(_ names: [String: String]) -> Value {
        switch self {
        case .string(let text): .string(text.filled(names))
        case .array(let elements): .array(elements.map { $0.filled(names) })
        case .object(let object): .object(Object(object.members.map { ($0.name, $0.value.filled(names)) }))
        default: self
        }
    }

    /// The value with `"*"` where a mask has it and there is something.
    func masked(by mask: Value) -> Value {
        switch (self, mask) {
        case (_, "*"): isUnassigned || self == "" ? self : "*"
        case (.array(let elements), .array(let masks)) where elements.count == masks.count:
            .array(zip(elements, masks).map { $0.masked(by: $1) })
        case (.object(let object), .object(let mask)):
            .object(
                Object(
                    object.members.map { member in
                        (member.name, mask[member.name].map { member.value.masked(by: $0) } ?? member.value)
                    }
                )
            )
        default: self
        }
    }

    /// The value with those members only that a pattern has.
    func restricted(to pattern: Value) -> Value {
        switch (self, pattern) {
        case (.array(let elements), .array(let patterns)) where elements.count == patterns.count:
            .array(zip(elements, patterns).map { $0.restricted(to: $1) })
        case (.object(let object), .object(let pattern)):
            .object(
                Object(
                    object.members.compactMap { member in
                        pattern[member.name].map { (member.name, member.value.restricted(to: $0)) }
                    }
                )
            )
        default: self
        }
    }
}
