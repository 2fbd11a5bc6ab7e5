import SCIM
import Testing

struct TextTests {
    @Test(arguments: [
        ("ada", "ADA", false, true), ("ada", "ADA", true, false), ("ada", "adab", false, false), ("", "", true, true),
        ("[a", "{a", false, false), ("@", "`", false, false), ("É", "é", false, true), ("É", "é", true, false),
        ("e\u{301}", "\u{E9}", true, true), ("E\u{301}", "\u{E9}", false, true), ("\u{212A}", "k", false, true),
    ])
    func `texts are the same by one rule`(_ left: String, _ right: String, _ caseExact: Bool, _ expected: Bool) {
        #expect(Text.equal(left, right, caseExact: caseExact) == expected)
        #expect(Text.equal(right, left, caseExact: caseExact) == expected)
    }
}
