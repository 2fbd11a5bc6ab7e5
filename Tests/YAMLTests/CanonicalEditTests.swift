import Testing
import YAML

struct CanonicalEditTests {
    static let access = ["user", "team", "previously", "groups", "users", "appRoles", "owner", "reason", "grants"]
    static let grant = ["deployment", "branchDeployments", "organization", "role", "locations", "expires"]

    static func order(_ path: [String]) -> [String]? {
        switch path {
        case []: access
        case ["grants"]: grant
        default: nil
        }
    }

    static func formatted(_ text: String) throws -> String {
        String(decoding: try CanonicalEdit.formatted(Array(text.utf8), order: order), as: UTF8.self)
    }

    @Test func `a file in canonical form stays as it is`() throws {
        let file = """
            # access/data-platform.yaml

            team: Data Platform            # the team in Dagster+; a file names one team or one user
            previously: [Data Eng]         # former names: the team is renamed, not re-created
            groups: [Data Platform]        # provisioned groups whose members it gets

            # further members, by userName
            users:
              - lin@example.com
              # the next one leaves in May
              - bob@example.com
              # nobody else
            owner: "@acme/data-leads"      # who approves changes
            reason: DATA-1234
            grants:
              - deployment: prod
                role: viewer               # catalog_viewer viewer launcher editor admin
                locations:
                  finance: editor
              - deployment: staging
                role: admin
                expires: 2027-01-31        # valid through that day, UTC

              # of every base
              - branchDeployments: all
                role: editor
            # the end

            """
        #expect(try Self.formatted(file) == file)
    }

    @Test func `everything at once becomes canonical and keeps its comments`() throws {
        let file = """
            \u{FEFF}---   # begin\r
            # of the team\r
            'reason': "DATA-1234"   \r
            team:   'Data Platform'\t# a name
            grants:       # what it may do
            # the first
            -   role:    'viewer'
                # where
                deployment: prod
            -
                deployment: "staging"   # hm

                role: no
                # why
                # and until when
                expires:
                  # soon
                  2027-01-31    # the end
            users:
                - "lin@example.com"
                - 'no'
                  # between
                -   bob
            # nobody else


            ...
            """
        let expected = """
            team: Data Platform # a name
            users:
              - lin@example.com
              - "no"
              # between
              - bob
            # begin
            # of the team
            reason: DATA-1234
            grants:       # what it may do
              # the first
              # where
              - deployment: prod
                role: viewer
              - deployment: staging   # hm

                role: no
                # why
                # and until when
                # soon
                expires: 2027-01-31    # the end
            # nobody else

            """
        #expect(try Self.formatted(file) == expected)
        #expect(try Self.formatted(expected) == expected)
    }

