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

/// A random file near to the canonical form.
private struct PlainDocument<Generator: RandomNumberGenerator> {
    private(set) var lines: [String] = []

    init(using generator: inout Generator) {
        if Bool.random(using: &generator) { lines.append("# Written by \"somebody\": x") }
        map(indent: 0, prefix: "", using: &generator)
    }

    private mutating func map(indent: Int, prefix: String, using generator: inout Generator) {
        var prefix = prefix
        for _ in 0...Int.random(in: 0..<4, using: &generator) {
            let key = Self.words.randomElement(using: &generator) ?? ""
            let start = (prefix.isEmpty ? String(repeating: " ", count: indent) : prefix) + key + ":"
            prefix = ""
            switch Int.random(in: 0..<(indent < 8 ? 5 : 3), using: &generator) {
            case 0, 1, 2: lines.append(start + " " + (Self.words.randomElement(using: &generator) ?? ""))
            case 3:
                lines.append(start)
                map(indent: indent + 2, prefix: "", using: &generator)
            default:
                lines.append(start)
                list(indent: indent + 2, using: &generator)
            }
        }
    }

    private mutating func list(indent: Int, using generator: inout Generator) {
        let dash = String(repeating: " ", count: indent) + "- "
        for _ in 0...Int.random(in: 0..<3, using: &generator) {
            if Bool.random(using: &generator) {
                lines.append(dash + (Self.words.randomElement(using: &generator) ?? ""))
            } else {
                map(indent: indent + 2, prefix: dash, using: &generator)
            }
        }
    }

    private static var words: [String] {
        [
            "a", "bc", "id", "userName", "Data Platform", "é", "Zoë Müller", "ada@example.com", "true", "no", "7",
            "1e3",
            "2026-01-01", "\"quoted\"", "\"a: b # c\"", "\"é\"", "{}", "[]", "x:y", "x#y", "\"\"", "+44", "/x", "(y)",
            "urn:ietf:params:2.0:User", "null", "8f14e45f-ceea", "日本",
        ]
    }
}

extension [String] {
    /// One small damage, as a bad merge or a careless hand leaves it.
    fileprivate mutating func damage(using generator: inout some RandomNumberGenerator) {
        guard let index = indices.randomElement(using: &generator) else { return }
        let marks = [
            " ", ":", ": ", " #", "#", "-", "- ", "\"", "'", "[", "{}", "\t", "\\", "!", "&", "*", "?", "|", "a", "é",
            "\r",
        ]
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: remove(at: index)
        case 1: insert(self[index], at: index)
        case 2: self[index] = " " + self[index]
        case 3: self[index] = String(self[index].dropFirst())
        case 4: insert("", at: index)
        default:
            var characters = Array<Character>(self[index])
            let position = Int.random(in: 0...characters.count, using: &generator)
            characters.insert(contentsOf: marks.randomElement(using: &generator) ?? " ", at: position)
            self[index] = String(characters)
        }
    }
}
