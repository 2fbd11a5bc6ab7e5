import Roster
import Testing
import YAML

@testable import Tree

/// Looking for names in files that have not been read.
struct NameSearchTests {
    private static func file(_ spelling: String) -> [UInt8] {
        Array("id: g\ndisplayName: D\nmembers:\n  - \(spelling)\n".utf8)
    }

    @Test(arguments: RandomTree.names + ["x", "a\"b", "back\\slash", "semi;colon", "`", "É", "e\u{301}t\u{E9}"])
    func `a name is found in every spelling that a reader takes for it`(name: String) throws {
        let others = [name.lowercased(), name.replacing(";", with: "\u{37E}"), name.replacing("k", with: "\u{212A}")]
        for spelling in RandomTree.spellings(of: name) + others.flatMap(RandomTree.spellings) {
            let bytes = Self.file(spelling)
            guard let group = GroupFile.read(bytes, file: "g.yaml").contents,
                group.members.contains(where: { NameKey($0.value) == NameKey(name) })
            else { continue }
            #expect(NameSearch([name]).mayFind(in: bytes), "\(spelling)")
            #expect(NameSearch(["nobody", name]).mayFind(in: bytes), "\(spelling)")
        }
    }

    @Test(arguments: [
        ("ada@example.com", "adam@example.com"), ("ada@example.com", "ada@example.co"), ("ada", "zoë"), ("zoë", "zoe"),
        ("Ada Lovelace", "Ada Byron"),
    ])
    func `most files that do not hold a name need not be read`(name: String, other: String) {
        #expect(!NameSearch([name]).mayFind(in: Self.file(other)))
    }

    @Test func `nothing is found in nothing, and nothing is looked for`() {
        #expect(!NameSearch(["ada"]).mayFind(in: []))
        #expect(!NameSearch([String]()).mayFind(in: Self.file("ada")))
    }
}
