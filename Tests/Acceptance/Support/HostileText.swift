/// Texts that a careless writer of files or of YAML gets wrong.
enum HostileText {
    /// What is tried as the name of a user and of a group.
    static let names = paths + yaml.map { $0 }

    /// What is tried as a value.
    static let values = yaml + framed + paths

    private static let paths = [
        "../../x", "..", ".", "/etc/passwd", "a/b", "a\\b", ".git/config", ".git", ".GIT", "git~1", ".gitattributes",
        "CON", "con", "aux.txt", "NUL.yaml", "com1", "lpt9@example.com", "~", "~root", "-rf", "--help", "%2e%2e%2f",
        "%41", "a%", "a b", " a", "a ", "a.", "a..", "x.yaml", "X.YAML", "dagroster.yaml", "a\nb", "a\r\nb", "a\tb",
        "a\u{0}b", "a\u{7f}b", "a\u{1b}[31mb", "\u{feff}a", "a\u{2028}b", "a\u{85}b", "\u{202e}live", "e\u{301}",
        "\u{e9}", "ß", "SS", "İ", "ı", "ﬁ", "日本語", "👩‍💻", "🏴", "a*b", "a?b", "a|b", "a:b", "a<b>", "$HOME", "`id`",
        "$(id)", "'; drop table users; --", String(repeating: "n", count: 300), String(repeating: "é", count: 150),
        String(repeating: "👩‍💻", count: 30), String(repeating: "a/", count: 120),
    ]

    /// What some reader of YAML 1.1 or 1.2 takes for something other than text.
    private static let yaml = [
        "no", "No", "NO", "yes", "Yes", "on", "off", "Off", "y", "n", "Y", "N", "true", "True", "TRUE", "false", "null",
        "Null", "NULL", "007", "0", "00", "1", "-1", "+1", "1_000", "0x1f", "0o17", "017", "0b101", "1e3", "1E3", "1.5",
        "1.", ".5", "-.5", "+.5", "1e+3", "6.02e23", ".inf", "-.inf", "+.INF", ".nan", ".NaN", "190:20:30", "1:30",
        "12:30:45", "12:30:45.5", "2026-01-01", "2026-1-1", "2026-01-01T00:00:00Z", "2026-01-01 00:00:00",
        "2001-12-14t21:59:43.10-05:00", "=", "<<", ": {}", ":", ": a", "a: b", "a:", ":a", "a :b", "*a", "&a", "!!t",
        "!t", "!", "!!int 3", "- a", "-", "--", "---", "--- a", "...", "... a", "-a", "? a", "?", "?a", "[a]", "[",
        "]", "{a: b}", "{", "}", "{}", "[]", ",", "a, b", "#", "# a", "a # b", "a#b", "|", "|-", "> a", ">", "@a", "%a",
        "%YAML 1.2", "'a'", "'", "\"a\"", "\"", "a\"b", "a'b", "\\", "\\n", "a\\", "\\u0041", "it's", "0777", "08",
        "0.", "1e", "e1", "0x", "0xg", "1__0", "_1", "+", "+-1", "1,000", "~a", "nULL", "tRue", "oN", "yEs",
    ]

    /// The same inside spaces, line breaks and text.
    private static let framed = [
        " no", "no ", "no\n", "\nno", "a\n\nb", "a\n b", " a\nb", "a\n", "a\n\n", "\n", " ", "  ", "\t", "\ta", "a\t",
        "a\r", "\r", "a \nb", "a\n# b", "a\n- b", "a\nb: c", "a\n---\nb", "a\n...\n", "\u{a0}", "a\u{a0}b", "\u{2028}",
        "\u{2029}", "\u{85}", "\u{feff}", "\u{fffd}", "\u{fffe}", "\u{ffff}", "\u{e000}", "\u{10ffff}", "\u{1f600}",
        "\u{7}", "\u{8}", "\u{b}", "\u{c}", "\u{1}", "\u{1f}", "\u{7f}", "\u{80}", "\u{9f}", "\u{ad}", "\u{200b}",
        String(repeating: "a ", count: 500), String(repeating: "x", count: 5000), "a  b", "a   # b", "key: [a, {b: c}]",
        "https://example.com/a?b=c#d", "C:\\Users\\ada", "ada@example.com", "{{ template }}", "${VAR}", "<a & b>",
    ]
}
