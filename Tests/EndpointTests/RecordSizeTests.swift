import SCIM
import Testing

@testable import Endpoint

/// What a client may not make a record of.
struct RecordSizeTests {
    @Test(arguments: ["a", ".", " é ", "\u{3000}x", "🦆", "\u{0}"])
    func `a name with anything to see is taken`(_ name: String) throws {
        try RecordSize.check(["userName": .string(name), "displayName": .string(name)])
    }

    @Test(arguments: ["", " ", "\t\n", "\u{A0}\u{3000}", "\r\n"])
    func `a blank name is refused`(_ name: String) {
        for attribute in ["userName", "displayName"] {
            #expect(refusal([attribute: .string(name)])?.hasPrefix("\(attribute) is blank") == true)
        }
    }

    static let long = Value.string(String(repeating: "x", count: RecordSize.longestText + 1))

    @Test(
        arguments: [
            (["title": long], "title"), (["name": ["givenName": long]], "name.givenName"),
            (["emails": [["value": "a"], ["value": long]]], "emails.value"), (["tags": ["a", long]], "tags"),
            (["urn:x": ["manager": ["value": long]]], "urn:x.manager.value"),
            (["userName": .string(String(repeating: "x", count: RecordSize.longestName + 1))], "userName"),
        ] as [(Object, String)]
    )
    func `a text that is too long is named`(_ attributes: Object, _ name: String) {
        #expect(refusal(attributes)?.hasPrefix("\(name) has ") == true)
    }

    @Test func `texts of a good length are too much together`() throws {
        let text = Value.string(String(repeating: "x", count: RecordSize.longestText))
        let most = RecordSize.longestRecord / RecordSize.longestText
        try RecordSize.check(["list": .array(Array(repeating: text, count: most))])
        #expect(refusal(["list": .array(Array(repeating: text, count: most)), "title": "x"]) != nil)
    }

    private func refusal(_ attributes: Object) -> String? {
        do {
            try RecordSize.check(attributes)
            return nil
        } catch {
            return error.detail
        }
    }
}
