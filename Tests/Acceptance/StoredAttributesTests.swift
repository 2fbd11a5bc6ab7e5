import Foundation
import Testing

/// `scim.store` in a running server.
@Suite struct StoredAttributesTests {
    private static let settings = TemporaryTree.settings.replacing(
        "version: 1\n",
        with: "version: 1\nscim: {store: [displayName, emails]}\n"
    )

    @Test func `a file has what is listed and nothing else of a person`() throws {
        try TemporaryTree.with(settings: Self.settings) { tree in
            try Server.with(tree) { server in
                let id = try server.create(
                    "/Users",
                    .user(
                        named: "ada",
                        [
                            "externalId": "e-1", "displayName": "Ada", "title": "Countess", "password": "hunter2",
                            "phoneNumbers": [["value": "+44 1815", "type": "mobile"]],
                            "emails": [["value": "ada@example.com", "type": "work"]],
                        ]
                    )
                )
                tree.folder.wait(for: "provisioned/users/ada.yaml")
                let change: JSONValue = .patch(
                    ["op": "replace", "path": "title", "value": "Prof"],
                    ["op": "replace", "path": "displayName", "value": "Augusta"]
                )
                let answer = try server.send("PATCH", "/Users/\(id)", change)
                #expect(answer.status == 200 && !answer.text.contains("Prof"), "\(answer.text)")
                #expect(try server.send("GET", "/Users?filter=title%20pr").json()["totalResults"] == 0)
                #expect(try !server.send("GET", "/Schemas").text.contains("phoneNumbers"))
            }
            let lines = try tree.folder.text("provisioned/users/ada.yaml").split(separator: "\n")
            let keys = lines.filter { ![" ", "-", "#"].contains($0.prefix(1)) }.compactMap {
                $0.split(separator: ":").first
            }
            #expect(Set(keys) == ["id", "created", "externalId", "userName", "displayName", "active", "emails"])
            #expect(lines.contains("displayName: Augusta"))
            let history = try tree.git("log", "-p")
            for word in ["Countess", "Prof", "+44 1815", "hunter2"] { #expect(!history.contains(word)) }
            #expect(try tree.run(["check"]).exitCode == 0)
        }
    }

    @Test func `a name that no schema has is an error with its place`() throws {
        let settings = TemporaryTree.settings.replacing("version: 1\n", with: "version: 1\nscim: {store: [titel]}\n")
        try TemporaryTree.with(settings: settings) { tree in
            let check = try tree.run(["check"])
            #expect(check.exitCode == 3)
            let said = check.output + check.errors
            #expect(said.contains("dagroster.yaml:2:16: error: unknown attribute \"titel\" in \"store\""), "\(said)")
            #expect(said.contains("did you mean \"title\"?"))
        }
    }
}
