import Foundation
import SCIM
import Testing

/// The code that the articles of `SCIM.docc` show: each block stands in this file, so that it compiles and does what
/// the text says.
struct ArticleTests {
    @Test func `a body becomes attributes and an answer`() throws {
        let body = try JSON.read(#"{"userName": "ada@example.com", "active": "True", "nickName": null}"#)
        let attributes = try ResourceReader.read(body, as: .user)
        let answer = ResourceType.user.answer(
            attributes,
            id: "8f14",
            location: "https://example.com/scim/v2/Users/8f14"
        )
        #expect(text(attributes) == #"{"userName":"ada@example.com","active":true}"#)
        #expect(answer["id"] == "8f14" && answer["userName"] == "ada@example.com")
    }

    @Test func `what is refused is an answer`() {
        var replies: [String] = []
        func reply(_ status: Int, _ body: [UInt8]) {
            replies.append("\(status) \(String(decoding: body, as: UTF8.self))")
        }
        do {
            _ = try ResourceReader.read(["active": true], as: .user)
        } catch {
            reply(error.status, JSON.write(.object(error.body)))
        }
        #expect(replies.count == 1 && replies[0].hasPrefix("400 {\"schemas\""))
    }

    @Test func `a body is read by the schema`() throws {
        var ignored: [String] = []
        let user = try ResourceReader.read(
            ["USERNAME": "ada@example.com", "shoeSize": 38, "password": "secret"],
            as: .user,
            ignored: &ignored
        )
        // user is {"userName":"ada@example.com"}, and ignored is ["shoeSize"].
        #expect(text(user) == #"{"userName":"ada@example.com"}"# && ignored == ["shoeSize"])
        let current = Resource(user, type: .user)
        let replaced = try ResourceReader.read(
            ["userName": "ada@example.com", "title": "Countess"],
            replacing: current,
            as: .user,
            ignored: &ignored
        )
        #expect(text(replaced) == #"{"userName":"ada@example.com","title":"Countess"}"#)
    }

    @Test func `a limited type says so`() throws {
        let limited = ResourceType.user.limited(to: ["displayName", "emails"])
        let schemas = Discovery(types: [limited, .group]).schemas(base: "https://example.com/scim/v2")
        let words = text(schemas)
        #expect(words.contains("displayName") && !words.contains("nickName"))
    }

    @Test func `people are filtered`() throws {
        let people = try [sampleUser(), Resource(["userName": "grace@example.com", "active": true], type: .user)]
        let filter = try BoundFilter(Filter(parsing: #"userName sw "ada" and active eq true"#), for: .user)
        let found = people.filter { filter.matches($0) }
        #expect(found == [people[0]])
    }

    struct Team: Record {
        var name: String
        var members: Set<String>

        func value(of attribute: Attribute, in schema: Schema) -> Value? {
            switch attribute.name {
            case "displayName": .string(name)
            case "members": .array(members.sorted().map { ["value": .string($0)] })
            default: nil
            }
        }

        func elements(of attribute: Attribute, whose subAttribute: String, equals value: String) -> [Value]? {
            guard attribute.name == "members", subAttribute == "value" else { return nil }
            return members.contains(value) ? [["value": .string(value)]] : []
        }
    }

    @Test func `a record of one's own is filtered`() throws {
        let team = Team(name: "Data Platform", members: ["8f14", "c9f0"])
        let isIn = try BoundFilter(Filter(parsing: #"members[value eq "c9f0"]"#), for: .group).matches(team)
        #expect(isIn)
    }

    @Test func `a filter gives keys for an index`() throws {
        let lookup = try BoundFilter(Filter(parsing: #"userName eq "ada@example.com""#), for: .user)
        let keys = lookup.equalities.map { ($0.target.path, $0.value) }
        // One key: userName, "ada@example.com".
        #expect(keys.count == 1 && keys[0].0 == "userName" && keys[0].1 == "ada@example.com")
    }

    @Test func `a user is patched`() throws {
        let user = Resource(["userName": "ada@example.com", "active": true], type: .user)
        let request = try PatchRequest(
            [
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations": [
                    ["op": "Replace", "path": "active", "value": "False"],
                    ["op": "add", "path": #"emails[type eq "work"].value"#, "value": "ada@example.com"],
                ],
            ],
            type: .user
        )
        var changed = user
        try request.apply(to: &changed)
        let isChanged = changed != user
        #expect(isChanged && changed.object["active"] == false)
        #expect(text(changed.object["emails"] ?? .null) == #"[{"value":"ada@example.com","type":"work"}]"#)
    }
}

extension ArticleTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The lines without the indentation that they share.
    private static func dedented(_ lines: some Collection<String>) -> [String] {
        let shared = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { String($0.dropFirst(shared)) }
    }

    private static func blocks(of article: String) -> [[String]] {
        var blocks: [[String]] = []
        var block: [String]?
        for line in article.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == "```swift" {
                block = []
            } else if line == "```" {
                if let block { blocks.append(block) }
                block = nil
            } else {
                block?.append(line)
            }
        }
        return blocks
    }

    @Test func `every block of code in an article stands in this file`() throws {
        let folder = Self.root.appending(path: "Sources/SCIM/SCIM.docc").path
        let own = try String(contentsOfFile: #filePath, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ).map(String.init)
        var seen = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            for block in Self.blocks(of: try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) {
                let stands = own.indices.dropLast(block.count - 1).contains { start in
                    Self.dedented(own[start..<start + block.count]) == block
                }
                #expect(stands, "\(name): \(block.joined(separator: "\n"))")
                seen += 1
            }
        }
        #expect(seen > 8)
    }
}
