import SCIM
import Testing

/// Facts 1.8, users, by rule number: what is refused, and what a strict policy refuses or does otherwise.
struct PatchRefusalTests {
    @Test(arguments: [
        ("P1", "[]", "400 invalidSyntax"), ("P1", "null", "400 invalidSyntax"), ("P1", "{}", "400 invalidSyntax"),
        ("P1", "[1]", "400 invalidSyntax"), ("P9", "[{}]", "400 invalidSyntax"),
        ("P9", #"[{"op":"move","path":"title","value":1}]"#, "400 invalidSyntax"),
        ("P9", #"[{"op":5}]"#, "400 invalidSyntax"), ("P7", #"[{"op":"remove"}]"#, "400 noTarget"),
        ("P7", #"[{"op":"remove","value":{"title":"x"}}]"#, "400 noTarget"),
        ("P6", #"[{"op":"replace","path":"emails[type co \"fax\"].value","value":"x"}]"#, "400 noTarget"),
        (
            "P6", #"[{"op":"replace","path":"emails[type eq \"w\" or type eq \"x\"].value","value":"x"}]"#,
            "400 noTarget"
        ),
        ("P8", #"[{"op":"remove","path":"userName"}]"#, "400 mutability"),
        ("P8", #"[{"op":"replace","path":"userName","value":""}]"#, "400 mutability"),
        ("P8", #"[{"op":"replace","value":{"userName":null}}]"#, "400 mutability"),
        ("P8", #"[{"op":"replace","path":"id","value":"x"}]"#, "400 mutability"),
        ("P8", #"[{"op":"add","path":"groups","value":[{"value":"g"}]}]"#, "400 mutability"),
        ("P8", #"[{"op":"replace","path":"meta.version","value":"x"}]"#, "400 mutability"),
        ("P8", #"[{"op":"replace","path":"manager.displayName","value":"x"}]"#, "400 mutability"),
        ("P9", #"[{"op":"add","path":"nobody","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"name.nobody","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"name.givenName.x","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"urn:x:nobody","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"emails[","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"emails[type eq]","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"emails type","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"/title","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":5,"value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"title[value eq \"x\"]","value":1}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"emails[x eq 1].value","value":"1"}]"#, "400 invalidFilter"),
        ("P9", #"[{"op":"add","value":{"emails[x":1}}]"#, "400 invalidPath"),
        ("P9", #"[{"op":"add","path":"title"}]"#, "400 invalidValue"), ("P9", #"[{"op":"add"}]"#, "400 invalidValue"),
        ("P9", #"[{"op":"add","value":"x"}]"#, "400 invalidValue"),
        ("P9", #"[{"op":"add","path":"active","value":"maybe"}]"#, "400 invalidValue"),
        ("P9", #"[{"op":"add","path":"name","value":"x"}]"#, "400 invalidValue"),
        ("P9", #"[{"op":"add","path":"title","value":{"x":1}}]"#, "400 invalidValue"),
        ("P9", #"[{"op":"add","path":"emails","value":[{"value":[1,2]}]}]"#, "400 invalidValue"),
        ("P12", #"[{"op":"replace","value":{"id":"other"}}]"#, "400 mutability"),
        (
            "primary",
            #"[{"op":"add","path":"emails","value":[{"value":"1","primary":true},{"value":"2","primary":true}]}]"#,
            "400 invalidValue"
        ),
        (
            "primary",
            #"[{"op":"add","path":"roles","value":["1","2"]},{"op":"replace","path":"roles.primary","value":true}]"#,
            "400 invalidValue"
        ),
    ])
    func `what is not understood is refused`(rule: String, operations: String, expected: String) throws {
        var user = try sampleUser()
        let body = try json(#"{"Operations":\#(operations)}"#)
        #expect(refusal { try PatchRequest(body, type: .user).apply(to: &user) } == expected, "\(rule) \(operations)")
    }

    @Test(
        arguments: [
            (#"{"Operations":[{"op":"replace","path":"title","value":"t"}]}"#, "400 invalidSyntax"),
            (Self.strict(#"{"op":"Replace","path":"title","value":"t"}"#), "400 invalidSyntax"),
            (Self.strict(#"{"op":"replace","value":{"title":"t"}}"#), "400 invalidSyntax"),
            (Self.strict(#"{"op":"replace","path":"active","value":"False"}"#), "400 invalidValue"),
            (Self.strict(#"{"op":"replace","path":"department","value":"x"}"#), "400 invalidPath"),
            (Self.strict(#"{"op":"replace","path":"emails[type eq \"fax\"].value","value":"x"}"#), "400 noTarget"),
            (Self.strict(#"{"op":"replace","path":"emails[type eq work].value","value":"x"}"#), "400 invalidPath"),
            (Self.strict(#"{"op":"replace","path":"emails[value pr].display","value":"x"}"#), "400 invalidFilter"),
            (
                Self.strict(#"{"op":"replace","path":"emails[type eq \"work\"]","value":{"value":"x"}}"#),
                "400 invalidPath"
            ),
            (Self.strict(#"{"op":"replace","path":"name","value":{"x":"y"}}"#), "400 invalidSyntax"),
            (Self.strict(#"{"op":"replace","path":"title","value":"t"}"#), nil),
        ] as [(String, String?)]
    )
    func `a strict policy wants the letter`(body: String, expected: String?) throws {
        var user = try sampleUser()
        let value = try json(body)
        #expect(refusal { try PatchRequest(value, type: .user, policy: .strict).apply(to: &user) } == expected)
    }

    private static func strict(_ operation: String) -> String {
        #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[\#(operation)]}"#
    }

    @Test func `P5 a strict replace of a complex value drops the parts that it does not name`() throws {
        try PatchCase(
            "",
            before: #"{"userName":"a","name":{"familyName":"F","givenName":"G"}}"#,
            #"[{"op":"replace","path":"name","value":{"givenName":"H"}}]"#,
            after: #"{"userName":"a","name":{"givenName":"H"}}"#
        ).check(.user, policy: .strict)
    }

    @Test func `P1 operations are found in lower case, and too many are refused`() throws {
        _ = try PatchRequest(json(#"{"operations":[{"op":"remove","path":"title"}]}"#), type: .user)
        let many: Value = ["Operations": .array(Array(repeating: ["op": "remove", "path": "title"], count: 5001))]
        #expect(refusal { _ = try PatchRequest(many, type: .user) } == "413")
    }
}
