import SCIM
import Testing

/// How long lists become by PATCH: no longer than a PUT of the same resource could have them.
struct PatchLimitTests {
    /// Three elements in a list, four operations in a request.
    static let policy: Policy = {
        var policy = Policy.tolerant
        policy.maximumElements = 3
        policy.maximumOperations = 4
        return policy
    }()

    static func emails(_ names: String) -> String {
        "[" + names.map { #"{"value":"\#($0)@x"}"# }.joined(separator: ",") + "]"
    }

    static func add(_ names: String) -> String { #"{"op":"add","path":"emails","value":\#(emails(names))}"# }

    @Test(arguments: [
        ("a", add("bc"), "abc"), ("abc", add("ab"), "abc"), ("abc", add("A"), "abc"),
        ("ab", add("c") + "," + add("d"), "400 invalidValue"), ("ab", add("cd"), "400 invalidValue"),
        // What was longer before can stay so and shrink, but not grow.
        ("abcd", add("a"), "abcd"), ("abcd", #"{"op":"remove","path":"emails[value eq \"d@x\"]"}"#, "abc"),
        ("abcd", add("e"), "400 invalidValue"),
        ("abc", #"{"op":"add","path":"emails[value eq \"d@x\"].type","value":"work"}"#, "400 invalidValue"),
        ("", add("abc") + #",{"op":"remove","path":"emails"},"# + add("def"), "def"),
        // All operations together.
        ("", add("abc") + "," + add("abc") + "," + add("a"), "abc"),
        ("", add("abc") + "," + add("abc") + "," + add("ab"), "413"),
        ("abc", #"{"op":"remove","path":"emails","value":\#(emails("abc"))},"# + add("abc") + "," + add("ab"), "413"),
    ])
    func `a list grows no longer than a request can have it`(
        _ before: String,
        _ operations: String,
        _ expected: String
    ) throws {
        #expect(try Self.values(before, operations, .user, "emails", Self.emails) == expected)
    }

    @Test func `a group has as many members as there are`() throws {
        let operation = #"{"op":"add","path":"members","value":[{"value":"d"},{"value":"e"}]}"#
        let operations = Array(repeating: operation, count: 4).joined(separator: ",")
        let members = { (names: String) in "[" + names.map { #"{"value":"\#($0)"}"# }.joined(separator: ",") + "]" }
        #expect(try Self.values("abc", operations, .group, "members", members) == "abcde")
    }

    /// The first letters of a list's values after some operations, or the refusal.
    private static func values(
        _ before: String,
        _ operations: String,
        _ type: ResourceType,
        _ name: String,
        _ list: (String) -> String
    ) throws -> String {
        var resource = Resource([name: try json(list(before))], type: type)
        let body: Value = ["Operations": try json("[\(operations)]")]
        do throws(SCIMError) {
            try PatchRequest(body, type: type, policy: policy).apply(to: &resource)
        } catch {
            return [String(error.status), error.type?.rawValue].compactMap(\.self).joined(separator: " ")
        }
        return (resource.object[name]?.array ?? []).map { String($0.object?["value"]?.string?.first ?? "?") }.joined()
    }
}
