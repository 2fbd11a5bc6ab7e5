import Testing
import YAML

struct PrintableTests {
    @Test(arguments: [
        ("plain Größe 名", "plain Größe 名"),
        ("\u{1B}[31mred", "\\u{1B}[31mred"), ("a\nb\tc", "a\\u{A}b\\u{9}c"), ("\u{202E}evil", "\\u{202E}evil"),
        ("\u{2028}\u{85}\u{7F}", "\\u{2028}\\u{85}\\u{7F}"), ("", ""),
    ])
    func `what could steer a terminal is written out, once`(text: String, shown: String) {
        #expect(Printable.line(text) == shown)
        #expect(Printable.line(shown) == shown)
    }

    @Test func `words of several lines stay so`() {
        #expect(Printable.lines("a\u{1B}\nhint: b\n") == "a\\u{1B}\nhint: b\n")
    }

    @Test func `a diagnostic shows no name as it is`() {
        let diagnostic = Diagnostic(
            file: "access/\u{1B}[31m.yaml",
            place: Place(line: 1, column: 2),
            message: "no group is called \"a\nb\"",
            hint: "did you mean \"\u{202E}\"?"
        )
        #expect(
            diagnostic.description
                == "access/\\u{1B}[31m.yaml:1:2: error: no group is called \"a\\u{A}b\"\n"
                + "hint: did you mean \"\\u{202E}\"?"
        )
    }
}
