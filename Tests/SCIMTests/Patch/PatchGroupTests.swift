import SCIM
import Testing

/// Facts 2.1 and 2.6, groups: members.
struct PatchGroupTests {
    @Test(arguments: [
        (#"[{"op":"Add","path":"members","value":[{"$ref":null,"value":"n"}]}]"#, ["insert [\"n\"]"]),
        (#"[{"op":"add","path":"members","value":[{"$ref":null,"value":"n"}]}]"#, ["insert [\"n\"]"]),
        (
            #"[{"op":"add","path":"members","value":[{"value":"1","display":"x"},{"value":"n"}]}]"#,
            ["insert [\"1\", \"n\"]"]
        ),
        (#"[{"op":"add","path":"members","value":{"value":"n"}}]"#, ["insert [\"n\"]"]),
        (#"[{"op":"add","path":"members","value":"n"}]"#, ["insert [\"n\"]"]),
        (#"[{"op":"add","value":{"members":[{"value":"n"}]}}]"#, ["insert [\"n\"]"]),
        (#"[{"op":"add","path":"members","value":[]}]"#, []),
        (#"[{"op":"Remove","path":"members","value":[{"$ref":null,"value":"1"}]}]"#, ["remove [\"1\"]"]),
        (#"[{"op":"remove","path":"members","value":[{"value":"1"},{"value":"x"}]}]"#, ["remove [\"1\", \"x\"]"]),
        (#"[{"op":"remove","path":"members","value":"1"}]"#, ["remove [\"1\"]"]),
        (#"[{"op":"remove","path":"members[value eq \"1\"]"}]"#, ["remove [\"1\"]"]),
        (#"[{"op":"remove","path":"members[value eq \"1\" or value eq \"2\"]"}]"#, ["remove [\"1\", \"2\"]"]),
        (#"[{"op":"remove","path":"members[value eq \"1\" and type eq \"User\"]"}]"#, ["remove [\"1\"]"]),
        (#"[{"op":"remove","path":"members[value eq \"1\" and type eq \"Group\"]"}]"#, []),
        (#"[{"op":"remove","path":"members[value eq 1]"}]"#, ["remove [\"1\"]"]),
        (#"[{"op":"remove","path":"members"}]"#, ["assign members"]),
        (#"[{"op":"replace","path":"members","value":[{"value":"n"}]}]"#, ["assign members"]),
        (#"[{"op":"replace","path":"members","value":[]}]"#, ["assign members"]),
        (#"[{"op":"replace","path":"members","value":null}]"#, ["assign members"]),
        (#"[{"op":"replace","path":"members","value":""}]"#, ["assign members"]),
        (
            #"[{"op":"replace","value":{"id":"group","displayName":"New","members":[]}}]"#,
            ["assign displayName", "assign members"]
        ),
        (#"[{"op":"add","path":"members[value eq \"n\"]","value":{"type":"User"}}]"#, ["insert [\"n\"]"]),
        (#"[{"op":"add","path":"members[value eq \"1\"]","value":{"type":"User"}}]"#, []),
        (
            #"""
            [{"op":"remove","path":"members[value eq \"1\"]"},{"op":"add","path":"members","value":[{"value":"n"}]},
             {"op":"replace","path":"members","value":[{"value":"1"},{"value":"2"}]}]
            """#,
            ["remove [\"1\"]", "insert [\"n\"]", "assign members"]
        ),
    ])
    func `members come and go without the list being made`(operations: String, expected: [String]) throws {
        var group = CountingGroup(members: (0..<100).map(String.init))
        let body = try json(#"{"Operations":\#(operations)}"#)
        try PatchRequest(body, type: .group).apply(to: &group)
        #expect(group.log == expected)
        #expect(!group.asked.values.contains("members"))
    }

    @Test(arguments: [
        (#"{"op":"add","path":"members","value":null}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members","value":""}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members","value":{}}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members"}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members","value":[null]}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members","value":[{}]}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members","value":[{"id":"1"}]}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members","value":[{"value":null}]}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members","value":[[{"value":"1"}]]}"#, "400 invalidValue"),
        (#"{"op":"add","path":"members","value":[{"value":{"id":"1"}}]}"#, "400 invalidValue"),
        (#"{"op":"remove","path":"members","value":null}"#, "400 invalidValue"),
        (#"{"op":"remove","path":"members","value":[]}"#, "400 invalidValue"),
        (#"{"op":"remove","path":"members","value":""}"#, "400 invalidValue"),
        (#"{"op":"remove","path":"members","value":[{}]}"#, "400 invalidValue"),
        (#"{"op":"remove","path":"members","value":[{"display":"Ada"}]}"#, "400 invalidValue"),
        (#"{"op":"remove","path":"members[id eq \"1\"]"}"#, "400 invalidFilter"),
        (#"{"op":"remove","path":"members[value eq]"}"#, "400 invalidPath"),
        (#"{"op":"remove","path":"members[\"1\"]"}"#, "400 invalidPath"),
        (#"{"op":"remove","path":"members.1"}"#, "400 invalidPath"),
        (#"{"op":"remove","path":"members.value"}"#, "400 mutability"),
        (#"{"op":"remove","path":"members[value eq \"1\"].value"}"#, "400 mutability"),
        (#"{"op":"replace","path":"members[value eq \"1\"].value","value":"2"}"#, "400 mutability"),
        (#"{"op":"replace","path":"members.value","value":"2"}"#, "400 mutability"),
        (#"{"op":"replace","path":"members[value eq \"1\"]","value":{"value":"2"}}"#, "400 mutability"),
        (#"{"op":"replace","path":"members[value eq \"1\"].display","value":"x"}"#, "400 mutability"),
        (#"{"op":"add","value":{"members.x":"1"}}"#, "400 invalidPath"),
        (#"{"op":"add","value":{"members[value":"1"}}"#, "400 invalidPath"),
        (#"{"op":"remove","path":"displayName"}"#, "400 mutability"),
    ])
    func `a member PATCH that is not understood is refused and changes nothing`(
        operation: String,
        expected: String
    ) throws {
        var group = CountingGroup(members: ["1", "2", "3"])
        let body = try json(#"{"Operations":[\#(operation)]}"#)
        #expect(refusal { try PatchRequest(body, type: .group).apply(to: &group) } == expected, "\(operation)")
        #expect(group.log == [])
    }

    @Test(arguments: [
        PatchCase(
            "add and remove in one request",
            before: #"{"displayName":"g","members":[{"value":"1"}]}"#,
            #"[{"op":"add","path":"members","value":[{"value":"2"},{"value":"1"}]},{"op":"remove","path":"members","value":[{"value":"2"}]}]"#,
            after: #"{"displayName":"g","members":[{"value":"1"}]}"#
        ),
        PatchCase(
            "the last member",
            before: #"{"displayName":"g","members":[{"value":"1"}]}"#,
            #"[{"op":"remove","path":"members[value eq \"1\"]"}]"#,
            after: #"{"displayName":"g"}"#
        ),
        PatchCase(
            "Okta's rename",
            before: #"{"id":"i","displayName":"g","members":[{"value":"1"}]}"#,
            #"[{"op":"replace","value":{"id":"i","displayName":"h"}}]"#,
            after: #"{"id":"i","displayName":"h","members":[{"value":"1"}]}"#
        ),
        PatchCase(
            "the validator replaces by one and by two",
            before: #"{"displayName":"g","members":[{"value":"1"},{"value":"2"}]}"#,
            #"[{"op":"Replace","path":"members","value":[{"value":"3"}]},{"op":"Replace","path":"members","value":[{"value":"4"},{"value":"4"},{"value":"5"}]}]"#,
            after: #"{"displayName":"g","members":[{"value":"4"},{"value":"5"}]}"#
        ),
        PatchCase(
            "members by a filter that is no index's",
            before: #"{"displayName":"g","members":[{"value":"1","type":"Group"},{"value":"2"}]}"#,
            #"[{"op":"remove","path":"members[type eq \"group\"]"}]"#,
            after: #"{"displayName":"g","members":[{"value":"2"}]}"#
        ),
    ])
    func `a plain record's members come and go`(row: PatchCase) throws {
        try row.check(.group)
    }
}
