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

    /// So many operations whose brackets compare so often with each value, and find none.
    static func compare(_ operations: Int, _ comparisons: Int, in path: String = "emails") -> String {
        let brackets = (0..<comparisons).map { #"value co \"\#($0)\""# }.joined(separator: " or ")
        let operation = #"{"op":"remove","path":"\#(path)[\#(brackets)]"}"#
        return Array(repeating: operation, count: operations).joined(separator: ",")
    }

    /// Four operations and three elements: 21 comparisons.
    @Test(arguments: [
        ("abc", compare(1, 7), "abc"), ("abc", compare(1, 8), "413"), ("ab", compare(1, 10), "ab"),
        ("ab", compare(2, 5), "ab"), ("ab", compare(2, 6), "413"), ("", compare(4, 400), ""),
        // Found or not, merged or removed: it is compared all the same.
        ("abc", #"{"op":"remove","path":"emails[not (value co \"a\" and value co \"a\")]"},"# + compare(1, 15), "a"),
        ("abc", #"{"op":"remove","path":"emails[not (value co \"a\" and value co \"a\")]"},"# + compare(1, 16), "413"),
        ("abc", compare(1, 8).replacing("remove", with: "replace").dropLast() + #","value":{"type":"work"}}"#, "413"),
        ("abc", add("a") + "," + compare(1, 7), "abc"),
        // All values, none of which is compared.
        ("abc", #"{"op":"replace","path":"emails.type","value":"work"},"# + compare(1, 7), "abc"),
    ])
    func `brackets compare only so often in a request`(
        _ before: String,
        _ operations: String,
        _ expected: String
    ) throws {
        #expect(try Self.values(before, operations, .user, "emails", Self.emails) == expected)
    }

    @Test(arguments: [
        (compare(3, 7, in: "members"), "413"), (compare(3, 2, in: "members"), "abc"),
        (#"{"op":"remove","path":"members[value eq \"d\"]"},"# + compare(1, 7, in: "members"), "abc"),
    ])
    func `brackets compare members only so often, unless they are found by their ids`(
        _ operations: String,
        _ expected: String
    ) throws {
        #expect(try Self.values("abc", operations, .group, "members", Self.members) == expected)
    }

    /// Each operation asks one member, whom an index finds among a hundred, so many things: 21 comparisons in all.
    @Test(arguments: [([21], true), ([10, 11], true), ([22], false), ([10, 12], false)])
    func `whom an index finds is compared like anybody else, and the others are not`(
        _ comparisons: [Int],
        isDone: Bool
    ) throws {
        let operations = comparisons.map { count -> Value in
            let others = (1..<count).map { #"value co "\#($0)x""# }.joined(separator: " or ")
            return ["op": "remove", "path": .string(#"members[value eq "7" and (\#(others))]"#)]
        }
        let request = try PatchRequest(["Operations": .array(operations)], type: .group, policy: Self.policy)
        var group = CountingGroup(members: (0..<100).map(String.init))
        var status: Int?
        do throws(SCIMError) { try request.apply(to: &group) } catch { status = error.status }
        #expect(status == (isDone ? nil : 413))
        #expect(group.members.count == 100 && !group.asked.values.contains("members"))
    }

    static func members(_ names: String) -> String {
        "[" + names.map { #"{"value":"\#($0)"}"# }.joined(separator: ",") + "]"
    }

    @Test func `a group has as many members as there are`() throws {
        let operation = #"{"op":"add","path":"members","value":[{"value":"d"},{"value":"e"}]}"#
        let operations = Array(repeating: operation, count: 4).joined(separator: ",")
        #expect(try Self.values("abc", operations, .group, "members", Self.members) == "abcde")
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
