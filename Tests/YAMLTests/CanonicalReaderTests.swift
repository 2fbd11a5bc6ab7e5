import Generators
import Testing

@testable import YAML

/// The reader of canonical files must never say anything but what libyaml says.
struct CanonicalReaderTests {
    @Test(arguments: [
        "a: b\n",
        "# a comment: with: colons\n#\na: b\n",
        "id: 8f14e45f-ceea-467a-9f4e-0a1b2c3d4e5f\nactive: true\n",
        "name:\n  familyName: Müller\n  givenName: 'Jö\n",
        "a: \"no\"\n\"b c\": \"é: # x\"\n",
        "emails:\n  - type: work\n    value: a@b.c\n  - type: home\n    primary: true\nx: y\n",
        "members:\n  - a\n  - \"b\"\n  - c d\n",
        "a: []\nb: {}\nc:\n  - {}\n  - []\n",
        "é: x\nü:\n  ö: y\n",
        "a:\n   b: c\n",
        "- a\n- b: c\n  d: e\n- f\n",
        "a: b:c\nd: e#f\ng: \"h\"\n",
        "1a: x\nx/y: z\n",
        "a: C#\nb: x - y\nc: ...\nd: x, y]\n",
    ])
    func `what it reads is what libyaml reads`(text: String) throws {
        let source = try SourceText(Array(text.utf8))
        #expect(CanonicalReader.read(source) == (try? Reader.readByEvents(source)))
    }

    @Test(arguments: [
        "", "\n", "a: b", "a: b\r\n", "a:\n", "a: b\n c\n", "a: b\n\nc: d\n", "a: b # c\n", "a: b \n", "a : b\n",
        "a: 'b'\n", "a: |\n  b\n", "a: [b]\n", "a: \"\\n\"\n", "- - a\n", "-\n  a: b\n", "a:\n- b\n", "a\n", "\"a\"\n",
        "---\na: b\n", "a: b\n...\n", " a: b\n", "a: b\n  c: d\n", "a:\n  b: c\n d: e\n", "? a\n: b\n", "no: x\n",
        "1: x\n", "<<: x\n", "a: b: c\n", "a: b:\n", "a: b\na: c\n", "é: 1\ne\u{301}: 2\n", "a:\tb\n", "a: &x b\n",
        "a: !x b\n", "a: *x\n", "%YAML 1.2\n---\na: b\n", "a: b\n# c\n", "a: b\nc\n", "- a\nb: c\n", "a: \"b\" c\n",
        "a: \"b\"\n  c\n", "\"a\":b\n", "a: -b\n", "a: []b\n", "a: [ ]\n", "# only\n", "a: @b\n", "a: `b\n", "a: ~\n",
    ])
    func `everything else it leaves to libyaml`(text: String) throws {
        #expect(CanonicalReader.read(try SourceText(Array(text.utf8))) == nil)
    }

    @Test func `maps and lists may be as deep as for libyaml`() throws {
        for depth in 12...18 {
            var text = ""
            for level in 0..<depth { text += String(repeating: "  ", count: level) + "a:\n" }
            for end in ["b: c", "- c", "- b: c", "b: {}", "- []"] {
                let whole = text + String(repeating: "  ", count: depth) + end + "\n"
                let source = try SourceText(Array(whole.utf8))
                #expect(CanonicalReader.read(source) == (try? Reader.readByEvents(source)), "\(depth) \(end)")
            }
        }
    }

    @Test func `many keys in any order are still told apart`() throws {
        let keys = (0..<60).map { "k\($0)" }
        let text = keys.shuffled().map { "\($0): x\n" }.joined()
        #expect(CanonicalReader.read(try SourceText(Array(text.utf8))) != nil)
        #expect(CanonicalReader.read(try SourceText(Array((text + "k7: y\n").utf8))) == nil)
    }

    @Test func `random files, whole and damaged, are read alike`() throws {
        let seed = SeededGenerator.seed()
        var generator = SeededGenerator(seed: seed)
        var taken = 0
        for _ in 0..<4000 {
            var lines = PlainDocument(using: &generator).lines
            for _ in 0..<Int.random(in: 0...3, using: &generator) { lines.damage(using: &generator) }
            let text = lines.joined(separator: "\n") + "\n"
            guard let source = try? SourceText(Array(text.utf8)), let node = CanonicalReader.read(source) else {
                continue
            }
            taken += 1
            #expect((try? Reader.readByEvents(source)) == node, "YAML_SEED=\(seed)\n\(text)")
        }
        #expect(taken > 100, "YAML_SEED=\(seed)")
    }
}
