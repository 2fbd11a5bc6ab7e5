import Generators
import Testing

@testable import Tree

struct FileNameTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var file: String
        var testDescription: String { name.debugDescription }
    }

    @Test(arguments: [
        Case(name: "ada@example.com", file: "ada@example.com.yaml"),
        Case(name: "Ada@Example.COM", file: "ada@example.com.yaml"),
        Case(name: "ada+test_1@example.com", file: "ada+test_1@example.com.yaml"),
        Case(name: "ada lovelace", file: "ada%20lovelace.yaml"),
        Case(name: "../../x", file: "%2E.%2F..%2Fx.yaml"),
        Case(name: ".git", file: "%2Egit.yaml"),
        Case(name: ".git/config", file: "%2Egit%2Fconfig.yaml"),
        Case(name: ".GIT", file: "%2Egit.yaml"),
        Case(name: "git~1", file: "git%7E1.yaml"),
        Case(name: ".", file: "%2E.yaml"),
        Case(name: "..", file: "%2E..yaml"),
        Case(name: "/etc/passwd", file: "%2Fetc%2Fpasswd.yaml"),
        Case(name: "C:\\x", file: "c%3A%5Cx.yaml"),
        Case(name: "-rf", file: "%2Drf.yaml"),
        Case(name: "a-b", file: "a-b.yaml"),
        Case(name: "CON", file: "%63on.yaml"),
        Case(name: "con.user", file: "%63on.user.yaml"),
        Case(name: "Nul", file: "%6Eul.yaml"),
        Case(name: "com1", file: "%63om1.yaml"),
        Case(name: "LPT9.txt", file: "%6Cpt9.txt.yaml"),
        Case(name: "aux", file: "%61ux.yaml"),
        Case(name: "console", file: "console.yaml"),
        Case(name: "com10", file: "com10.yaml"),
        Case(name: "com¹", file: "com%C2%B9.yaml"),
        Case(name: "a\nb", file: "a%0Ab.yaml"),
        Case(name: "a\u{0}b", file: "a%00b.yaml"),
        Case(name: "50%", file: "50%25.yaml"),
        Case(name: "%2e", file: "%252e.yaml"),
        Case(name: "é", file: "%C3%A9.yaml"),
        // Decomposed, and a capital that folds to the same.
        Case(name: "e\u{301}", file: "%C3%A9.yaml"),
        Case(name: "É", file: "%C3%A9.yaml"),
        Case(name: "😀", file: "%F0%9F%98%80.yaml"),
        // Bidirectional override and a zero-width joiner, which some file systems ignore.
        Case(name: "a\u{202E}b", file: "a%E2%80%AEb.yaml"),
        Case(name: ".g\u{200C}it", file: "%2Eg%E2%80%8Cit.yaml"),
        Case(name: "name.", file: "name..yaml"),
        Case(name: "a~deadbeef", file: "a%7Edeadbeef.yaml"),
        Case(name: "", file: "~e3b0c442.yaml"),
    ])
    func `a userName becomes a safe file name`(_ row: Case) {
        #expect(FileName(of: row.name, kind: .user).plain == row.file)
    }

    @Test(arguments: [
        Case(name: "Data Platform", file: "data-platform.yaml"),
        Case(name: "Data  Platform", file: "data--platform.yaml"),
        Case(name: " leading", file: "%2Dleading.yaml"),
        Case(name: "tab\there", file: "tab%09here.yaml"),
        Case(name: "R&D / Ops", file: "r%26d-%2F-ops.yaml"),
        Case(name: "Zürich", file: "z%C3%BCrich.yaml"),
    ])
    func `a group's spaces become dashes`(_ row: Case) {
        #expect(FileName(of: row.name, kind: .group).plain == row.file)
    }

    @Test func `a long name is cut and told apart by its digest`() {
        let name = FileName(of: String(repeating: "a", count: 300), kind: .user).plain
        #expect(name == String(repeating: "a", count: 171) + "~9835fa6b.yaml")
    }

    @Test func `180 bytes are not too long`() {
        let stem = String(repeating: "a", count: 180)
        #expect(FileName(of: stem, kind: .user).plain == stem + ".yaml")
    }

    @Test(arguments: 0..<3)
    func `a cut never splits an encoded byte`(shift: Int) {
        let name = String(repeating: "a", count: shift) + String(repeating: "é", count: 100)
        let stem = FileName(of: name, kind: .user).plain.prefix { $0 != "~" }
        #expect((169...171).contains(stem.utf8.count))
        #expect((stem.utf8.count - shift).isMultiple(of: 3))
    }

    @Test func `a taken name gets eight digits, and more where those are taken, too`() {
        let name = FileName(of: "Data Platform", kind: .group)
        #expect(
            name.candidates == [
                "data-platform.yaml",
                "data-platform~30d2cf15.yaml",
                "data-platform~30d2cf1599473be6.yaml",
                "data-platform~\(name.distinguished(digits: 64).dropFirst(14))",
            ]
        )
    }

    @Test func `names that differ only in letter case or composition have one suffix`() {
        let names = ["É x", "e\u{301} X", "é x"].map { FileName(of: $0, kind: .group).distinguished() }
        #expect(Set(names).count == 1)
    }

    @Test func `no name leaves its folder, is hidden, or meets another when case is ignored`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("aAzZ09@._+-~%/\\: .con\u{0}\n\u{7F}éÉßİ😀\u{301}\u{202E}")
        var names: [String: String] = [:]
        for _ in 0..<20_000 {
            let name = String(
                (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                }
            )
            let file = FileName(of: name, kind: .user).plain
            #expect(!file.contains("/") && !file.contains("\\") && !file.hasPrefix(".") && !file.hasPrefix("-"))
            #expect(file.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#""*:<>?|"#.utf8.contains($0) })
            let other = names.updateValue(name, forKey: file.lowercased())
            #expect(other == nil || other?.lowercased() == name.lowercased(), "\(name) and \(other ?? "")")
        }
    }
}
