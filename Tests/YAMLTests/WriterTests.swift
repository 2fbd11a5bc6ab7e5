import Testing
import YAML

struct WriterTests {
    @Test func `a user file is the one of the design`() throws {
        let user = Value.map([
            Field("id", .text("8f14e45f-ceea-467a-9f4e-0a1b2c3d4e5f")),
            Field("userName", .text("ada@example.com")),
            Field("active", .boolean(true)),
            Field("name", .map([Field("familyName", .text("Lovelace")), Field("givenName", .text("Ada"))])),
            Field(
                "emails",
                .list([
                    .map([
                        Field("type", .text("work")), Field("value", .text("ada@example.com")),
                        Field("primary", .boolean(true)),
                    ])
                ])
            ),
            Field("roles", .texts(["no", "007", "Editor"])),
            Field("created", .timestamp("2026-11-23T16:47:00Z")),
        ])
        let expected = """
            # Written by dagroster from SCIM. Change it in the identity provider.
            id: 8f14e45f-ceea-467a-9f4e-0a1b2c3d4e5f
            userName: ada@example.com
            active: true
            name:
              familyName: Lovelace
              givenName: Ada
            emails:
              - type: work
                value: ada@example.com
                primary: true
            roles:
              - "no"
              - "007"
              - Editor
            created: 2026-11-23T16:47:00Z

            """
        let bytes = Writer.bytes(
            of: user,
            comment: "Written by dagroster from SCIM. Change it in the identity provider."
        )
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test(arguments: [
        (Value.map([]), "{}\n"),
        (Value.list([]), "[]\n"),
        (
            Value.map([Field("grace@example.com", .map([])), Field("grants", .list([]))]),
            "grace@example.com: {}\ngrants: []\n"
        ),
        (Value.list([.list([.text("a"), .list([.text("b")])]), .map([])]), "- - a\n  - - b\n- {}\n"),
        (
            Value.list([.map([Field("a", .list([.map([Field("b", .integer(-1)), Field("c", .text(""))])]))])]),
            "- a:\n    - b: -1\n      c: \"\"\n"
        ),
        (Value.timestamp("no"), "\"no\"\n"),
        (Value.timestamp("2027-01-31"), "2027-01-31\n"),
        (Value.text("2027-01-31"), "\"2027-01-31\"\n"),
    ])
    func `a value has one form`(value: Value, expected: String) {
        #expect(String(decoding: Writer.bytes(of: value), as: UTF8.self) == expected)
    }

    @Test func `a key that YAML takes no colon after follows a question mark`() throws {
        let key = String(repeating: "k", count: 2000)
        let bytes = Writer.bytes(
            of: .list([.map([Field(key, .map([Field("a", .text("b"))])), Field("c", .text("d"))])])
        )
        #expect(String(decoding: bytes, as: UTF8.self) == "- ? \(key)\n  :\n    a: b\n  c: d\n")
        let node = try Reader.read(bytes)
        guard case .sequence(let nodes) = node.content, case .mapping(let entries) = nodes.first?.content else {
            Issue.record("not a map in a list: \(node)")
            return
        }
        #expect(entries.map(\.key) == [key, "c"])
    }

    @Test func `a comment cannot break out of its lines`() {
        let bytes = Writer.bytes(of: .map([]), comment: "one\r\n\ntwo\u{2028}x: y")
        #expect(String(decoding: bytes, as: UTF8.self) == "# one\n#\n# two x: y\n{}\n")
    }
}
