import Testing
import YAML

struct ScalarKindTests {
    @Test(arguments: [
        (ScalarKind.null, ["", "~", "null", "Null", "NULL"]),
        (.boolean, ["y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"]),
        (.boolean, ["true", "True", "TRUE", "false", "False", "FALSE"]),
        (
            .integer,
            ["0", "7", "-1", "+1", "007", "08", "0o7", "0x1F", "-0x1f", "0b101", "1_000", "12345678901234567890"]
        ),
        (.integer, ["1,000"]),  // Ruby
        (.integer, ["12:30", "12:30:45", "-1:20", "190:20:30"]),
        (.float, ["1.", "1.5", ".5", "-.5", "+1.5", "1e3", "1E3", "1e+3", "1.5e-10", "685.230_15e+03", "12:30:45.6"]),
        (.float, [".inf", "-.inf", "+.Inf", ".INF", ".nan", ".NaN", ".NAN"]),
        (.timestamp, ["2026-01-01", "2026-1-1", "2026-11-23T16:47:00Z", "2026-11-23t16:47:00.5z"]),
        (.timestamp, ["2026-11-23 16:47:00", "2026-11-23 16:47:00 +01:00", "2026-11-23T16:47:00-0800"]),
        (.defaultValue, ["="]),
        (.merge, ["<<"]),
        (.text, ["nULL", "none", "tRUE", "yEs", "t", "f", "nil", "inf", "nan", "Infinity"]),
        (
            .text,
            ["_1", "1.2.3", "12:60", "1:234", "10:8080", "e1", "1e", "1e+", "0x", "0xg", "0o8x", "+", "-", ".", "..."]
        ),
        (
            .text,
            ["2026-01", "2026-01-01x", "2026-01-01T12", "20260-1-1", "58342554-38d6-4ec8", "12e4567-e89b", "+49 30 1"]
        ),
        (.text, ["ada@example.com", "<", "==", "~root", "null ", "prod", "2s", "0h", "180d"]),
    ])
    func `a plain scalar is what any reader takes it for`(kind: ScalarKind, scalars: [String]) {
        #expect(scalars.map { ScalarKind(ofPlain: $0) } == scalars.map { _ in kind })
    }

    @Test func `quotes make text of anything`() {
        #expect(Scalar("no", isPlain: false).kind == .text)
        #expect(Scalar("no", isPlain: true).kind == .boolean)
    }

    @Test(arguments: [
        "- a", "a: b", "a:", "a #b", " a", "a ", "", "no", "@a", "=======", "...", "a\tb", "\u{200B}", "[",
        "\u{E000}\u{FEFF}",
    ])
    func `what some reader changes is quoted`(text: String) {
        #expect(Writer.scalar(text).hasPrefix("\"") && Writer.scalar(text).hasSuffix("\""))
    }

    @Test(arguments: [
        "a:b", "a#b", "it's", "a \"b\" c", "a, b", "a[0]", "http://x/?a=b#c", "山田　太郎", "👩‍👧", "❤️",
        "emails[type eq \"work\"].value",
        "1.2.3", "Data Platform", "~root", "$HOME", "\\", "葛\u{E0100}",
    ])
    func `what every reader keeps stays plain`(text: String) {
        #expect(Writer.scalar(text) == text)
    }

    @Test(arguments: [
        ("a\"b\\c: ", #""a\"b\\c: ""#),
        ("\u{8}\u{C}\n\r\t\u{1}\u{7F}\u{85}", #""\u0008\u000C\n\r\t\u0001\u007F\u0085""#),
        ("\u{2028}\u{202E}\u{FEFF}\u{FFFE}\u{1FFFF}\u{E0067}", #""\u2028\u202E\uFEFF\uFFFE\U0001FFFF\U000E0067""#),
        ("é: 👩", #""é: 👩""#),
    ])
    func `what cannot stand as itself is escaped`(text: String, expected: String) {
        #expect(Writer.scalar(text) == expected)
    }
}
