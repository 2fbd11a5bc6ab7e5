import Roster
import SCIM
import Testing

/// A user's stored text says what was put in, whole and attribute by attribute.
struct UserTextTests {
    static let attributes: Object = [
        "externalId": "x", "userName": "ada", "active": false, "displayName": "a \"quoted\\\" }],: é 🦆 \u{0} \n",
        "name": ["familyName": "Lovelace", "givenName": "Ada"], "title": "T",
        "emails": [["type": "home", "value": "a@x"], ["type": "work", "value": "b@x", "primary": true]],
        "entitlements": [["value": "e"]], "roles": [["value": "r"]],
        "urn:acme:x": ["deep": [["a": [-5, 1, .decimal(1e300), .decimal(2.5), true]]]],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": ["department": "D", "manager": ["value": "m"]],
        "zoo \"}": "unknown name",
    ]

    @Test func `what was put in comes out, in file order`() {
        let user = User(id: "u", created: "2026-11-23T16:47:00Z", attributes: Self.attributes)
        #expect(user.attributes == Self.attributes)
        #expect(user.created == "2026-11-23T16:47:00Z")
        #expect(User(id: "u", created: nil, attributes: Self.attributes).created == nil)
    }

    @Test(arguments: attributes.members)
    func `each attribute is found alone`(_ member: Object.Member) {
        let user = User(id: "u", created: nil, attributes: Self.attributes)
        #expect(user.value(of: member.name) == member.value)
        #expect(user.value(of: member.name + "x") == nil)
    }

    @Test(arguments: 0..<20, ["\"", "\\", "\\\"", "é\"", ",", "}"])
    func `marks are understood wherever they stand`(_ place: Int, _ mark: String) {
        for length in 0..<20 {
            let text = String(repeating: "a", count: place) + mark + String(repeating: "b", count: length)
            let attributes: Object = ["userName": .string(text), "active": true, "displayName": "behind"]
            let user = User(id: "u", created: nil, attributes: attributes)
            #expect(user.attributes == attributes && user.displayName == "behind" && user.userName == text)
        }
    }

    @Test func `what is not there is not found`() {
        let user = User(id: "u", created: nil, attributes: ["userName": "u"])
        for name in ["title", "roles", "shoeSize", "", "id", "created"] { #expect(user.value(of: name) == nil) }
        #expect(user.isActive && user.emails.isEmpty && user.externalID == nil)
    }

    @Test func `the schema's letter case is what is stored`() {
        let user = User(id: "u", created: nil, attributes: ["USERNAME": "u", "displayname": "U"])
        #expect(user.attributes == ["userName": "u", "active": true, "displayName": "U"])
    }

    @Test func `the same content is the same version, other content is not`() {
        let (one, two) = (User.with("1", "a"), User.with("1", "a"))
        #expect(one == two && one.version == two.version && one.hashValue == two.hashValue)
        for other in [User.with("2", "a"), .with("1", "b")] {
            #expect(one != other && one.version != other.version)
        }
        // A value that goes from one attribute to the next changes the version, too.
        let left = User(id: "u", created: nil, attributes: ["userName": "u", "title": "x"])
        let right = User(id: "u", created: nil, attributes: ["userName": "u", "nickName": "x"])
        #expect(left != right && left.version != right.version)
    }
}

extension User {
    fileprivate static func with(_ id: String, _ name: String) -> User {
        User(id: id, created: nil, attributes: ["userName": .string(name)])
    }
}
