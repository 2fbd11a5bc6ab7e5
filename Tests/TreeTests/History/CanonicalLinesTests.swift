import Roster
import Testing
import YAML

@testable import Tree

/// Answers from lines alone: what a reader would say, or nothing.
struct CanonicalLinesTests {
    private static let canonical = """
        # Written by dagroster from SCIM. Change it in the identity provider.
        id: g1
        displayName: Data Platform
        members:
          - Ada@example.com
          - grace@example.com
        groups:
          - on-call
        created: 2026-11-23T16:47:00Z

        """

    @Test(arguments: [
        ("ada@example.com", true), ("ADA@example.com", true), ("grace@example.com", true),
        // A part of a name is another name, and a group is no member.
        ("race@example.com", false), ("grace@example.co", false), ("on-call", false), ("", false),
    ])
    func `a member is found by the whole line`(name: String, isListed: Bool) {
        #expect(LinkTest(bytes: Array(Self.canonical.utf8), path: Self.path).listsMember(name) == isListed)
    }

    static let path = "provisioned/groups/data-platform.yaml"

    @Test(arguments: [
        // Forms that mean the same and are not the canonical one.
        "id: g\ndisplayName: D\nmembers: [ada]\n", "id: g\ndisplayName: D\nmembers:\n- ada\n",
        "id: g\ndisplayName: D\nmembers:\n  - \"ada\"\n", "id: g\ndisplayName: D\nmembers:\n  - 'ada'\n",
        "id: g\ndisplayName: D\nmembers:\n  - ada # the first\n",
        "id: g\ndisplayName: D\nmembers:\n  - bob\n  - ada \n",
        "id: g\ndisplayName: D\nmembers:\n  # one\n  - ada\n", "id: g\ndisplayName: D\nmembers:\n# one\n  - ada\n",
        "id: g\ndisplayName: D\n\"members\":\n  - ada\n", "id: g\ndisplayName: D\nmembers: # all\n  - ada\n",
        "{id: g, displayName: D, members: [ada]}\n",
    ])
    func `a file in another form is read properly`(text: String) throws {
        let bytes = Array(text.utf8)
        let members = try #require(GroupFile.read(bytes, file: Self.path).contents).members
        #expect(members.contains { $0.value == "ada" })
        #expect(LinkTest(bytes: bytes, path: Self.path).listsMember("ada"))
        #expect(!LinkTest(bytes: bytes, path: Self.path).listsMember("eve"))
    }

    @Test func `a name is read from its line, and properly where it is quoted`() {
        func name(_ text: String) -> String? { LinkTest(bytes: Array(text.utf8), path: Self.path).name }
        #expect(name(Self.canonical) == "Data Platform")
        #expect(name("id: g\ndisplayName: \"007\"\n") == "007")
        #expect(name("id: g\ndisplayName: D # it\n") == "D")
        #expect(name("id: g\n") == nil)
    }
}
