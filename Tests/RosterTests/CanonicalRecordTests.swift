import Generators
import SCIM
import Testing
import YAML

@testable import Roster

/// The reader of canonical records must never say anything but what the reader of all files says.
struct CanonicalRecordTests {
    @Test func `a whole user in canonical form is read without nodes`() throws {
        let text = Array(RecordFileTests.ada.utf8)
        let record = try #require(text.withUnsafeBufferPointer { CanonicalRecord.user($0) })
        #expect(record.isOrdered)
        #expect(
            UserFile.Contents(record) == text.withUnsafeBufferPointer { UserFile.readByNodes($0, file: "").contents }
        )
        #expect(record.places == RecordPlaces(id: Place(line: 2, column: 5), name: Place(line: 4, column: 11)))
    }

    @Test func `a whole user in canonical form is read without values`() throws {
        try Array(RecordFileTests.ada.utf8).withUnsafeBufferPointer { text in
            let contents = try #require(CanonicalUser.read(text))
            #expect(contents == UserFile.readByNodes(text, file: "").contents)
        }
    }

    @Test(arguments: [
        "id: u\nuserName: a\n", "id: u\nactive: true\nuserName: a\n", "id: u\nuserName: 'a'\nactive: true\n",
        "id: u\nuserName: a\\b\nactive: true\n", "id: u\nuserName: a\nactive: true\ntitle: \"\"\n",
        "id: u\nuserName: a\nactive: true\nroles:\n  - value: a\n  - value: b\n",
        "id: u\nuserName: a\nactive: true\nname:\n  givenName: a\n  familyName: b\n",
        "id: u\nuserName: a\nactive: true\nfavourite: tea\n", "id: u\nid: v\nuserName: a\nactive: true\n",
        "id: u\nuserName: a\nactive: true\nactive: true\n", "id: u\nuserName: a\nactive: true\ncreated: yesterday\n",
    ])
    func `what is not canonical to the last key is left to the others`(_ text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { CanonicalUser.read($0) } == nil)
    }

    @Test func `a whole group in canonical form is read without nodes`() throws {
        let text = Array(
            """
            # Written by dagroster from SCIM. Change it in the identity provider.
            id: "1"
            externalId: 0d5b0d3f-5f3e-4a7c-9f0e-2f1d3c4b5a69
            displayName: Data Platform
            members:
              - ada@example.com
              - "no"
            groups:
              - On Call
            created: 2026-11-23T16:47:00Z

            """.utf8
        )
        let record = try #require(text.withUnsafeBufferPointer { CanonicalRecord.group($0) })
        #expect(
            GroupFile.Contents(record) == text.withUnsafeBufferPointer { GroupFile.readByNodes($0, file: "").contents }
        )
        #expect(record.members.map(\.place) == [Place(line: 6, column: 5), Place(line: 7, column: 5)])
    }

    @Test(arguments: [
        "", "id: u\n", "userName: a\n", "id: u\nuserName: a", "id: 7\nuserName: a\n", "id: u\nuserName: no\n",
        "id: u\nuserName: \"\"\n", "id: \"\"\nuserName: a\n", "id: u\nid: v\nuserName: a\n",
        "id: u\nuserName: a\nuserName: b\n", "id: u\nuserName: a\nactive: yes\n",
        "id: u\nuserName: a\nactive: \"true\"\n",
        "id: u\nuserName: a\nemails: x\n", "id: u\nuserName: a\nemails:\n  type: work\n",
        "id: u\nuserName: a\nname:\n  - familyName: b\n", "id: u\nuserName: a\nname:\nactive: true\n",
        "id: u\nuserName: a\nemails:\n- value: x\n", "id: u\nuserName: a\nemails: []\n",
        "id: u\nuserName: a\nUserName: b\n",
        "id: u\nuserName: a\nname:\n  familyName: b\n   givenName: c\n", "id: u\nuserName: a\n  name: b\n",
        "id: u\nuserName: a\ncreated: yesterday\n", "id: u\nuserName: a\nfavourite: tea\n", "id: u\nuserName: a\n# x\n",
        "id: u\nuserName: a\nemails:\n  - value: x\n   type: y\n", "id: u\nuserName: a\nemails:\n  - x\n",
        "id: u\r\nuserName: a\r\n", "\u{FEFF}id: u\nuserName: a\n", "id: u\nuserName: a\u{2028}b\n",
        "id: u\nuserName: a\tb\n",
        "id: u\nuserName: a\nname:\n  familyName: b\n  familyName: c\n", "id: u\nuserName: a\nmembers:\n  - x\n",
    ])
    func `what is not surely right is left to the reader of all files`(_ text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { CanonicalRecord.user($0) } == nil)
    }

    @Test func `keys and elements in another order mean the same`() throws {
        let text = """
            userName: ada
            roles:
              - value: b
              - value: a
                type: x
              - value: b
            active: false
            id: u1
            name:
              givenName: Ada
              familyName: Lovelace

            """
        let bytes = Array(text.utf8)
        let record = try #require(bytes.withUnsafeBufferPointer { CanonicalRecord.user($0) })
        let contents = UserFile.Contents(record)
        #expect(contents == bytes.withUnsafeBufferPointer { UserFile.readByNodes($0, file: "").contents })
        #expect(contents.user.roles == ["b", "a"])
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `random files, whole and damaged, are read alike`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var (taken, atOnce) = (0, 0)
        for round in 0..<1500 {
            var lines = RandomRecord.lines(isUser: round.isMultiple(of: 2), &random)
            for _ in 0..<Int.random(in: 0...2, using: &random) { RandomRecord.damage(&lines, &random) }
            let text = lines.joined(separator: "\n") + "\n"
            Array(text.utf8).withUnsafeBufferPointer { bytes in
                if let contents = CanonicalUser.read(bytes) {
                    atOnce += 1
                    let (expected, diagnostics) = UserFile.readByNodes(bytes, file: "f")
                    #expect(contents == expected, "seed \(seed)\n\(text)")
                    #expect(diagnostics == [], "seed \(seed)\n\(text)")
                    #expect(contents.hashes == expected.map { UserHashes($0.user) }, "seed \(seed)\n\(text)")
                }
                if let record = CanonicalRecord.user(bytes) {
                    taken += 1
                    let (contents, diagnostics) = UserFile.readByNodes(bytes, file: "f")
                    #expect(contents == UserFile.Contents(record), "seed \(seed)\n\(text)")
                    #expect(diagnostics == [], "seed \(seed)\n\(text)")
                }
                if let record = CanonicalRecord.group(bytes) {
                    taken += 1
                    let (contents, diagnostics) = GroupFile.readByNodes(bytes, file: "f")
                    #expect(contents == GroupFile.Contents(record), "seed \(seed)\n\(text)")
                    #expect(diagnostics == [], "seed \(seed)\n\(text)")
                }
            }
        }
        #expect(taken > 300, "seed \(seed)")
        #expect(atOnce > 40, "seed \(seed)")
    }

    @Test func `a file that ends within a line is an error although it parses`() {
        let (user, diagnostics) = UserFile.read(Array("id: u1\nuserName: ada@exam".utf8), file: "ada.yaml")
        #expect(user == nil)
        #expect(
            diagnostics.map(\.description) == [
                """
                ada.yaml:2:19: error: the file ends within a line, expected a line feed behind it
                hint: a part of the file may be missing; bring it back by git, or end its last line
                """
            ]
        )
        let (group, _) = GroupFile.read(Array("id: g1\ndisplayName: x\nmembers:\n  - ada@exam".utf8), file: "g.yaml")
        #expect(group == nil)
    }
}

