import Access
import FileTarget
import Foundation
import Reconcile
import Testing

/// A file that is read and written as an organisation would be.
struct FileTargetTests {
    private func withFile(_ text: String?, _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/dagroster-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/target.yaml"
        if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
        try await body(path)
    }

    private func item(_ change: Change) -> PlanItem { PlanItem(change, origin: .drift) }

    @Test func `changes are written once, at the end, and a leading comment stays`() async throws {
        let text = "# Our organisation.\n# Written by hand once.\ndeployments: {prod: {}}\n"
        try await withFile(text) { path in
            let writer = FileTargetWriter(path: path, name: "target.yaml")
            try await writer.apply(item(.addUser(key: "ada@example.com", email: "Ada@example.com")))
            try await writer.apply(item(.createTeam("A")))
            try await writer.apply(item(.addMember(team: "A", user: "ada@example.com")))
            let grant = Grant(scope: .deployment("prod"), role: .viewer)
            try await writer.apply(item(.putGrant(.team("A"), grant, replacing: nil)))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
            try await writer.finish()
            let expected = """
                # Our organisation.
                # Written by hand once.
                deployments:
                  prod: {}
                users:
                  Ada@example.com: {}
                teams:
                  A:
                    members:
                      - Ada@example.com
                    grants:
                      - deployment: prod
                        role: viewer

                """
            #expect(try String(contentsOfFile: path, encoding: .utf8) == expected)
            #expect(try await FileTargetReader(path: path, name: "t").read().teams["A"]?.members == ["ada@example.com"])
        }
    }

    @Test(arguments: [
        (Change.addMember(team: "A", user: "ghost"), "user \"ghost\" is not a member of the organization"),
        (.addMember(team: "B", user: "ada"), "team \"B\" does not exist"),
        (.createTeam("A"), "team \"A\" exists already"),
        (.addUser(key: "ada", email: "ada"), "user \"ada\" is a member of the organization already"),
        (.removeUser(key: "ghost"), "user \"ghost\" is not a member of the organization"),
        (
            .putGrant(.team("A"), Grant(scope: .deployment("x"), role: .viewer), replacing: nil),
            "deployment \"x\" does not exist"
        ),
        (
            .putGrant(.user("ada"), Grant(scope: .organization, role: .custom("boss")), replacing: nil),
            "role \"boss\" does not exist"
        ),
        (.deleteRole(CustomRole(name: "r", scope: .deployment)), "role \"r\" is still held by team:A"),
    ])
    func `what a real organisation would refuse is refused`(change: Change, reason: String) async throws {
        let text = """
            deployments: {prod: {}}
            users: {ada: {}}
            teams: {A: {grants: [{deployment: prod, role: r}]}}
            roles: {r: {scope: deployment}}
            """
        try await withFile(text) { path in
            let writer = FileTargetWriter(path: path, name: "t")
            _ = await #expect(throws: TargetError.refused(reason)) { try await writer.apply(item(change)) }
        }
    }

    @Test func `a file that somebody else changed meanwhile is left as it is`() async throws {
        try await withFile("deployments: {}\n") { path in
            let writer = FileTargetWriter(path: path, name: "t")
            try await writer.apply(item(.createTeam("A")))
            try Data("deployments: {new: {}}\n".utf8).write(to: URL(fileURLWithPath: path))
            await #expect(throws: TargetError.self) { try await writer.finish() }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "deployments: {new: {}}\n")
        }
    }

    @Test func `a file that is missing or broken says what was expected`() async throws {
        try await withFile(nil) { path in
            _ = await #expect(
                throws: TargetError.unreadable(
                    """
                    "target.yaml" does not exist, expected an organization as a YAML file
                    hint: write one to begin with, such as "deployments: {prod: {}}"
                    """
                )
            ) { try await FileTargetReader(path: path, name: "target.yaml").read() }
        }
        try await withFile("deployments: 3\n") { path in
            _ = await #expect(
                throws: TargetError.unreadable(
                    "t:1:14: error: found a number \"3\", expected a map for \"deployments\""
                )
            ) { try await FileTargetReader(path: path, name: "t").read() }
        }
    }
}
