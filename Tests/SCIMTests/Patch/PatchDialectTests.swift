import SCIM
import Testing

/// The URN of the enterprise extension as it stands in the fixtures below.
private let ext = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

/// Facts 2.1 (Entra, both dialects) and 2.6 (Okta), users.
struct PatchDialectTests {
    @Test(arguments: [
        PatchCase(
            "legacy disable",
            #"[{"op":"Replace","path":"active","value":"False"}]"#,
            after: #"{"userName":"a","active":false}"#
        ),
        PatchCase(
            "flag disable",
            #"[{"op":"replace","path":"active","value":false}]"#,
            after: #"{"userName":"a","active":false}"#
        ),
        PatchCase(
            "legacy path-less disable",
            #"[{"op":"Replace","value":{"active":"False"}}]"#,
            after: #"{"userName":"a","active":false}"#
        ),
        PatchCase(
            "flag and Okta path-less disable",
            #"[{"op":"replace","value":{"active":false}}]"#,
            after: #"{"userName":"a","active":false}"#
        ),
        PatchCase(
            "legacy add",
            #"[{"op":"Add","path":"nickName","value":"Babs"}]"#,
            after: #"{"userName":"a","nickName":"Babs","active":true}"#
        ),
        PatchCase(
            "legacy: one operation per attribute",
            before:
                #"{"userName":"a","name":{"familyName":"F"},"emails":[{"value":"o@x","type":"work","primary":true}]}"#,
            #"""
            [{"op":"Replace","path":"name.givenName","value":"G"},
             {"op":"Replace","path":"emails[type eq \"work\"].value","value":"n@x"},
             {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber","value":"7"}]
            """#,
            after: #"""
                {"userName":"a","name":{"familyName":"F","givenName":"G"},
                 "emails":[{"value":"n@x","type":"work","primary":true}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"7"}}
                """#
        ),
        PatchCase(
            "flag: filtered paths as operations and one path-less replace",
            #"""
            [{"op":"add","path":"emails[type eq \"work\"].value","value":"w@x"},
             {"op":"add","path":"phoneNumbers[type eq \"mobile\"].value","value":"1"},
             {"op":"add","path":"addresses[type eq \"work\"].streetAddress","value":"S 1"},
             {"op":"add","path":"addresses[type eq \"work\"].locality","value":"L"},
             {"op":"replace","value":{"displayName":"D","name.givenName":"G",
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber":"7"}}]
            """#,
            after: #"""
                {"userName":"a","name":{"givenName":"G"},"displayName":"D","active":true,
                 "emails":[{"value":"w@x","type":"work"}],"phoneNumbers":[{"value":"1","type":"mobile"}],
                 "addresses":[{"streetAddress":"S 1","locality":"L","type":"work"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"7"}}
                """#
        ),
        PatchCase(
            "legacy manager: a list of one",
            #"[{"op":"Add","path":"manager","value":[{"$ref":"http://x/Users/m","value":"m"}]}]"#,
            after: #"{"userName":"a","active":true,"\#(ext)":{"manager":{"value":"m"}}}"#
        ),
        PatchCase(
            "manager as a string",
            before: #"{"userName":"a","\#(ext)":{"manager":{"value":"old"}}}"#,
            #"[{"op":"replace","path":"\#(ext):manager","value":"m"}]"#,
            after: #"{"userName":"a","\#(ext)":{"manager":{"value":"m"}}}"#
        ),
        PatchCase(
            "manager cleared by an empty text",
            before: #"{"userName":"a","\#(ext)":{"manager":{"value":"old"}}}"#,
            #"[{"op":"replace","path":"\#(ext):manager","value":""}]"#,
            after: #"{"userName":"a"}"#
        ),
        PatchCase(
            "manager removed by a filter on a single value",
            before: #"{"userName":"a","\#(ext)":{"department":"R","manager":{"value":"m"}}}"#,
            #"[{"op":"Remove","path":"manager[value eq \"m\"]"}]"#,
            after: #"{"userName":"a","\#(ext)":{"department":"R"}}"#
        ),
        PatchCase(
            "another manager is not removed by a filter or a value",
            before: #"{"userName":"a","\#(ext)":{"manager":{"value":"m"}}}"#,
            #"[{"op":"Remove","path":"manager[value eq \"x\"]"},{"op":"Remove","path":"manager","value":[{"value":"x"}]}]"#,
            after: #"{"userName":"a","\#(ext)":{"manager":{"value":"m"}}}"#
        ),
        PatchCase(
            "manager removed by its value",
            before: #"{"userName":"a","\#(ext)":{"manager":{"value":"m"}}}"#,
            #"[{"op":"Remove","path":"manager","value":[{"$ref":null,"value":"m"}]}]"#,
            after: #"{"userName":"a"}"#
        ),
        PatchCase(
            "old customappsso: a dot after the extension's URN",
            #"[{"op":"Replace","path":"\#(ext).department","value":"R"}]"#,
            after: #"{"userName":"a","active":true,"\#(ext)":{"department":"R"}}"#
        ),
        PatchCase(
            "the misspelt URN",
            #"[{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department","value":"R"}]"#,
            after: #"{"userName":"a","active":true,"\#(ext)":{"department":"R"}}"#
        ),
        PatchCase(
            "single roles: an element is made from the filter",
            #"""
            [{"op":"Add","path":"roles[primary eq \"True\"].display","value":"Ed"},
             {"op":"Add","path":"roles[primary eq \"True\"].type","value":"T"},
             {"op":"Add","path":"roles[primary eq \"True\"].value","value":"ed"}]
            """#,
            after:
                #"{"userName":"a","active":true,"roles":[{"value":"ed","display":"Ed","type":"T","primary":true}]}"#
        ),
        PatchCase(
            "complex roles: stringified JSON",
            before: #"{"userName":"a","roles":[{"value":"old"}]}"#,
            #"""
            [{"op":"Add","path":"roles","value":[{"value":"{\"id\":\"1\",\"value\":\"Ed\",\"displayName\":\"E\"}"}]}]
            """#,
            after: #"{"userName":"a","roles":[{"value":"old"},{"value":"Ed","display":"E"}]}"#
        ),
        PatchCase(
            "assertive roles",
            before: #"{"userName":"a","roles":[{"value":"old"}]}"#,
            #"""
            [{"op":"replace","path":"roles","value":[{"primary":false,"type":"WindowsAzureActiveDirectoryRole",
              "display":"E","value":"Ed"}]}]
            """#,
            after: #"""
                {"userName":"a","roles":[{"value":"Ed","display":"E","type":"WindowsAzureActiveDirectoryRole",
                 "primary":false}]}
                """#
        ),
        PatchCase(
            "the validator: several operations on one attribute, the last one wins",
            before: #"{"userName":"a","title":"t"}"#,
            #"""
            [{"op":"remove","path":"title"},{"op":"add","path":"title","value":"u"},
             {"op":"replace","path":"title","value":"v"},{"op":"Remove","path":"displayName"}]
            """#,
            after: #"{"userName":"a","title":"v"}"#
        ),
    ])
    func `Entra's and Okta's requests change what they mean`(row: PatchCase) throws {
        try row.check(.user)
    }
}
