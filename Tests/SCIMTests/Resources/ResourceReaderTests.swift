import SCIM
import Testing

/// Facts 1.3, 1.4, 2.1 and 2.6: what a body becomes.
struct ResourceReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var body: String
        var expected: String
        var ignored: [String] = []
    }

    @Test(arguments: [
        Case(
            testDescription: "Entra's user",
            body: #"""
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId":"0a21","userName":"Test_User@x","active":true,
                 "emails":[{"primary":true,"type":"work","value":"a@x"}],"meta":{"resourceType":"User"},
                 "name":{"formatted":"g f","familyName":"f","givenName":"g"},"roles":[]}
                """#,
            expected: #"""
                {"externalId":"0a21","userName":"Test_User@x","name":{"formatted":"g f","familyName":"f","givenName":"g"},
                 "active":true,"emails":[{"value":"a@x","type":"work","primary":true}]}
                """#
        ),
        Case(
            testDescription: "Entra's second user: nulls, enterprise names at the root, a misspelt URN",
            body: #"""
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"],"userName":"a","addresses":null,
                 "department":null,"manager":"boss","phoneNumbers":null,"preferredLanguage":null,"title":null}
                """#,
            expected:
                #"{"userName":"a","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"boss"}}}"#
        ),
        Case(
            testDescription: "the misspelt URN as a key",
            body:
                #"{"userName":"a","urn:ietf:params:scim:schemas:extension:enterprise:2.0User":{"DEPARTMENT":"R","x":1},"title":""}"#,
            expected:
                #"{"userName":"a","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R"}}"#,
            ignored: ["\(enterprise):x"]
        ),
        Case(
            testDescription: "Okta's user: groups, password, id and meta are dropped",
            body: #"""
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"mine","userName":"a","locale":"en-US",
                 "displayName":"A","groups":[{"value":"g"}],"password":"1mz050nq","active":true,"meta":{"version":"x"},
                 "emails":[{"primary":true,"value":"a@x","type":"work"}],"nobody":1,"name":{"givenName":"A","zzz":2}}
                """#,
            expected: #"""
                {"userName":"a","name":{"givenName":"A"},"displayName":"A","locale":"en-US","active":true,
                 "emails":[{"value":"a@x","type":"work","primary":true}]}
                """#,
            ignored: ["name.zzz", "nobody"]
        ),
        Case(
            testDescription: "the validator's user: booleans as text, manager that names nobody",
            body: #"""
                {"USERNAME":"v","Active":"True","phoneNumbers":[{"Value":"1","TYPE":"mobile","primary":"true"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"QX","$ref":"http://x"}}}
                """#,
            expected: #"""
                {"userName":"v","active":true,"phoneNumbers":[{"value":"1","type":"mobile","primary":true}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"QX"}}}
                """#
        ),
        Case(
            testDescription: "numbers for text and booleans, one value for a list, bare texts for values",
            body: #"""
                {"userName":42,"active":0,"emails":"a@x","phoneNumbers":["1","1",{"value":"2"}],"photos":[null,""],
                 "ims":[{"type":"xmpp","value":null}],"addresses":{"locality":"L"}}
                """#,
            expected: #"""
                {"userName":"42","active":false,"emails":[{"value":"a@x"}],"phoneNumbers":[{"value":"1"},{"value":"2"}],
                 "addresses":[{"locality":"L"}]}
                """#
        ),
        Case(
            testDescription: "roles as Entra's stringified JSON",
            body:
                #"{"userName":"a","roles":[{"value":"{\"id\":\"18\",\"value\":\"Dagster.Editor\",\"displayName\":\"Ed\"}"},"{\"value\":\"B\"}",{"value":"{broken"}]}"#,
            expected:
                #"{"userName":"a","roles":[{"value":"Dagster.Editor","display":"Ed"},{"value":"B"},{"value":"{broken"}]}"#
        ),
        Case(
            testDescription: "all of the core user",
            body: #"""
                {"userName":"a","nickName":"n","profileUrl":"https://x/a","userType":"t","timezone":"Europe/Berlin",
                 "entitlements":[{"value":"e","display":"E","type":"t","primary":false}],"ims":[{"value":"i"}],
                 "photos":[{"value":"https://x/p","type":"photo"}],"x509Certificates":[{"value":"MIID"}]}
                """#,
            expected: #"""
                {"userName":"a","nickName":"n","profileUrl":"https://x/a","userType":"t","timezone":"Europe/Berlin",
                 "ims":[{"value":"i"}],"photos":[{"value":"https://x/p","type":"photo"}],
                 "entitlements":[{"value":"e","display":"E","type":"t","primary":false}],
                 "x509Certificates":[{"value":"MIID"}]}
                """#
        ),
    ])
    func `a user's body becomes canonical attributes`(row: Case) throws {
        var ignored: [String] = []
        let object = try ResourceReader.read(json(row.body), as: .user, ignored: &ignored)
        #expect(try text(object) == text(json(row.expected)))
        #expect(ignored == row.ignored)
    }

    @Test func `a group's body becomes canonical attributes`() throws {
        let body = #"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group",
             "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],"externalId":"8aa1",
             "displayName":"Data","meta":{"resourceType":"Group"},
             "members":[{"value":"1","display":"Ada","$ref":null},{"value":"1"},"2",{"value":"3","type":"Group"}]}
            """#
        let expected =
            #"{"externalId":"8aa1","displayName":"Data","members":[{"value":"1"},{"value":"2"},{"value":"3","type":"Group"}]}"#
        #expect(try text(ResourceReader.read(json(body), as: .group)) == expected)
    }

    @Test(arguments: [
        ("[]", "400 invalidSyntax"), ("\"a\"", "400 invalidSyntax"), ("{}", "400 invalidValue"),
        (#"{"userName":""}"#, "400 invalidValue"), (#"{"userName":null}"#, "400 invalidValue"),
        (#"{"userName":{}}"#, "400 invalidValue"), (#"{"userName":["a","b"]}"#, "400 invalidValue"),
        (#"{"userName":{"a":1}}"#, "400 invalidValue"), (#"{"userName":"a","active":"maybe"}"#, "400 invalidValue"),
        (#"{"userName":"a","active":2}"#, "400 invalidValue"), (#"{"userName":"a","name":"x"}"#, "400 invalidValue"),
        (#"{"userName":"a","name":[{"givenName":"x"},{}]}"#, "400 invalidValue"),
        (#"{"userName":"a","addresses":["x"]}"#, "400 invalidValue"),
        (#"{"userName":"a","emails":[{"value":{"x":1}}]}"#, "400 invalidValue"),
        (
            #"{"userName":"a","emails":[{"value":"1","primary":true},{"value":"2","primary":"true"}]}"#,
            "400 invalidValue"
        ),
        (#"{"userName":"a","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":"x"}"#, "400 invalidValue"),
    ])
    func `a user's body is refused`(body: String, expected: String) {
        #expect(refusal { _ = try ResourceReader.read(json(body), as: .user) } == expected, "\(body)")
    }

    @Test(arguments: [
        #"{"displayName":"g","members":[{}]}"#, #"{"displayName":"g","members":[null]}"#,
        #"{"displayName":"g","members":[{"id":"1"}]}"#, #"{"displayName":"g","members":[{"display":"1"}]}"#,
        #"{"displayName":"g","members":[{"value":""}]}"#, #"{"displayName":"g","members":[["1"]]}"#,
        #"{"displayName":"g","members":[{"value":{"x":1}}]}"#, #"{"members":[]}"#,
    ])
    func `a group's body that is not understood is refused`(body: String) {
        #expect(refusal { _ = try ResourceReader.read(json(body), as: .group) } == "400 invalidValue", "\(body)")
    }

    @Test(
        arguments: [
            (#"{"userName":"a"}"#, "400 invalidSyntax"),
            (#"{"schemas":["urn:x"],"userName":"a"}"#, "400 invalidSyntax"),
            (
                #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:x"],"userName":"a"}"#,
                "400 invalidSyntax"
            ),
            (#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","x":1}"#, "400 invalidSyntax"),
            (
                #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","department":"x"}"#,
                "400 invalidSyntax"
            ),
            (
                #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","name":{"x":1}}"#,
                "400 invalidSyntax"
            ),
            (
                #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","active":"True"}"#,
                "400 invalidValue"
            ),
            (#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":1}"#, "400 invalidValue"),
            (
                #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","emails":{"value":"x"}}"#,
                "400 invalidValue"
            ),
            (#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","active":true}"#, nil),
        ] as [(String, String?)]
    )
    func `a strict policy wants the letter`(body: String, expected: String?) {
        #expect(refusal { _ = try ResourceReader.read(json(body), as: .user, policy: .strict) } == expected, "\(body)")
    }

    @Test func `a password is taken and never shown, not even in an error`() throws {
        let object = try ResourceReader.read(json(#"{"userName":"a","password":"hunter2"}"#), as: .user)
        #expect(text(object) == #"{"userName":"a"}"#)
        let error = #expect(throws: SCIMError.self) {
            try ResourceReader.read(json(#"{"userName":"a","password":["hunter2","hunter3"]}"#), as: .user)
        }
        #expect(error?.detail.contains("hunter") == false)
        let strict = #expect(throws: SCIMError.self) {
            try ResourceReader.read(json(#"{"userName":"a","password":{"hunter2":1}}"#), as: .user)
        }
        #expect(strict?.detail.contains("hunter") == false)
    }

    @Test func `an error says the attribute, the value and what was expected`() {
        let error = #expect(throws: SCIMError.self) {
            try ResourceReader.read(json(#"{"userName":"a","active":"maybe"}"#), as: .user)
        }
        #expect(error == .invalidValue("active needs true or false, not \"maybe\""))
        #expect(
            text(error?.body ?? [:])
                == #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidValue","detail":"active needs true or false, not \"maybe\""}"#
        )
    }
}

/// Facts 1.4: PUT.
struct ReplacementTests {
    private let type = ResourceType.user(with: Attribute("userType", mutability: .immutable, description: ""))

    @Test func `what is left out is cleared, what is immutable stays`() throws {
        let current = Resource(["userName": "a", "title": "t", "userType": "u"], type: type)
        var ignored: [String] = []
        let object = try ResourceReader.read(
            ["userName": "b", "id": "other", "groups": [["value": "g"]]],
            replacing: current,
            as: type,
            ignored: &ignored
        )
        #expect(object == ["userName": "b", "userType": "u"])
    }

    @Test func `another value of an immutable attribute is refused`() throws {
        let current = Resource(["userName": "a", "userType": "u"], type: type)
        var ignored: [String] = []
        #expect(
            refusal {
                _ = try ResourceReader.read(
                    ["userName": "a", "userType": "x"],
                    replacing: current,
                    as: type,
                    ignored: &ignored
                )
            } == "400 mutability"
        )
        #expect(
            refusal { _ = try ResourceReader.read([:], replacing: current, as: type, ignored: &ignored) }
                == "400 invalidValue"
        )
    }

    @Test func `the members of a large group are not asked for`() throws {
        let group = CountingGroup(members: ["1", "2"])
        var ignored: [String] = []
        _ = try ResourceReader.read(
            ["displayName": "g", "members": [["value": "9"]]],
            replacing: group,
            as: .group,
            ignored: &ignored
        )
        #expect(group.asked.values == [])
    }
}
