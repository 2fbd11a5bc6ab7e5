import Generators
import Testing
import YAML

@testable import Roster

@Suite struct RecordFactsTests {
    private func user(_ text: String) -> String? {
        Array(text.utf8).withUnsafeBufferPointer { RecordFacts.user($0, file: "f").map(Self.text) }
    }

    private func group(_ text: String) -> String? {
        Array(text.utf8).withUnsafeBufferPointer { RecordFacts.group($0, file: "f").map(Self.text) }
    }

    /// The flags as letters, then the texts with a bar for each line feed.
    private static func text(_ facts: [UInt8]) -> String {
        let flags = RecordFacts.Flags(rawValue: facts.first ?? 0)
        let letters = [(RecordFacts.Flags.active, "a"), (.roles, "r"), (.plain, "p")]
            .filter { flags.contains($0.0) }.map(\.1).joined()
        return letters + " " + String(decoding: facts.dropFirst(), as: UTF8.self).replacing("\n", with: "|")
    }

    @Test(
        arguments: [
            (
                "# c\nid: u1\nuserName: ada@example.com\nactive: true\ncreated: 2026-01-01T00:00:00Z\n",
                "ap u1|ada@example.com|2026-01-01T00:00:00Z|"
            ),
            ("id: u1\nuserName: Ada\n", "ap u1|Ada||"),
            ("id: u1\nuserName: ada\nactive: false\nroles:\n  - value: x\n", "rp u1|ada||"),
            ("id: \"7\"\nuserName: ada\n", "a 7|ada||"),
            ("id: u1\nuserName: \"no\"\n", "a u1|no||"),
            ("id: u1\nuserName: ada\nname: {givenName: Ada}\n", "a u1|ada||"),
            ("id: u1\nuserName: ada\nemails:\n  - type: work\n    value: a@example.com\n", "ap u1|ada||"),
            ("userName: ada\n", nil), ("id: u1\nuserName: ada\nactive: maybe\n", nil), ("id: u1\nuserName: ad", nil),
            ("id: u1\nuserName: ada\nuserName: ada\n", nil), ("id: u1\nuserName: \"a\\nb\"\n", nil),
        ] as [(String, String?)]
    )
    func `facts of a user's file`(_ text: String, _ facts: String?) {
        #expect(user(text) == facts)
    }

    @Test(
        arguments: [
            (
                "id: g1\ndisplayName: Data Platform\nmembers:\n  - ada\n  - grace\ngroups:\n  - On Call\n",
                "ap g1|Data Platform||ada|grace||On Call|"
            ),
            ("id: g1\ndisplayName: x\n", "ap g1|x|||"),
            ("id: g1\ndisplayName: x\nmembers: [ada]\n", " g1|x||ada||"),
            ("id: g1\ndisplayName: x\nmembers:\n  - \"\"\n", nil), ("id: g1\ndisplayName: x\nmembers: ada\n", nil),
        ] as [(String, String?)]
    )
    func `facts of a group's file`(_ text: String, _ facts: String?) {
        #expect(group(text) == facts)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `random files, whole and damaged, have the facts that their records have`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var (taken, plain) = (0, 0)
        for round in 0..<1500 {
            var lines = RandomRecord.lines(isUser: round.isMultiple(of: 2), &random)
            for _ in 0..<Int.random(in: 0...2, using: &random) { RandomRecord.damage(&lines, &random) }
            let text = lines.joined(separator: "\n") + "\n"
            let (user, group) = Array(text.utf8).withUnsafeBufferPointer { bytes in
                (UserFile.readByNodes(bytes, file: "f"), GroupFile.readByNodes(bytes, file: "f"))
            }
            if let facts = self.user(text) {
                let record = user.contents?.user
                let letters = (record?.isActive == true ? "a" : "") + (record?.value(of: "roles") == nil ? "" : "r")
                let texts = [record?.id, record?.userName, record?.created ?? ""].map { $0 ?? "?" }
                let flags = facts.prefix { $0 != " " }
                #expect(flags.filter { $0 != "p" } == letters, "seed \(seed)\n\(text)")
                #expect(facts.dropFirst(flags.count) == " " + texts.map { $0 + "|" }.joined(), "seed \(seed)\n\(text)")
                #expect(user.diagnostics == [], "seed \(seed)\n\(text)")
                taken += 1
                plain += flags.contains("p") ? 1 : 0
            }
            if let facts = self.group(text), let record = group.contents {
                let texts = [record.group.id, record.group.displayName, record.group.created ?? ""]
                let lists = record.members.map(\.value) + [""] + record.groups.map(\.value)
                #expect(facts.hasSuffix(" " + (texts + lists).map { $0 + "|" }.joined()), "seed \(seed)\n\(text)")
                #expect(group.diagnostics == [], "seed \(seed)\n\(text)")
                taken += 1
            }
        }
        #expect(taken > 300, "seed \(seed)")
        #expect(plain > 5, "seed \(seed)")
    }
}
