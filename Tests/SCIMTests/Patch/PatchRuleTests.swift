import SCIM
import Testing

/// The URN of the enterprise extension as it stands in the fixtures below.
private let ext = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

/// Facts 1.8, users, by rule number.
struct PatchRuleTests {
    @Test(arguments: [
        PatchCase(
            "P2 operations apply in order",
            #"[{"op":"add","path":"title","value":"1"},{"op":"replace","value":{"title":"2"}}]"#,
            after: #"{"userName":"a","title":"2","active":true}"#
        ),
        PatchCase(
            "P3 what is there already changes nothing",
            before: #"{"userName":"a","name":{"givenName":"G"},"emails":[{"value":"E@x","type":"work"}]}"#,
            #"""
            [{"op":"add","value":{"userName":"a","name":{"givenName":"G"},"emails":[{"type":"work","value":"e@X"}]}},
             {"op":"replace","path":"emails[type eq \"work\"].value","value":"E@x"},
             {"op":"add","path":"emails","value":[{"value":"E@x"}]},{"op":"remove","path":"nickName"}]
            """#,
            after: #"{"userName":"a","name":{"givenName":"G"},"emails":[{"value":"E@x","type":"work"}]}"#
        ),
        PatchCase(
            "P4 add merges objects and appends to lists",
            before: #"{"userName":"a","name":{"givenName":"G"},"emails":[{"value":"1@x"}]}"#,
            #"[{"op":"add","value":{"name":{"familyName":"F"},"emails":[{"value":"2@x"},{"value":"1@x"}]}}]"#,
            after:
                #"{"userName":"a","name":{"familyName":"F","givenName":"G"},"emails":[{"value":"1@x"},{"value":"2@x"}]}"#
        ),
        PatchCase(
            "P4 one value and type stand once",
            before: #"{"userName":"a","emails":[{"value":"1@x","type":"work"}]}"#,
            #"[{"op":"add","path":"emails","value":[{"value":"1@x","type":"work","display":"d"},{"value":"1@x","type":"home"}]}]"#,
            after:
                #"{"userName":"a","emails":[{"value":"1@x","display":"d","type":"work"},{"value":"1@x","type":"home"}]}"#
        ),
        PatchCase(
            "P5 replace of a complex value keeps the parts that it does not name; null clears one",
            before: #"{"userName":"a","name":{"familyName":"F","givenName":"G","middleName":"M"}}"#,
            #"[{"op":"replace","path":"name","value":{"givenName":"H","middleName":null}}]"#,
            after: #"{"userName":"a","name":{"familyName":"F","givenName":"H"}}"#
        ),
        PatchCase(
            "P5 replace of what has no value adds",
            #"[{"op":"replace","path":"title","value":"t"},{"op":"replace","path":"name.givenName","value":"G"}]"#,
            after: #"{"userName":"a","name":{"givenName":"G"},"title":"t","active":true}"#
        ),
        PatchCase(
            "P6 replace of a list replaces all of it",
            before: #"{"userName":"a","emails":[{"value":"1@x"},{"value":"2@x"}]}"#,
            #"[{"op":"replace","path":"emails","value":[{"value":"3@x"}]}]"#,
            after: #"{"userName":"a","emails":[{"value":"3@x"}]}"#
        ),
        PatchCase(
            "P6 replace by a filter changes every match",
            before:
                #"{"userName":"a","emails":[{"value":"1","type":"work"},{"value":"2","type":"work"},{"value":"3","type":"home"}]}"#,
            #"[{"op":"replace","path":"emails[type eq \"work\"].display","value":"d"}]"#,
            after: #"""
                {"userName":"a","emails":[{"value":"1","display":"d","type":"work"},
                 {"value":"2","display":"d","type":"work"},{"value":"3","type":"home"}]}
                """#
        ),
        PatchCase(
            "P6 replace of a whole element drops its other parts, but what the filter compares",
            before: #"{"userName":"a","emails":[{"value":"1","display":"d","type":"work"}]}"#,
            #"[{"op":"replace","path":"emails[type eq \"work\"]","value":{"value":"2"}}]"#,
            after: #"{"userName":"a","emails":[{"value":"2","type":"work"}]}"#
        ),
        PatchCase(
            "P6 an element is made from a filter of eq comparisons joined by and",
            #"""
            [{"op":"replace","path":"emails[type eq \"work\" and primary eq true].value","value":"1"},
             {"op":"add","path":"ims[type eq xmpp]","value":{"value":"i"}}]
            """#,
            after:
                #"{"userName":"a","active":true,"emails":[{"value":"1","type":"work","primary":true}],"ims":[{"value":"i","type":"xmpp"}]}"#
        ),
        PatchCase(
            "P7 a filter that matches nothing removes nothing; the last value unassigns",
            before: #"{"userName":"a","emails":[{"value":"1","type":"work"}],"ims":[{"value":"i","type":"t"}]}"#,
            #"[{"op":"remove","path":"emails[type eq \"home\"]"},{"op":"remove","path":"ims[type eq \"t\"]"}]"#,
            after: #"{"userName":"a","emails":[{"value":"1","type":"work"}]}"#
        ),
        PatchCase(
            "P7 remove of parts",
            before:
                #"{"userName":"a","name":{"givenName":"G"},"emails":[{"value":"1","display":"d","type":"work"},{"value":"2","type":"home"}]}"#,
            #"""
            [{"op":"remove","path":"name.givenName"},{"op":"remove","path":"emails[type eq \"work\"].display"},
             {"op":"remove","path":"emails[type eq \"home\"].value"}]
            """#,
            after: #"{"userName":"a","emails":[{"value":"1","type":"work"}]}"#
        ),
        PatchCase(
            "P7 remove by a list of values, in another letter case, too",
            before: #"{"userName":"a","emails":[{"value":"1@x","type":"work"},{"value":"2@x"}],"ims":[{"value":"i"}]}"#,
            #"[{"op":"remove","path":"emails","value":[{"value":"1@X"}]},{"op":"remove","path":"ims"}]"#,
            after: #"{"userName":"a","emails":[{"value":"2@x"}]}"#
        ),
        PatchCase(
            "P8 displayName is not required",
            before: #"{"userName":"a","displayName":"d"}"#,
            #"[{"op":"remove","path":"displayName"}]"#,
            after: #"{"userName":"a"}"#
        ),
        PatchCase(
            "P11 keys of a value without a path are paths",
            #"""
            [{"op":"add","value":{"name.familyName":"F","URN:IETF:params:scim:schemas:extension:enterprise:2.0:User:DEPARTMENT":"R",
              "emails[type eq \"work\"].value":"w","\#(ext)":{"division":"V"},"manager.value":"m"}}]
            """#,
            after: #"""
                {"userName":"a","name":{"familyName":"F"},"active":true,"emails":[{"value":"w","type":"work"}],
                 "\#(ext)":{"division":"V","department":"R","manager":{"value":"m"}}}
                """#
        ),
        PatchCase(
            "P12 the resource's own id and read-only attributes are passed over",
            before: #"{"id":"u1","userName":"a"}"#,
            #"[{"op":"replace","value":{"id":"u1","meta":{"version":"x"},"groups":[],"schemas":["x"],"title":"t"}}]"#,
            after: #"{"id":"u1","userName":"a","title":"t"}"#
        ),
        PatchCase(
            "P14 null and an empty text take the value away, with and without a path",
            before: #"""
                {"userName":"a","name":{"givenName":"G","familyName":"F"},"displayName":"d","nickName":"n","title":"t",
                 "emails":[{"value":"1","type":"work","primary":true}],"roles":[{"value":"r"}],
                 "\#(ext)":{"department":"R"}}
                """#,
            #"""
            [{"op":"replace","path":"displayName","value":""},{"op":"add","path":"nickName","value":null},
             {"op":"replace","value":{"title":"","name.givenName":null,"roles":null,"\#(ext):department":""}},
             {"op":"replace","path":"emails[type eq \"work\"].value","value":""},
             {"op":"replace","path":"emails[type eq \"home\"].value","value":null},
             {"op":"replace","path":"phoneNumbers[type eq \"mobile\"].value","value":""}]
            """#,
            after: #"{"userName":"a","name":{"familyName":"F"}}"#
        ),
        PatchCase(
            "a new primary value demotes the old one",
            before:
                #"{"userName":"a","emails":[{"value":"1","type":"work","primary":true},{"value":"2","type":"home"}]}"#,
            #"[{"op":"add","path":"emails","value":[{"value":"3","primary":true}]}]"#,
            after: #"""
                {"userName":"a","emails":[{"value":"1","type":"work","primary":false},{"value":"2","type":"home"},
                 {"value":"3","primary":true}]}
                """#
        ),
        PatchCase(
            "a value that becomes primary demotes the old one",
            before:
                #"{"userName":"a","emails":[{"value":"1","type":"work","primary":true},{"value":"2","type":"home"}]}"#,
            #"[{"op":"replace","path":"emails[type eq \"home\"].primary","value":"True"}]"#,
            after: #"""
                {"userName":"a","emails":[{"value":"1","type":"work","primary":false},
                 {"value":"2","type":"home","primary":true}]}
                """#
        ),
        PatchCase(
            "unknown names without a path are passed over and listed",
            #"[{"op":"add","value":{"nobody":1,"name":{"x":1},"name.y":2,"\#(ext)":{"z":1},"title":"t","a b":1}}]"#,
            after: #"{"userName":"a","title":"t","active":true}"#,
            ignored: ["nobody", "name.x", "name.y", "\(enterprise):z", "a b"]
        ),
        PatchCase(
            "an extension as a whole is merged, cleared and removed",
            before: #"{"userName":"a","\#(ext)":{"department":"R"}}"#,
            #"[{"op":"add","path":"\#(ext)","value":{"division":"V"}},{"op":"remove","path":"\#(ext):department"}]"#,
            after: #"{"userName":"a","\#(ext)":{"division":"V"}}"#
        ),
        PatchCase(
            "an extension is removed",
            before: #"{"userName":"a","\#(ext)":{"department":"R","manager":{"value":"m"}}}"#,
            #"[{"op":"remove","path":"\#(ext)"}]"#,
            after: #"{"userName":"a"}"#
        ),
        PatchCase(
            "a password is taken and dropped",
            #"[{"op":"replace","path":"password","value":"x"},{"op":"add","value":{"password":"y"}}]"#,
            after: #"{"userName":"a","active":true}"#
        ),
        PatchCase(
            "a part of a list without brackets is every element's",
            before: #"{"userName":"a","emails":[{"value":"1"},{"value":"2"}]}"#,
            #"[{"op":"replace","path":"emails.type","value":"work"},{"op":"add","path":"ims.value","value":"i"}]"#,
            after:
                #"{"userName":"a","emails":[{"value":"1","type":"work"},{"value":"2","type":"work"}],"ims":[{"value":"i"}]}"#
        ),
    ])
    func `the rules hold`(row: PatchCase) throws {
        try row.check(.user)
    }
}