/// Files of records near to the canonical form.
enum RandomRecord {
    static func lines(isUser: Bool, _ random: inout SeededGenerator) -> [String] {
        var attributes: Object = [:]
        attributes[isUser ? "userName" : "displayName"] = .string(text(&random))
        if Bool.random(using: &random) { attributes["externalId"] = .string(text(&random)) }
        guard isUser else {
            let members = (0..<Int.random(in: 0...4, using: &random)).map { _ in text(&random) }
            let group = Group(
                id: text(&random),
                created: created(&random),
                attributes: attributes,
                unresolved: UnresolvedMembers(users: members, groups: [text(&random)])
            )
            return split(GroupFile.bytes(of: group, in: Directory()))
        }
        if Bool.random(using: &random) { attributes["active"] = .bool(Bool.random(using: &random)) }
        if Bool.random(using: &random) {
            attributes["name"] = .object(["givenName": .string(text(&random)), "familyName": .string(text(&random))])
        }
        for list in ["emails", "roles", "addresses"] where Bool.random(using: &random) {
            attributes[list] = .array(
                (0..<Int.random(in: 1...2, using: &random)).map { _ in
                    .object(["type": .string(text(&random)), "value": .string(text(&random)), "primary": true])
                }
            )
        }
        if Bool.random(using: &random) {
            var enterprise: Object = ["department": .string(text(&random))]
            if Bool.random(using: &random) { enterprise["manager"] = .object(["value": .string(text(&random))]) }
            attributes[RecordFile.enterpriseURN] = .object(enterprise)
        }
        let user = User(id: text(&random), created: created(&random), attributes: attributes)
        return split(UserFile.bytes(of: user))
    }

    static func damage(_ lines: inout [String], _ random: inout SeededGenerator) {
        guard let index = lines.indices.randomElement(using: &random) else { return }
        let other = lines.indices.randomElement(using: &random) ?? index
        switch Int.random(in: 0..<7, using: &random) {
        case 0: lines.remove(at: index)
        case 1: lines.insert(lines[index], at: other)
        case 2: lines.swapAt(index, other)
        case 3: lines[index] = " " + lines[index]
        case 4: lines[index] = String(lines[index].dropFirst(2))
        case 5: lines[index] += [" ", "#", " #", ":", "\"", "é", "\t", "\r"].randomElement(using: &random) ?? ""
        default: lines[index] = String(lines[index].prefix(Int.random(in: 0...lines[index].count, using: &random)))
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        [
            "ada@example.com", "no", "007", "Ada Lovelace", "é", "2026-01-01", "8f14e45f-ceea-467a-9f4e-0a1b2c3d4e5f",
            "a: b", "x #y", "1e3", "-", "null", "Grace", "12345678-1234-1234-1234-123456789012", "y", "a\nb", "work",
        ].randomElement(using: &random) ?? ""
    }

    private static func created(_ random: inout SeededGenerator) -> String? {
        Bool.random(using: &random) ? "2026-11-23T16:47:00Z" : nil
    }

    private static func split(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes.dropLast(), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }
}
