import Testing

@testable import Simulator

/// What a document may look like, and where it goes wrong.
struct SyntaxTests {
    struct Case: Sendable {
        var text: String
        var message: String
        var line: Int
        var column: Int

        init(_ text: String, _ message: String, _ line: Int, _ column: Int) {
            self.text = text
            self.message = message
            self.line = line
            self.column = column
        }
    }

    static let bad = [
        Case("", "Unexpected <EOF>.", 1, 1),
        Case("{", "Expected Name, found <EOF>.", 1, 2),
        Case("{ }", "Expected Name, found '}'.", 1, 3),
        Case("query {\n  a(\n}", "Expected Name, found '}'.", 3, 1),
        Case("{ a(b: ) }", "Unexpected ')'.", 1, 8),
        Case("{ a(b: [1 }", "Unexpected '}'.", 1, 11),
        Case("{ ...on }", "Expected Name, found '}'.", 1, 9),
        Case("fragment on on T { a }", "Unexpected Name 'on'.", 1, 10),
        Case("fragment F T { a }", "Expected 'on', found Name 'T'.", 1, 12),
        Case("query ($a: Int = $b) { a }", "Unexpected variable '$b' in constant value.", 1, 18),
        Case("query ($a Int) { a }", "Expected ':', found Name 'Int'.", 1, 11),
        Case("notAnOperation { a }", "Unexpected Name 'notAnOperation'.", 1, 1),
        Case("{ a(b: 01) }", "Invalid number, unexpected digit after 0: '1'.", 1, 9),
        Case("{ a(b: 1.) }", "Invalid number, expected digit but got: ')'.", 1, 10),
        Case("{ a(b: 1x) }", "Invalid number, expected digit but got: 'x'.", 1, 9),
        Case("{ a(b: -) }", "Invalid number, expected digit but got: ')'.", 1, 9),
        Case("{ a(b: \"x) }", "Unterminated string.", 1, 13),
        Case("{ a(b: \"x\n\") }", "Unterminated string.", 1, 10),
        Case(#"{ a(b: "\x") }"#, #"Invalid character escape sequence: '\x'."#, 1, 9),
        Case(#"{ a(b: "\u12G4") }"#, #"Invalid Unicode escape sequence: '\u12G4'."#, 1, 9),
        Case(#"{ a(b: "\uD800") }"#, #"Invalid Unicode escape sequence: '\uD800'."#, 1, 9),
        Case("{ a(b: \"\"\"x) }", "Unterminated string.", 1, 15),
        Case(
            "{ a(b: 'x') }",
            "Unexpected single quote character ('), did you mean to use a double quote (\")?",
            1,
            8
        ),
        Case("{ a ? }", "Unexpected character: '?'.", 1, 5),
        Case("{ ä }", "Unexpected character: U+00E4.", 1, 3),
        Case("{ a .. }", "Unexpected character: '.'.", 1, 5),
        Case(
            "\"why\" query { a }",
            "Unexpected description, descriptions are supported only on type definitions.",
            1,
            1
        ),
        Case("# only a comment", "Unexpected <EOF>.", 1, 17),
    ]

    @Test(arguments: bad)
    func `what is no document is refused with its place`(bad: Case) {
        let expected = GraphQLError("Syntax Error: \(bad.message)", at: Location(line: bad.line, column: bad.column))
        #expect(throws: expected) { () throws in try Parser.document(bad.text) }
    }

    @Test func `a document that is nested without end is refused`() {
        let text = String(repeating: "{a", count: 100_000)
        #expect(throws: GraphQLError.self) { () throws in try Parser.document(text) }
        let list = "{ a(b: " + String(repeating: "[", count: 100_000) + ") }"
        #expect(throws: GraphQLError.self) { () throws in try Parser.document(list) }
    }

    static let strings: [(String, String)] = [
        (#""""#, ""), (#""a\n\t\"\\\/b""#, "a\n\t\"\\/b"), (#""\u00e9\u{1F600}""#, "é😀"), (#""\uD83D\uDE00""#, "😀"),
        (#""é😀""#, "é😀"), (#""""plain""""#, "plain"), ("\"\"\"\n    a\n      b\n\n    c\n  \"\"\"", "a\n  b\n\nc"),
        (#""""a \""" b""""#, "a \"\"\" b"), ("\"\"\"a\r\n  b\r  c\"\"\"", "a\nb\nc"), (#""""\n""""#, "\\n"),
    ]

    @Test(arguments: strings)
    func `a string means what the specification says`(text: String, meant: String) throws {
        let document = try Parser.document("{ a(b: \(text)) }")
        guard case .field(let field) = document.operations.first?.selections.first else {
            Issue.record("no field")
            return
        }
        #expect(field.arguments.first?.value.kind == .string(meant))
    }

    @Test func `commas, comments, byte order marks and line ends of all kinds mean nothing`() throws {
        let text = "\u{FEFF}query,Q # comment }\r\n{\ra,,,b\n}"
        let operation = try #require(try Parser.document(text).operations.first)
        #expect(operation.name == "Q" && operation.selections.count == 2)
        guard case .field(let last) = operation.selections.last else { return }
        #expect(last.location == Location(line: 3, column: 5))
    }

    @Test func `every part of the grammar is read`() throws {
        let text = """
            query Q($a: [Int!]! = [1, 2], $b: In = {x: {y: null}, z: E}) @d(if: true) {
              alias: field(int: -1, float: 1.5e3, s: "x", t: true, e: NAME, l: [$a, []], o: {}) @include(if: $b) {
                ...F @skip(if: false)
                ... on T { a }
                ... @include(if: true) { b }
                ... { c }
              }
            }
            fragment F on T @d { on type query fragment }
            mutation M { m }
            """
        let document = try Parser.document(text)
        #expect(document.operations.map(\.kind) == [.query, .mutation])
        #expect(document.operations.map(\.name) == ["Q", "M"])
        #expect(document.operations.first?.variables.map { "\($0.type)" } == ["[Int!]!", "In"])
        #expect(document.fragments.map(\.name) == ["F"])
        #expect(document.fragments.first?.selections.count == 4)
    }
}
