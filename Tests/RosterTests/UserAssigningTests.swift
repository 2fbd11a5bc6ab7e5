import Generators
import SCIM
import Testing

@testable import Roster

/// Changing a few attributes of a user's text against making the user anew with them.
struct UserAssigningTests {
    @Test(arguments: [1, 2, 3, UInt64.random(in: 4 ... .max)])
    func `attributes that are written over come to the same as a user made anew`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var shortcuts = 0
        for step in 0..<2000 {
            let user = User(id: "u", created: "2026-11-23T16:47:00Z", attributes: Self.attributes(&random))
            let assignments = Self.assignments(&random)
            let stated = assignments.applied(to: user.attributes)
            var changed = user
            changed.assign(assignments)
            let expected = User(id: "u", created: user.created, attributes: stated)
            #expect(changed == expected && changed.version == expected.version, "seed \(seed), step \(step)")
            #expect(changed.attributes == expected.attributes, "seed \(seed), step \(step)")
            if user.text.assigning(assignments) != nil { shortcuts += 1 }

            var kept = stated
            if kept["active"].map(\.isUnassigned) ?? true { kept["active"] = user.value(of: "active") }
            let after = User(id: "u", created: user.created, attributes: kept)
            let changes = Assignments(from: user.attributes, to: after.attributes)
            #expect(user.changes(by: assignments) == changes, "seed \(seed), step \(step)")
        }
        // Else the shortcut would not have been looked at.
        #expect(shortcuts > 200)
    }

    private static func attributes(_ random: inout SeededGenerator) -> Object {
        var object: Object = ["userName": "ada"]
        for name in names where Bool.random(using: &random) { object[name] = value(of: name, &random) }
        return object
    }

    private static func assignments(_ random: inout SeededGenerator) -> Assignments {
        var values: [String: Value?] = [:]
        for _ in 0..<Int.random(in: 0..<4, using: &random) {
            let name = (names + names.prefix(4)).randomElement(using: &random) ?? "title"
            values[name] = .some(Int.random(in: 0..<5, using: &random) == 0 ? nil : value(of: name, &random))
        }
        return Assignments(values)
    }

    private static let names = [
        "active", "displayName", "title", "userName", "name", "emails", "roles", "externalId", "Title", "zoo",
        "urn:acme:x", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    ]

    private static func value(of name: String, _ random: inout SeededGenerator) -> Value {
        let text = ["a", "b", "a \"quoted\\\" }],: é", "", "1"].randomElement(using: &random) ?? ""
        switch name {
        case "active": return .bool(Bool.random(using: &random))
        case "name": return ["givenName": .string(text), "familyName": "Lovelace"]
        case "emails", "roles":
            let elements: [Value] = [["value": .string(text)], ["type": "work", "value": "x"], [:], .null]
            let count = Int.random(in: 0..<3, using: &random)
            return .array((0..<count).map { _ in elements.randomElement(using: &random) ?? .null })
        case let name where name.contains(":"): return ["department": .string(text), "more": [.integer(1), true]]
        default: return random.next() % 5 == 0 ? .null : .string(text)
        }
    }
}
