import Roster
import SCIM
import Testing
import YAML

struct RecordFileTests {
    static let ada = """
        # Written by dagroster from SCIM. Change it in the identity provider.
        id: 8f14e45f-ceea-467a-9f4e-0a1b2c3d4e5f
        externalId: 58342554-38d6-4ec8-948c-50044d0a33fd
        userName: ada@example.com
        active: true
        displayName: Ada Lovelace
        name:
          familyName: Lovelace
          givenName: Ada
        emails:
          - type: work
            value: ada@example.com
            primary: true
        enterprise:
          employeeNumber: "007"
          department: "no"
          manager:
            value: c9f0f895
        created: 2026-11-23T16:47:00Z

        """

    @Test func `a user's file is the same after reading and writing`() throws {
        let (user, diagnostics) = UserFile.read(Array(Self.ada.utf8), file: "ada.yaml")
        #expect(diagnostics == [])
        let bytes = UserFile.bytes(of: try #require(user))
        #expect(String(decoding: bytes, as: UTF8.self) == Self.ada)
    }

    @Test func `a group's file lists its members by name, sorted`() throws {
        let directory = try Samples.directory()
        let group = try #require(directory.group(id: "g1"))
        #expect(
            String(decoding: GroupFile.bytes(of: group, in: directory), as: UTF8.self) == """
                # Written by dagroster from SCIM. Change it in the identity provider.
                id: g1
                displayName: Data Platform
                members:
                  - ada@example.com
                  - grace@example.com
                created: 2026-11-23T16:47:00Z

                """
        )
        let everyone = try #require(directory.group(id: "g2"))
        let (contents, diagnostics) = GroupFile.read(GroupFile.bytes(of: everyone, in: directory), file: "g.yaml")
        #expect(diagnostics == [])
        #expect(contents?.groups.map(\.value) == ["Data Platform"])
        #expect(contents?.group == Samples.group("g2", "Everyone"))
    }

    @Test func `names that nobody has stay in the file`() throws {
        let group = Group(
            id: "g1",
            created: nil,
            attributes: ["displayName": "On Call"],
            unresolved: UnresolvedMembers(users: ["bob"], groups: ["Ghosts"])
        )
        let text = String(decoding: GroupFile.bytes(of: group, in: Directory()), as: UTF8.self)
        #expect(text.hasSuffix("displayName: On Call\nmembers:\n  - bob\ngroups:\n  - Ghosts\n"))
    }

    @Test func `lists may stand in any order and are written in one`() throws {
        let text = """
            id: u1
            userName: ada
            emails:
              - {value: b@example.com, type: work}
              - {value: a@example.com, type: home}
              - {value: a@example.com, type: home}

            """
        let (user, _) = UserFile.read(Array(text.utf8), file: "ada.yaml")
        let written = String(decoding: UserFile.bytes(of: try #require(user)), as: UTF8.self)
        #expect(
            written == """
                # Written by dagroster from SCIM. Change it in the identity provider.
                id: u1
                userName: ada
                active: true
                emails:
                  - type: home
                    value: a@example.com
                  - type: work
                    value: b@example.com

                """
        )
    }

    static let refused: [(String, [String])] = [
        ("userName: ada\n", [#"ada.yaml:1:1: error: a user without "id""#]),
        ("id: u1\n", [#"ada.yaml:1:1: error: a user without "userName""#]),
        ("id: u1\nuserName: \"\"\n", [#"ada.yaml:2:11: error: "userName" is empty"#]),
        ("- a\n", [#"ada.yaml:1:1: error: expected a user, that is keys such as "id" and "userName""#]),
    ]

    @Test(arguments: refused)
    func `a file that is no user says where and why`(_ text: String, _ expected: [String]) {
        let (user, diagnostics) = UserFile.read(Array(text.utf8), file: "ada.yaml")
        #expect(user == nil)
        #expect(diagnostics.map(\.description) == expected)
    }

    @Test(arguments: ["userName: no\n", "userName: a\nactive: maybe\n", "userName: a\nemails: x\n"])
    func `a value of another type is refused`(_ text: String) {
        let (user, diagnostics) = UserFile.read(Array(("id: u1\n" + text).utf8), file: "ada.yaml")
        #expect(user == nil)
        #expect(diagnostics.count == 1)
    }
}
