import HashTreeCollections
import Roster
import SCIM
import Store
import Testing

@testable import Endpoint

/// An answer that is put together from text is the one that writing the resource would give.
struct UserAnswerTests {
    static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    static let users: [Object] = [
        ["userName": "ada"],
        [
            "userName": "ada", "active": false, "externalId": "x-1",
            "displayName": "Ada \"the\" \\ Lovelace\n\u{1}ÅSE 🦆",
        ],
        [
            "userName": "ada", "title": "", "nickName": .null, "ims": [],
            "name": ["familyName": "L", "givenName": "A"],
            "emails": [["value": "b@x", "type": "work", "primary": true], ["value": "a@x", "type": "home"]],
            "entitlements": [["value": "e"]], "roles": [["value": "Dagster.Editor", "primary": false]],
            "x509Certificates": [["value": "AAAA"]], "addresses": [["country": "SE", "type": "work"]],
        ],
        ["userName": "ada", enterprise: ["department": "Engines", "employeeNumber": "7"]],
        ["userName": "ada", enterprise: ["department": "Engines", "manager": ["value": "boss"]]],
        ["userName": "ada", enterprise: ["manager": ["value": "nobody"]]],
        ["userName": "ada", enterprise: ["shoeSize": "43"]],
        ["userName": "ada", "shoeSize": .decimal(43.5), "urn:acme:x": ["a": [1, .null, ["b": "}],"]]]],
        ["username": "ada", "DISPLAYNAME": "Ada"],
    ]

    @Test(arguments: users, ["ada-1", "ada/é\"\n"])
    func `text and resource agree`(_ attributes: Object, _ id: String) async throws {
        for isMember in [true, false] { try await expectAgreement(attributes, id, isMember: isMember) }
    }

    private func expectAgreement(_ attributes: Object, _ id: String, isMember: Bool) async throws {
        var directory = Directory()
        let created: String? = isMember ? "2026-11-23T16:47:00Z" : nil
        try directory.apply(
            .createUser(User(id: "boss", created: nil, attributes: ["userName": "b", "displayName": "B"]))
        )
        try directory.apply(.createUser(User(id: id, created: created, attributes: attributes)))
        if isMember {
            for name in ["One", "Two", "a/ b%\"é\\"] {
                let group = Group(
                    id: name,
                    created: nil,
                    attributes: ["displayName": .string(name)],
                    members: [id]
                )
                try directory.apply(.createGroup(group))
            }
        }
        let world = try await World(directory: directory)
        let user = try #require(world.store.snapshot.directory.user(id: id))
        let links = Links(snapshot: world.store.snapshot, base: World.base)
        var text: [UInt8] = []
        UserAnswer(links: links).write(user, into: &text)
        let resource = ResourceRecord.user(UserRecord(user, links: links)).resource(try Selection(type: .user))
        #expect(String(decoding: text, as: UTF8.self) == String(decoding: JSON.write(.object(resource)), as: UTF8.self))
        var numbered: [UInt8] = []
        UserAnswer(links: links).write(try #require(links.content.number(ofUser: id)), into: &numbered)
        #expect(numbered == text)
    }

    @Test func `a field is found in any letter case, and with all its values`() {
        var fields: HeaderFields = ["If-Match": "\"a\"", "X": "1"]
        fields.append("if-match", "\"b\"")
        #expect(fields["IF-MATCH"] == "\"a\", \"b\"" && fields["x"] == "1" && fields["y"] == nil)
        fields["if-Match"] = nil
        #expect(fields == ["X": "1"])
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (1_795_812_926_789, "Fri, 27 Nov 2026 20:55:26 GMT"),
        (1_709_164_800_000, "Thu, 29 Feb 2024 00:00:00 GMT"),
    ])
    func `the date of an answer is in the form of HTTP`(_ milliseconds: Int, _ text: String) {
        var date = DateField()
        #expect(date.value(at: Timestamp(milliseconds: milliseconds)) == text)
    }
}
