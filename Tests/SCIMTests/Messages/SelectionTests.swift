import SCIM
import Testing

/// Facts 1.6: attributes and excludedAttributes.
struct SelectionTests {
    private let whole = #"""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","userName":"a","name":{"givenName":"G"},
         "emails":[{"value":"e","type":"work"}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
         {"department":"R","manager":{"value":"m","displayName":"M"}},"meta":{"resourceType":"User","version":"v"}}
        """#

    @Test(
        arguments: [
            (nil, nil, ["schemas", "id", "userName", "name", "emails", enterprise, "meta"]),
            ("", " ", ["schemas", "id", "userName", "name", "emails", enterprise, "meta"]),
            ("userName", nil, ["schemas", "id", "userName"]),
            ("USERNAME , emails", nil, ["schemas", "id", "userName", "emails"]),
            ("urn:ietf:params:scim:schemas:core:2.0:User:userName", nil, ["schemas", "id", "userName"]),
            ("nobody", nil, ["schemas", "id"]), ("password", nil, ["schemas", "id"]),
            (enterprise, nil, ["schemas", "id", enterprise]),
            (nil, "id,schemas,meta", ["schemas", "id", "userName", "name", "emails", enterprise]),
            (nil, "emails,\(enterprise)", ["schemas", "id", "userName", "name", "meta"]),
            (nil, "members", ["schemas", "id", "userName", "name", "emails", enterprise, "meta"]),
        ] as [(String?, String?, [String])]
    )
    func `whole attributes are chosen`(attributes: String?, excluded: String?, expected: [String]) throws {
        let selection = try Selection(attributes: attributes, excluded: excluded, type: .user)
        let object = try #require(try json(whole).object)
        #expect(selection.applied(to: object).members.map(\.name) == expected)
    }

    @Test(
        arguments: [
            ("emails.value,name.familyName", nil, #"{"emails":[{"value":"e"}]}"#),
            ("meta.version", nil, #"{"meta":{"version":"v"}}"#),
            ("\(enterprise):manager.displayName", nil, #"{"\#(enterprise)":{"manager":{"displayName":"M"}}}"#),
            ("\(enterprise):department", nil, #"{"\#(enterprise)":{"department":"R"}}"#),
            ("department", nil, #"{"\#(enterprise)":{"department":"R"}}"#),
            (
                nil, "emails.value,name.givenName,userName,meta,\(enterprise):manager",
                #"{"emails":[{"type":"work"}],"\#(enterprise)":{"department":"R"}}"#
            ),
        ] as [(String?, String?, String)]
    )
    func `parts of attributes are chosen`(attributes: String?, excluded: String?, expected: String) throws {
        let selection = try Selection(attributes: attributes, excluded: excluded, type: .user)
        var object = selection.applied(to: try #require(try json(whole).object))
        object["schemas"] = nil
        object["id"] = nil
        #expect(text(object) == expected)
    }

    @Test func `what is not shown need not be made`() throws {
        #expect(try !Selection(excluded: "members", type: .group).includes("members"))
        #expect(try !Selection(excluded: "MEMBERS", type: .group).includes("members"))
        #expect(try !Selection(attributes: "displayName", type: .group).includes("members"))
        #expect(try Selection(excluded: "members.display", type: .group).includes("members"))
        #expect(try Selection(attributes: "members.value", type: .group).includes("members"))
        #expect(try Selection(type: .group).includes("members"))
        #expect(try !Selection(attributes: "userName", type: .user).includes("groups"))
        #expect(try !Selection(type: .user).includes("password"))
        #expect(try Selection(excluded: "id", type: .user).includes("id"))
    }

    @Test func `both parameters at once are refused`() {
        #expect(refusal { _ = try Selection(attributes: "a", excluded: "b", type: .user) } == "400 invalidValue")
    }

    @Test func `an attribute that is returned on request is shown when it is named`() throws {
        let type = ResourceType.user(with: Attribute("title", returned: .request, description: ""))
        let user: Object = ["id": "1", "userName": "a", "title": "t"]
        #expect(try Selection(type: type).applied(to: user) == ["id": "1", "userName": "a"])
        #expect(try Selection(excluded: "userName", type: type).applied(to: user) == ["id": "1"])
        #expect(try Selection(attributes: "title", type: type).applied(to: user) == ["id": "1", "title": "t"])
    }
}
