import Testing
import YAML

struct DocumentReaderTests {
    /// What is wrong when a file is read as one field after the other.
    private func problems(in text: String, _ read: (inout DocumentReader, Node) -> Void) -> [String] {
        var reader = DocumentReader(file: "access/a.yaml")
        if let root = reader.root(Array(text.utf8)) { read(&reader, root) }
        return reader.diagnostics.map(\.description)
    }

    @Test func `a file that is no YAML has one problem`() {
        #expect(
            problems(in: "a: b\na: c\n") { _, _ in } == [
                "access/a.yaml:2:1: error: the key \"a\" stands twice, first at 1:1\nhint: keep one of the two"
            ]
        )
    }

    @Test func `unknown keys are all reported, and the known ones read`() {
        let text = "team: a\ndeploymnt: b\nzzz: c\n"
        var found: Fields?
        let problems = problems(in: text) { reader, root in
            found = reader.fields(of: root, what: "an access file", known: ["team", "deployment"])
        }
        #expect(
            problems == [
                "access/a.yaml:2:1: error: unknown key \"deploymnt\" in an access file\nhint: did you mean \"deployment\"?",
                "access/a.yaml:3:1: error: unknown key \"zzz\" in an access file\nhint: known keys: team, deployment",
            ]
        )
        #expect(found?["team"]?.value.content == .scalar(Scalar("a", isPlain: true)))
        #expect(found?["deploymnt"] == nil)
    }

    @Test func `any key goes where keys are names`() {
        let problems = problems(in: "b: 1\na: 2\n") { reader, root in
            #expect(reader.entries(of: root, what: "teams")?.map(\.key) == ["b", "a"])
        }
        #expect(problems == [])
    }

    @Test(arguments: [
        ("no", "1:1: error: found a boolean \"no\", expected text for \"role\"\nhint: write \"no\" in quotes"),
        ("007", "1:1: error: found a number \"007\", expected text for \"role\"\nhint: write \"007\" in quotes"),
        ("1e3", "1:1: error: found a number \"1e3\", expected text for \"role\"\nhint: write \"1e3\" in quotes"),
        (
            "2026-01-01",
            "1:1: error: found a date \"2026-01-01\", expected text for \"role\"\nhint: write \"2026-01-01\" in quotes"
        ),
        ("~", "1:1: error: found nothing \"~\", expected text for \"role\"\nhint: write \"~\" in quotes"),
        ("---\n", "2:1: error: found nothing, expected text for \"role\""),
        ("[a]", "1:1: error: found a list, expected text for \"role\""),
        ("{}", "1:1: error: found a map, expected text for \"role\""),
    ])
    func `what is no text for every reader is no text`(text: String, words: String) {
        let problems = problems(in: text) { reader, root in
            #expect(reader.text(root, what: "\"role\"") == nil)
        }
        #expect(problems == ["access/a.yaml:" + words])
    }

    @Test func `every other mismatch says what was found and expected`() {
        let text = "- a\n- yes\n- 1.5\n- \"12\"\n- 2026-02-30\n- 2026-11-23\n- []\n- 007\n- \"\"\n-\n"
        let problems = problems(in: text) { reader, root in
            guard let nodes = reader.list(root, what: "\"all\"") else { return }
            #expect(reader.fields(of: nodes[0], what: "\"map\"", known: []) == nil)
            #expect(reader.list(nodes[0], what: "\"list\"") == nil)
            #expect(reader.boolean(nodes[1], what: "\"active\"") == nil)
            #expect(reader.integer(nodes[2], what: "\"count\"") == nil)
            #expect(reader.integer(nodes[3], what: "\"count\"") == nil)
            #expect(reader.date(nodes[4], what: "\"expires\"") == nil)
            #expect(reader.timestamp(nodes[5], what: "\"created\"") == nil)
            #expect(reader.scalar(nodes[6], what: "\"grace\"") == nil)
            #expect(reader.integer(nodes[7], what: "\"count\"") == nil)
            #expect(reader.boolean(nodes[8], what: "\"active\"") == nil)
            #expect(reader.scalar(nodes[9], what: "\"grace\"") == nil)
        }
        #expect(
            problems == [
                "access/a.yaml:1:3: error: found the text \"a\", expected a map for \"map\"",
                "access/a.yaml:1:3: error: found the text \"a\", expected a list for \"list\"",
                "access/a.yaml:2:3: error: found a boolean \"yes\", expected true or false for \"active\"",
                "access/a.yaml:3:3: error: found a number \"1.5\", expected a whole number for \"count\"",
                "access/a.yaml:4:3: error: found the text \"12\", expected a whole number for \"count\"",
                "access/a.yaml:5:3: error: found a date \"2026-02-30\", expected a date such as 2027-01-31 for \"expires\"",
                "access/a.yaml:6:3: error: found a date \"2026-11-23\", expected a time such as 2026-11-23T16:47:00Z for \"created\"",
                "access/a.yaml:7:3: error: found a list, expected a value for \"grace\"",
                "access/a.yaml:8:3: error: found a number \"007\", expected a whole number for \"count\"",
                "access/a.yaml:9:3: error: found the text \"\", expected true or false for \"active\"",
                "access/a.yaml:10:2: error: found nothing, expected a value for \"grace\"",
            ]
        )
    }

    @Test func `what fits is read with its place`() {
        let text = "- \"no\"\n- true\n- -12\n- 2028-02-29\n- 2026-11-23T16:47:00.5Z\n- 0h\n- [a, 'b']\n"
        let problems = problems(in: text) { reader, root in
            guard let nodes = reader.list(root, what: "all"), nodes.count == 7 else { return }
            #expect(reader.text(nodes[0], what: "") == Located("no", at: Place(line: 1, column: 3)))
            #expect(reader.boolean(nodes[1], what: "") == Located(true, at: Place(line: 2, column: 3)))
            #expect(reader.integer(nodes[2], what: "") == Located(-12, at: Place(line: 3, column: 3)))
            #expect(reader.date(nodes[3], what: "") == Located("2028-02-29", at: Place(line: 4, column: 3)))
            #expect(reader.timestamp(nodes[4], what: "")?.value == "2026-11-23T16:47:00.5Z")
            #expect(reader.scalar(nodes[5], what: "")?.value == "0h")
            #expect(reader.texts(nodes[6], what: "")?.map(\.value) == ["a", "b"])
        }
        #expect(problems == [])
    }

    @Test(arguments: [
        "2026-1-01", "2026-13-01", "2026-00-10", "2026-04-31", "2100-02-29", "20260101", "2026-01-01 ", "١٢٣٤-01-01",
        "",
    ])
    func `a day that does not exist is no date`(text: String) {
        var reader = DocumentReader(file: "a")
        #expect(reader.date(Node(.scalar(Scalar(text, isPlain: false)), at: .start), what: "x") == nil)
    }

    @Test(arguments: [
        "2026-11-23T16:47:00", "2026-11-23 16:47:00Z", "2026-11-23T24:00:00Z", "2026-11-23T16:60:00Z",
        "2026-11-31T16:47:00Z",
        "2026-11-23T16:47:00+00:00", "2026-11-23T16:47:00.Z", "2026-11-23T16:47Z", "x",
    ])
    func `what is no instant in UTC is no timestamp`(text: String) {
        var reader = DocumentReader(file: "a")
        #expect(reader.timestamp(Node(.scalar(Scalar(text, isPlain: true)), at: .start), what: "x") == nil)
    }

    @Test func `diagnostics sort by file and place, and say how bad they are`() {
        var reader = DocumentReader(file: "b.yaml")
        reader.warn("late", at: Place(line: 10, column: 1))
        reader.error("early", at: Place(line: 9, column: 2), hint: "mend it")
        reader.error("whole", at: nil)
        let other = Diagnostic(file: "a.yaml", place: Place(line: 99, column: 1), message: "other")
        #expect(
            (reader.diagnostics + [other]).sorted().map(\.description) == [
                "a.yaml:99:1: error: other",
                "b.yaml: error: whole",
                "b.yaml:9:2: error: early\nhint: mend it",
                "b.yaml:10:1: warning: late",
            ]
        )
        #expect(reader.hasErrors)
    }
}

struct SuggestionTests {
    @Test(arguments: [
        ("edtor", "editor"), ("Editor", "editor"), ("vewer", "viewer"), ("lanucher", "launcher"), ("admn", "admin"),
        ("catalogviewer", "catalog_viewer"),
    ])
    func `a slip is recognised`(typed: String, meant: String) {
        let roles = ["catalog_viewer", "viewer", "launcher", "editor", "admin"]
        #expect(Suggestion.closest(to: typed, among: roles) == meant)
    }

    @Test(arguments: ["", "x", "owner", "superuser", "editorialist", "editor"])
    func `what is far from all, or one of them, has no suggestion`(typed: String) {
        let roles = ["catalog_viewer", "viewer", "launcher", "editor", "admin"]
        #expect(Suggestion.closest(to: typed, among: roles) == nil)
    }

    @Test func `of two that are equally near the first one counts`() {
        #expect(Suggestion.closest(to: "pro", among: ["prod", "pros"]) == "prod")
    }
}
