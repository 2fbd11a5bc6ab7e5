import Testing
import YAML

@testable import Access

/// The part of CODEOWNERS that is made of the files' owners.
struct CodeownersTests {
    private func lines(_ files: [String: String], prefix: String = "") -> (lines: [String], problems: [String]) {
        let (access, _) = AccessFiles.read(files.map { (path: $0.key, bytes: Array($0.value.utf8)) })
        let (lines, diagnostics) = Codeowners.lines(for: access, prefix: prefix)
        return (lines, diagnostics.map(\.description))
    }

    @Test func `each file with an owner has a line, by path`() {
        let files = [
            "access/b.yaml": "team: B\nowner: \"@acme/b lead@acme.com\"\n",
            "access/a b#.yaml": "team: A\nowner: \"@ada\"\n",
            "access/c.yaml": "team: C\n",
        ]
        #expect(
            lines(files, prefix: "roster/").lines == [
                "/roster/access/a\\ b\\#.yaml @ada", "/roster/access/b.yaml @acme/b lead@acme.com",
            ]
        )
    }

    @Test(arguments: ["acme", "@", "ada@", "@a#b", "@a\\b", ""])
    func `an owner that no forge knows is an error with its place`(owner: String) {
        let found = lines(["access/a.yaml": "team: A\nowner: \"\(owner.replacing("\\", with: "\\\\"))\"\n"])
        #expect(found.lines == [])
        #expect(found.problems.count == 1)
        #expect(found.problems.first?.hasPrefix("access/a.yaml:2:8: error: owner \"\(owner)\" is none that") == true)
    }

    @Test func `only dagroster's own part of the file changes`() {
        let first = Codeowners.updated("* @everybody\n", with: ["/access/a.yaml @a"])
        #expect(first == "* @everybody\n\n\(Codeowners.start)\n/access/a.yaml @a\n\(Codeowners.end)\n")
        let later = first + "/docs @writers\n"
        #expect(
            Codeowners.updated(later, with: ["/access/b.yaml @b"]) == later.replacing("a.yaml @a", with: "b.yaml @b")
        )
        #expect(Codeowners.updated(later, with: ["/access/a.yaml @a"]) == later)
        #expect(Codeowners.updated("", with: []) == "\(Codeowners.start)\n\(Codeowners.end)\n")
    }
}