    @Test(arguments: [
        ("a: 'b'", "a: b\n"),
        ("a: \"no\"\n\n\n", "a: \"no\"\n"),
        ("a: 'it''s'\n", "a: it's\n"),
        ("a: no\n", "a: no\n"),  // what it means is for the reader of the field to say
        ("a:    1e3\n", "a: 1e3\n"),
        ("'a b': c\n", "a b: c\n"),
        ("a: =====\n", "a: =====\n"),
        ("a: -x\n", "a: \"-x\"\n"),
        ("a: one\n  two\n\n  three\n", "a: \"one two\\nthree\"\n"),
        ("a: \"one\n  two\"  # c\n", "a: one two  # c\n"),
        ("a:\n- b\n- c\n", "a:\n  - b\n  - c\n"),
        ("a:\n- b\n# d\nd: e\n", "a:\n  - b\n# d\nd: e\n"),
        ("a:\n- b\n # of b\n# d\nd: e\n", "a:\n  - b\n  # of b\n# d\nd: e\n"),
        ("- - a\n  - - b\n    # b\n  # a\n- c\n", "- - a\n  - - b\n    # b\n  # a\n- c\n"),
        ("-\n  -   a\n  -\n    b: c\n", "- - a\n  - b: c\n"),
        ("- # c\n  a: b\n", "# c\n- a: b\n"),
        ("a: # c\n  b\n", "# c\na: b\n"),
        ("a:\n  # c\n  b # d\n", "# c\na: b # d\n"),
        (
            "a:\n    b:\n        c:\n            - d\n    # of a\n# last\n",
            "a:\n  b:\n    c:\n      - d\n  # of a\n# last\n"
        ),
        ("a:\n    b:\n          c: d\n       # odd\n\ne: f\n", "a:\n  b:\n    c: d\n  # odd\n\ne: f\n"),
        ("a: {b:   c}   # d\n", "a: {b:   c}   # d\n"),
        ("a:\n    b:\n        - {c: d,\n           e: f}\n", "a:\n  b:\n    - {c: d,\n       e: f}\n"),
        ("a: [\n\tb,  # c\n\n  d,\n]  # e\n", "a: [\n b,  # c\n\n  d,\n]  # e\n"),
        ("a:\n  [b,\n   c]\nd: e\n", "a: [b,\n c]\nd: e\n"),
        ("a: |   # c\n     b\n\n       d  \n\n\ne: f\n", "a: |   # c\n  b\n\n    d  \n\n\ne: f\n"),
        (
            "a:\n- |-\n    b\n    c\n- >+\n    d\n\n    e\n\n# f\n",
            "a:\n  - |-\n    b\n    c\n  - >+\n    d\n\n    e\n\n# f\n"
        ),
        ("a: |+\n  b\n\n\n", "a: |+\n  b\n\n\n"),
        ("a:\n  b: |\n", "a:\n  b: |\n"),
        ("a: |\n\n  b\nc: d\n", "a: |\n\n  b\nc: d\n"),  // a first line that is blank is text
        ("a: |\n b\n  \n \nc: d\n", "a: |\n  b\n   \n\nc: d\n"),  // a line of more blanks than the indentation is text
        ("{a: b}\n", "{a: b}\n"),
        ("# x\n{a: b} # y\n# z\n", "# x\n{a: b} # y\n# z\n"),
        ("--- {a: b}", "{a: b}\n"),
        ("\n\n# x\n\na: b", "# x\n\na: b\n"),
        ("a:\nb: # c\nc: \"\"\n", "a:\nb: # c\nc: \"\"\n"),
        ("  a: b\n  # c\n", "a: b\n# c\n"),
        ("a: \"x#c\" # y\nb: x#y\n", "a: x#c # y\nb: x#y\n"),
        ("a: 'b'#c\n", "a: b #c\n"),
        ("reason: x\n\n# t\nteam: y\n", "# t\nteam: y\n\nreason: x\n"),
        ("zebra: 1\nreason: x\napple: 2\nteam: y\n", "zebra: 1\nteam: y\napple: 2\nreason: x\n"),
        (
            "grants:\n  - role: viewer # r\n    # d\n    deployment: prod # e\n",
            "grants:\n  # d\n  - deployment: prod # e\n    role: viewer # r\n"
        ),
        ("a: \"\u{202E}\"\n", "a: \"\\u202E\"\n"),
    ])
    func `each habit has one canonical form`(text: String, expected: String) throws {
        #expect(try Self.formatted(text) == expected)
        #expect(try Self.formatted(expected) == expected)
    }

    @Test(arguments: [
        (
            "? a\n: b\n",
            YAMLError(
                place: Place(line: 1, column: 3),
                message: "cannot format a key behind a question mark; nothing was changed"
            )
        ),
        (
            "a: |2\n  b\n",
            YAMLError(
                place: Place(line: 1, column: 4),
                message: "cannot format a block text that says how far it is indented; nothing was changed"
            )
        ),
        (
            "a: [\"b\n c\"]\n",
            YAMLError(
                place: Place(line: 1, column: 5),
                message: "cannot format a text over several lines in a list or map in flow style; nothing was changed"
            )
        ),
        (
            "a: [b,#c\n d]\n",
            YAMLError(
                place: Place(line: 1, column: 7),
                message: "cannot format a comment without a space before it; nothing was changed"
            )
        ),
        (
            "|\n a\n",
            YAMLError(
                place: Place(line: 1, column: 1),
                message: "cannot format a file that is one block text; nothing was changed"
            )
        ),
        (
            "a: b\nc: |\n  d",
            YAMLError(
                place: Place(line: 2, column: 4),
                message: "cannot format this without changing what it says; nothing was changed"
            )
        ),
    ])
    func `what cannot be kept is refused`(text: String, expected: YAMLError) {
        let error = #expect(throws: YAMLError.self) { try Self.formatted(text) }
        #expect(error?.place == expected.place)
        #expect(error?.message == expected.message)
    }

    @Test func `what is no YAML of ours is refused with the reader's words`() {
        let error = #expect(throws: YAMLError.self) { try Self.formatted("a: b\na: c\n") }
        #expect(error?.description == "2:1: the key \"a\" stands twice, first at 1:1\nhint: keep one of the two")
    }

    @Test func `what the writer wrote stays as it is`() throws {
        for string in try HostileStrings.all() where Writer.scalar(string).utf8.count < 900 {
            let bytes = Writer.bytes(of: RoundTripTests.entry(for: string), comment: "one\ntwo")
            #expect(try CanonicalEdit.formatted(bytes) == bytes)
        }
    }
}
