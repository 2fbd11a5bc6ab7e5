import Generators
import SCIM
import Testing

/// Random operations on random users, compared with the simplest model that can say the same: a dictionary from path
/// to text.
struct PatchModelTests {
    /// Attributes of one text, and parts of a complex value.
    private static let simple = ["displayName", "nickName", "title", "name.givenName", "name.familyName", "department"]
    /// Texts in lists, one for each type.
    private static let typed = ["emails", "phoneNumbers", "addresses"]
    private static let types = ["work", "home", "other"]

    private struct Model {
        var texts: [String: String] = [:]

        init(_ user: Resource) throws {
            for path in PatchModelTests.paths {
                let name = path.replacing(#/\[.*\]/#, with: "")
                let target = try #require(ResourceType.user.attribute(name))
                var value = user.value(of: target.attribute, in: target.schema)
                if let elements = value?.array {
                    value = elements.first { path.contains("\"\($0.object?["type"]?.string ?? "")\"") }
                }
                if let part = target.subAttribute { value = value?.object?[part.name] }
                texts[path] = value?.string
            }
        }
    }

    private static let paths =
        simple + typed.flatMap { name in types.map { "\(name)[type eq \"\($0)\"].\(part(of: name))" } }

    private static func part(of name: String) -> String { name == "addresses" ? "locality" : "value" }

    /// An operation in one of the dialects, and what it does to the model.
    private static func operation(using generator: inout SeededGenerator) -> (Object, (inout [String: String]) -> Void)
    {
        let path = paths.randomElement(using: &generator) ?? "title"
        let text = ["", "a", "b", "Ä\"\\", "null"].randomElement(using: &generator) ?? "a"
        let verb = ["add", "Add", "replace", "Replace", "REPLACE"].randomElement(using: &generator) ?? "add"
        switch Int.random(in: 0..<5, using: &generator) {
        case 0:
            let op = Bool.random(using: &generator) ? "remove" : "Remove"
            return (["op": .string(op), "path": .string(path)], { $0[path] = nil })
        case 1:
            return (["op": .string(verb), "path": .string(path), "value": .null], { $0[path] = nil })
        case 2, 3:
            let change = { (texts: inout [String: String]) in texts[path] = text.isEmpty ? nil : text }
            return (["op": .string(verb), "path": .string(path), "value": .string(text)], change)
        default:
            let change = { (texts: inout [String: String]) in texts[path] = text.isEmpty ? nil : text }
            return (["op": .string(verb), "value": .object(Object([(path, .string(text))]))], change)
        }
    }

    /// The user with its lists in an order: to remove and to add again moves an element to the end.
    private static func sorted(_ user: Resource) -> String {
        let members = user.object.members.map { member in
            (member.name, member.value.array.map { .array($0.sorted { text($0) < text($1) }) } ?? member.value)
        }
        return text(Object(members))
    }

    @Test func `operations do what the model does, and a second time nothing more`() throws {
        var generator = SeededGenerator(seed: 20_261_123)
        var user = Resource(["userName": "a"], type: .user)
        var model: [String: String] = [:]
        for round in 0..<3000 {
            let before = user
            let operations = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                Self.operation(using: &generator)
            }
            let request = try PatchRequest(["Operations": .array(operations.map { .object($0.0) })], type: .user)
            try request.apply(to: &user)
            for (_, change) in operations { change(&model) }
            #expect(try Model(user).texts == model, "round \(round): \(operations.map { text($0.0) })")
            let once = user
            try request.apply(to: &user)
            #expect(
                Self.sorted(user) == Self.sorted(once),
                "round \(round): \(operations.map { text($0.0) }) on \(text(before.object))"
            )
            // What is stored is what a POST of it would store.
            #expect(try ResourceReader.read(.object(user.object), as: .user) == user.object)
        }
    }

    @Test func `a refused request leaves the record as it was`() throws {
        var generator = SeededGenerator(seed: 5)
        let bad: [Value] = [
            ["op": "replace", "path": "active", "value": "maybe"], ["op": "remove", "path": "userName"],
            ["op": "replace", "path": "emails[type co \"none\"].value", "value": "x"],
            ["op": "add", "path": "x", "value": 1],
            ["op": "replace", "value": ["id": "other"]],
        ]
        for _ in 0..<500 {
            let user = try sampleUser()
            var copy = user
            var operations = (0..<3).map { _ in Value.object(Self.operation(using: &generator).0) }
            operations.insert(
                try #require(bad.randomElement(using: &generator)),
                at: Int.random(in: 0...3, using: &generator)
            )
            let body: Value = ["Operations": .array(operations)]
            #expect(throws: SCIMError.self) { try PatchRequest(body, type: .user).apply(to: &copy) }
            copy = user
            #expect(copy == user)
        }
    }

    @Test func `members are a set whatever the dialect`() throws {
        var generator = SeededGenerator(seed: 99)
        var plain = Resource(["displayName": "g"], type: .group)
        var counting = CountingGroup(members: [])
        var model: Set<String> = []
        for _ in 0..<2000 {
            let ids = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                String(Int.random(in: 0..<12, using: &generator))
            }
            let values = Value.array(ids.map { ["value": .string($0), "$ref": .null] })
            let operation: Value
            switch Int.random(in: 0..<6, using: &generator) {
            case 0:
                operation = ["op": "Add", "path": "members", "value": values]
                model.formUnion(ids)
            case 1:
                operation = ["op": "add", "value": ["members": values]]
                model.formUnion(ids)
            case 2:
                operation = ["op": "Remove", "path": "members", "value": values]
                model.subtract(ids)
            case 3:
                operation = ["op": "remove", "path": .string("members[value eq \"\(ids[0])\"]")]
                model.remove(ids[0])
            case 4:
                operation = [
                    "op": "remove",
                    "path": .string("members[" + ids.map { "value eq \"\($0)\"" }.joined(separator: " or ") + "]"),
                ]
                model.subtract(ids)
            default:
                operation = ["op": "replace", "path": "members", "value": values]
                model = Set(ids)
            }
            let request = try PatchRequest(["Operations": [operation]], type: .group)
            try request.apply(to: &plain)
            try request.apply(to: &counting)
            #expect(counting.members == model)
            #expect(Set((plain.object["members"]?.array ?? []).compactMap { $0.object?["value"]?.string }) == model)
            #expect((plain.object["members"]?.array ?? []).count == model.count)
        }
        #expect(!counting.asked.values.contains("members"))
    }
}
