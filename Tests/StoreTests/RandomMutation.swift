import Generators
import Roster
import SCIM

/// Mutations of all kinds with values of all kinds, whether they fit a directory or not.
enum RandomMutation {
    static func any(_ random: inout SeededGenerator) -> Mutation {
        let id = text(&random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .createUser(User(id: id, created: optionalText(&random), attributes: object(&random, depth: 3)))
        case 1: return .changeUser(id: id, assignments(&random))
        case 2: return .deleteUser(id: id)
        case 3:
            return .createGroup(
                Group(
                    id: id,
                    created: optionalText(&random),
                    attributes: object(&random, depth: 2),
                    members: texts(&random),
                    groups: texts(&random),
                    unresolved: UnresolvedMembers(users: texts(&random), groups: texts(&random))
                )
            )
        case 4:
            return .changeGroup(
                id: id,
                GroupChange(
                    assignments: assignments(&random),
                    joining: Set(texts(&random).map(Member.user) + texts(&random).map(Member.group)),
                    leaving: Set(texts(&random).map(Member.user) + texts(&random).map(Member.group))
                )
            )
        default: return .deleteGroup(id: id)
        }
    }

    static func text(_ random: inout SeededGenerator) -> String {
        let letters = Array("ab@é\u{301}🙂\"\\\n\u{0}\u{7f}\u{2028}ßX/:- ").map(String.init)
        return (0..<Int.random(in: 0...8, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
            .joined()
    }

    private static func optionalText(_ random: inout SeededGenerator) -> String? {
        Bool.random(using: &random) ? text(&random) : nil
    }

    private static func texts(_ random: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in text(&random) }
    }

    private static func assignments(_ random: inout SeededGenerator) -> Assignments {
        var values: [String: Value?] = [:]
        for name in texts(&random) {
            values[name] = .some(Bool.random(using: &random) ? value(&random, depth: 2) : Value?.none)
        }
        return Assignments(values)
    }

    private static func object(_ random: inout SeededGenerator, depth: Int) -> Object {
        var object = Object()
        for name in texts(&random) + ["userName"] { object[name] = value(&random, depth: depth) }
        return object
    }

    private static func value(_ random: inout SeededGenerator, depth: Int) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return .decimal(.random(in: -1e18...1e18, using: &random))
        case 4: return .string(text(&random))
        case 5: return .array((0..<3).map { _ in value(&random, depth: depth - 1) })
        default: return .object(object(&random, depth: depth - 1))
        }
    }
}
