import Generators
import Testing
import YAML

struct ReaderTests {
    /// A file that is refused, and the words.
    struct Refusal: CustomTestStringConvertible, Sendable {
        var text: String
        var words: String
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ words: String) {
            self.text = text
            self.words = words
        }
    }

    @Test(arguments: [
        // Not one document.
        Refusal("", "1:1: the file is empty"),
        Refusal("\n  \n", "1:1: the file is empty"),
        Refusal("# only this\n", "1:1: the file holds only comments"),
        Refusal("a: b\n---\nc: d\n", "2:1: a second document begins here, expected one a file"),
        Refusal("a: b\n...\n---\n", "3:1: a second document begins here, expected one a file"),
        Refusal("a: b\n...\nc: d\n", "3:1: found \"c\" behind the end of the value, expected nothing"),
        Refusal("{a: b}}\n", "1:7: found \"}\" behind the end of the value, expected nothing"),
        Refusal("%YAML 1.2\n---\na: b\n", "1:1: found a directive, expected a value\nhint: delete the line of \"%\""),
        Refusal(
            "# x\n%TAG ! x:\n---\na: b\n",
            "2:1: found a directive, expected a value\nhint: delete the line of \"%\""
        ),
        Refusal("%FOO\n---\na: b\n", "1:1: found a directive, expected a value\nhint: delete the line of \"%\""),
        // Left out of the subset.
        Refusal("a: &x b\n", "1:4: found the anchor \"&x\", \(without)\nhint: \(writeOut)"),
        Refusal("&x a: b\n", "1:1: found the anchor \"&x\", \(without)\nhint: \(writeOut)"),
        Refusal("a:\n  - &x {}\n", "2:5: found the anchor \"&x\", \(without)\nhint: \(writeOut)"),
        Refusal("a: *x\n", "1:4: found the alias \"*x\", \(without)\nhint: \(writeOut)"),
        Refusal("a: !!str b\n", "1:4: found the tag \"tag:yaml.org,2002:str\", \(without)\nhint: \(leaveOut)"),
        Refusal("a: é!\nb: [c, ! d]\n", "2:8: found the tag \"!\", \(without)\nhint: \(leaveOut)"),
        Refusal("a: ! \"b\"\n", "1:4: found the tag \"!\", \(without)\nhint: \(leaveOut)"),
        Refusal(
            "<<: {a: b}\n",
            "1:1: found the merge key \"<<\", expected a key of this map\nhint: write the merged keys out"
        ),
        // Keys.
        Refusal(
            "a: 1\nb:\n  c: 1\n  d: 2\n  'c': 3\n",
            "5:3: the key \"c\" stands twice, first at 3:3\nhint: keep one of the two"
        ),
        Refusal("{a: 1, a: 2}", "1:8: the key \"a\" stands twice, first at 1:2\nhint: keep one of the two"),
        Refusal("é: 1\ne\u{301}: 2", "2:1: the key \"e\u{301}\" stands twice, first at 1:1\nhint: keep one of the two"),
        Refusal(
            "no: x\n",
            "1:1: the key \"no\" is a boolean for some readers, expected text\nhint: write it in double quotes: \"no\":"
        ),
        Refusal(
            "a: {1: x}\n",
            "1:5: the key \"1\" is a number for some readers, expected text\nhint: write it in double quotes: \"1\":"
        ),
        Refusal("? [a]\n: b\n", "1:3: found a map or list as a key, expected text"),
        Refusal("{{a: b}: c}\n", "1:2: found a map or list as a key, expected text"),
        Refusal("?\n: b\n", "1:2: found no key, expected text"),
        Refusal("{: b}\n", "1:2: found \":\", expected a value"),
        // Not the bytes of a text.
        Refusal(
            "a: \u{0}\n",
            "1:4: the character U+0000 is not allowed in a file\nhint: write it as \"\\u0000\", in double quotes"
        ),
        Refusal(
            "é: \"\u{7}\"\n",
            "1:5: the character U+0007 is not allowed in a file\nhint: write it as \"\\u0007\", in double quotes"
        ),
        Refusal(
            "a: \u{FFFF}\n",
            "1:4: the character U+FFFF is not allowed in a file\nhint: write it as \"\\uFFFF\", in double quotes"
        ),
        Refusal(
            "# \u{85}\n",
            "1:3: U+0085 ends a line for some readers only\nhint: write it as \"\\u0085\", in double quotes"
        ),
        Refusal(
            "a: \u{2028}\n",
            "1:4: U+2028 ends a line for some readers only\nhint: write it as \"\\u2028\", in double quotes"
        ),
        Refusal(
            "a: b\n\u{FEFF}c: d\n",
            "2:1: a byte order mark inside the file\nhint: delete it, or write it as \"\\uFEFF\", in double quotes"
        ),
        Refusal("a: b\rc: d\n", "1:5: a carriage return without a line feed, expected LF at the end of a line"),
        // Left by git.
        Refusal(
            "a: b\n<<<<<<< HEAD\nc: d\n=======\n",
            "2:1: git left a conflict here: \"<<<<<<< HEAD\"\nhint: \(conflict)"
        ),
        Refusal("a: b\r\n>>>>>>> main\r\n", "2:1: git left a conflict here: \">>>>>>> main\"\nhint: \(conflict)"),
        Refusal("=======", "1:1: git left a conflict here: \"=======\"\nhint: \(conflict)"),
        // No YAML.
        Refusal("a: b: c\n", "1:5: found \":\" where no key can be\nhint: \(whereNoKey)"),
        Refusal("a: b\n c: d\n", "2:3: found \":\" where no key can be\nhint: \(whereNoKey)"),
        Refusal(
            "a: b\nfoo\nc: d\n",
            "2:1: found a text without \":\", expected \"key: value\"\nhint: a key is followed by a colon and a space"
        ),
        Refusal(
            "a:\n  - b\n c: d\n",
            "3:2: found \"c\", expected a key of the map that begins at 1:1\nhint: indent the keys of one map alike"
        ),
        Refusal(
            "- a\nb: c\n",
            "2:1: found \"b\", expected \"- \" of the list that begins at 1:1\nhint: indent the elements of one list alike"
        ),
        Refusal(
            "a: - b\n",
            "1:4: found \"- \" where no list can begin\nhint: begin each list on a line of its own; to mean text, put it in double quotes"
        ),
        Refusal(
            "a: \"b\" é\n",
            "1:8: found \"é\" behind a value, expected the end of the line\nhint: put the whole value in one pair of double quotes"
        ),
        Refusal(
            "m:\n  - ada\n   - bob\n",
            "3:4: found \"-\" inside the text that begins at 2:5\nhint: indent the elements of one list alike; to mean text, put all of it in double quotes"
        ),
        Refusal("a: \"b\nc: d\n", "1:4: the quoted text that begins here has no end"),
        Refusal("a: 'b\n---\n'", "1:4: the quoted text that begins here has no end in this document"),
        Refusal("a: [b, c\n", "2:1: found the end of the file in the list that begins at 1:4, expected \",\" or \"]\""),
        Refusal("a: {b: c\nd: e\n", "2:2: found \":\" in the map that begins at 1:4, expected \",\" or \"}\""),
        Refusal("a: [,]\n", "1:5: found \",\", expected a value"),
        Refusal("a: @b\n", "1:4: found \"@\", which cannot begin a value\nhint: put the value in double quotes"),
        Refusal("a:\n\t- b\n", "2:1: found a tab, expected spaces\nhint: indent with spaces"),
        Refusal("a: |\n\tb\n", "2:1: found a tab, expected spaces\nhint: indent with spaces"),
        Refusal(
            "a: \"\\q\"\n",
            "1:5: unknown escape in a text in double quotes\nhint: write a backslash as \\\\, or use single quotes"
        ),
        Refusal("a: |2x\n  b\n", "1:6: did not find expected comment or line break while scanning a block scalar"),
    ])
    func `each refusal has its place and its words`(_ refusal: Refusal) {
        let error = #expect(throws: YAMLError.self) { try Reader.read(Array(refusal.text.utf8)) }
        #expect(error?.description == refusal.words)
    }

    private static let without = "expected a value without anchors, aliases and tags"
    private static let writeOut = "write the value out where it is needed; to mean text, write it in double quotes"
    private static let leaveOut = "leave the tag out; to mean text, write the value in double quotes"
    private static let whereNoKey = "put a text with \": \" in double quotes, and indent the keys of one map alike"
    private static let conflict =
        "keep what is right of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>"

    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], "1:4: byte 0xFF is not UTF-8"),
            ([0xC3, 0xA9, 0x3A, 0x20, 0xC3], "1:4: byte 0xC3 is not UTF-8"),  // cut
            ([0x0A, 0xC0, 0x80], "2:1: byte 0xC0 is not UTF-8"),  // overlong
            ([0xE0, 0x80, 0x80], "1:1: byte 0xE0 is not UTF-8"),  // overlong
            ([0xED, 0xA0, 0x80], "1:1: byte 0xED is not UTF-8"),  // a surrogate
            ([0xF4, 0x90, 0x80, 0x80], "1:1: byte 0xF4 is not UTF-8"),  // above U+10FFFF
            ([0xFF, 0xFE, 0x61, 0x00], "1:1: the file is UTF-16, expected UTF-8\nhint: save it as UTF-8"),
            ([0xFE, 0xFF, 0x00, 0x61], "1:1: the file is UTF-16, expected UTF-8\nhint: save it as UTF-8"),
        ] as [([UInt8], String)]
    )
    func `what is not UTF-8 is refused at its first byte`(bytes: [UInt8], words: String) {
        let error = #expect(throws: YAMLError.self) { try Reader.read(bytes) }
        #expect(error?.description == words)
    }

    @Test func `16 MiB are read, and not a byte more`() throws {
        var bytes = Array("a: b\n#".utf8)
        bytes += [UInt8](repeating: UInt8(ascii: "x"), count: (16 << 20) - bytes.count)
        #expect(try Reader.read(bytes).place == .start)
        bytes.append(UInt8(ascii: "x"))
        let error = #expect(throws: YAMLError.self) { try Reader.read(bytes) }
        #expect(error?.description == "1:1: the file has 16777217 bytes, expected at most 16 MiB")
    }

    @Test(arguments: [("[", "]"), ("{a: ", "}")])
    func `16 levels are read, and not one more`(open: String, close: String) throws {
        let nested = { String(repeating: open, count: $0) + "x" + String(repeating: close, count: $0) }
        _ = try Reader.read(Array(nested(16).utf8))
        let error = #expect(throws: YAMLError.self) { try Reader.read(Array(nested(17).utf8)) }
        let column = 16 * open.count + 1
        #expect(error?.description == "1:\(column): maps and lists are more than 16 deep")
        // Nothing runs out of stack, however deep.
        #expect(throws: YAMLError.self) { try Reader.read(Array(nested(100_000).utf8)) }
    }

    @Test func `each part of a file has its place`() throws {
        let node = try Reader.read(
            Array("\u{FEFF}---\r\né: [no, 'no']  # c\r\n\"k\":\r\n  - {}\r\n  - |\r\n    x\r\n".utf8)
        )
        let list = Node.Content.sequence([
            Node(.scalar(Scalar("no", isPlain: true)), at: Place(line: 2, column: 5)),
            Node(.scalar(Scalar("no", isPlain: false)), at: Place(line: 2, column: 9)),
        ])
        let block = Node.Content.sequence([
            Node(.mapping([]), at: Place(line: 4, column: 5)),
            Node(.scalar(Scalar("x\n", isPlain: false)), at: Place(line: 5, column: 5)),
        ])
        #expect(
            node
                == Node(
                    .mapping([
                        Entry(
                            key: "é",
                            keyPlace: Place(line: 2, column: 1),
                            value: Node(list, at: Place(line: 2, column: 4))
                        ),
                        Entry(
                            key: "k",
                            keyPlace: Place(line: 3, column: 1),
                            value: Node(block, at: Place(line: 4, column: 3))
                        ),
                    ]),
                    at: Place(line: 2, column: 1)
                )
        )
    }

    @Test func `a key that stands twice is found among many`() {
        let keys = (0..<1000).map { "k\($0): x\n" }.joined()
        let error = #expect(throws: YAMLError.self) { try Reader.read(Array((keys + "k7: y\n").utf8)) }
        #expect(error?.place == Place(line: 1001, column: 1))
        #expect(error?.message == "the key \"k7\" stands twice, first at 8:1")
    }

    @Test func `no bytes crash the reader`() {
        let seed = SeededGenerator.seed()
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "'", "\"", "|", ">", "#", "&a", "*a", "!", "%", "?", "\t",
            "é", ",",
        ]
        var read = 0
        for _ in 0..<3000 {
            let count = Int.random(in: 0...20, using: &generator)
            var bytes = (0..<count).flatMap { _ in Array((pieces.randomElement(using: &generator) ?? "").utf8) }
            if Int.random(in: 0..<5, using: &generator) == 0 { bytes.append(.random(in: 0...255, using: &generator)) }
            guard let node = try? Reader.read(bytes) else { continue }
            read += 1
            if let formatted = try? CanonicalEdit.formatted(bytes) {
                let again = try? Reader.read(formatted)
                #expect(again.map { Exact($0) } == Exact(node), "YAML_SEED=\(seed) \(bytes)")
                #expect((try? CanonicalEdit.formatted(formatted)) == formatted, "YAML_SEED=\(seed) \(bytes)")
            }
        }
        #expect(read > 100)
    }
}
