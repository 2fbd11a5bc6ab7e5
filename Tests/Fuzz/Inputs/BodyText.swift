import Generators
import SCIM

/// JSON bodies: what a client could send with some of it wrong, and damaged text of it.
enum BodyText {
    static func random(using generator: inout SeededGenerator) -> [UInt8] {
        if generator.chance(5) { return Array(SCIMText.random(using: &generator).utf8) }
        var bytes = JSON.write(value(using: &generator))
        if generator.chance(3) {
            bytes.mangle(with: SCIMText.tokens, times: Int.random(in: 1...4, using: &generator), using: &generator)
        }
        return bytes
    }

    /// A whole body that is JSON, and often what an endpoint takes.
    static func value(using generator: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...3: .object(user(using: &generator))
        case 4, 5: .object(group(using: &generator))
        case 6...8: .object(patch(using: &generator))
        default: .object(bulk(using: &generator))
        }
    }

    static func user(using generator: inout SeededGenerator) -> Object {
        var body: Object = ["schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]]
        body["userName"] = name(using: &generator)
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            let name = generator.pick(attributes)
            body[name] = value(of: name, using: &generator)
        }
        if generator.chance(4) { body[enterprise] = parts(enterpriseParts, using: &generator) }
        return body
    }

    static func group(using generator: inout SeededGenerator) -> Object {
        var body: Object = ["schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"]]
        body["displayName"] = name(using: &generator)
        if !generator.chance(3) { body["members"] = members(using: &generator) }
        if generator.chance(4) { body["externalId"] = text(using: &generator) }
        return body
    }

    static func patch(using generator: inout SeededGenerator) -> Object {
        let count = Int.random(in: 1...3, using: &generator)
        let operations = (0..<count).map { _ in Value.object(operation(using: &generator)) }
        return ["schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": .array(operations)]
    }

    private static func operation(using generator: inout SeededGenerator) -> Object {
        var operation: Object = ["op": .string(generator.pick(["add", "replace", "remove", "Add", "Replace"]))]
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: operation["value"] = .object(user(using: &generator))
        case 1: operation["value"] = .object(group(using: &generator))
        case 2, 3:
            operation["path"] = "members"
            operation["value"] = members(using: &generator)
        default:
            let path = generator.chance(8) ? PathText.random(using: &generator) : generator.pick(PathText.known)
            operation["path"] = .string(path)
            operation["value"] = value(of: path, using: &generator)
        }
        return operation
    }

    private static func bulk(using generator: inout SeededGenerator) -> Object {
        let operations = (0..<Int.random(in: 1...3, using: &generator)).map { number -> Value in
            let isUser = Bool.random(using: &generator)
            return [
                "method": .string(generator.pick(["POST", "PUT", "PATCH", "DELETE"])), "bulkId": .string("b\(number)"),
                "path": .string(generator.pick(["/Users", "/Groups", "/Users/bulkId:b0", "/Groups/id-00002"])),
                "data": .object(isUser ? user(using: &generator) : group(using: &generator)),
            ]
        }
        return ["schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": .array(operations)]
    }

    private static func members(using generator: inout SeededGenerator) -> Value {
        .array(
            (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                ["value": .string(recordID(using: &generator)), "type": .string(generator.pick(["User", "Group"]))]
            }
        )
    }

    /// An id that a record may have: the fuzzed endpoint counts them.
    static func recordID(using generator: inout SeededGenerator) -> String {
        generator.chance(10) ? text(using: &generator).string ?? "" : "id-\(Int.random(in: 1...24, using: &generator))"
    }

    private static func value(of attribute: String, using generator: inout SeededGenerator) -> Value {
        if generator.chance(8) { return anything(depth: 0, using: &generator) }
        switch attribute {
        case "active", "primary": return [true, false, "True", "False"].randomElement(using: &generator) ?? true
        case "name": return parts(["givenName", "familyName", "formatted"], using: &generator)
        case _ where lists.contains(attribute):
            return .array(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                    parts(["value", "type", "primary", "display", "locality"], using: &generator)
                }
            )
        default: return text(using: &generator)
        }
    }

    private static func parts(_ names: [String], using generator: inout SeededGenerator) -> Value {
        var object = Object()
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let name = generator.pick(names)
            object[name] = name == "manager" ? ["value": text(using: &generator)] : value(of: name, using: &generator)
        }
        return .object(object)
    }

    private static func anything(depth: Int, using generator: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .integer(generator.chance(4) ? Int.min : Int.random(in: -9...9999, using: &generator))
        case 3: .decimal([0.5, -0.0, 1e300, 1e-7, 12.25].randomElement(using: &generator) ?? 0)
        case 4, 5: text(using: &generator)
        case 6: .array((0..<2).map { _ in anything(depth: depth + 1, using: &generator) })
        default: [generator.pick(attributes): anything(depth: depth + 1, using: &generator)]
        }
    }

    private static func text(using generator: inout SeededGenerator) -> Value {
        .string(generator.chance(3) ? generator.pick(words) : HostileText.random(using: &generator))
    }

    private static func name(using generator: inout SeededGenerator) -> Value {
        generator.chance(6) ? text(using: &generator) : .string(generator.pick(words))
    }

    private static let words = [
        "ada@example.com", "Grace", "lin", "no", "007", "a b", "x/y", "ÅSE", "1e3", "ß", "- x", "Data Platform", "",
        "2026-01-01", "null", "work", "home", "CON", ".git", "../x", "a\u{301}", "True",
    ]

    private static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    private static let enterpriseParts = ["employeeNumber", "department", "manager", "costCenter", "nonsense"]
    private static let lists: Set<String> = [
        "emails", "phoneNumbers", "ims", "photos", "addresses", "entitlements", "roles", "x509Certificates",
    ]
    private static let attributes =
        lists.sorted() + [
            "userName", "active", "displayName", "name", "nickName", "profileUrl", "title", "userType", "locale",
            "preferredLanguage", "timezone", "externalId", "password", "id", "meta", "groups", "nonsense", "USERNAME",
        ]
}
