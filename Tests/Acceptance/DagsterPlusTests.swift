import Foundation
import Testing

/// Dagster+ as the target, with the built program and `simulate` in its place.
@Suite struct DagsterPlusTests {
    private static let secret = "user:a-secret-that-must-not-be-seen"

    /// The tree of ``Acme`` with a simulated organisation as its target.
    private func with(
        _ simulated: [String] = [],
        settings more: String = "",
        _ body: (TemporaryTree, Simulation) throws -> Void
    ) throws {
        try Acme.with { tree in
            let seed = ["--seed", tree.folder.path("target.yaml"), "--switch", "new-user-role=NO_ACCESS"]
            try Simulation.with(seed + simulated) { simulation in
                let target = "{kind: dagster-plus, organization: acme, url: '\(simulation.url)'\(more)}"
                try tree.write("dagroster.yaml", "version: 1\ntargets:\n  acme: \(target)\n")
                try body(tree, simulation)
            }
        }
    }

    private func run(_ tree: TemporaryTree, _ arguments: String..., token: String? = Simulation.token) throws
        -> CommandResult
    {
        let result = try tree.run(arguments, environment: token.map { ["DAGSTER_CLOUD_API_TOKEN": $0] } ?? [:])
        #expect(!result.output.contains(Self.secret) && !result.errors.contains(Self.secret))
        return result
    }

    @Test func `a plan is applied, and then there is nothing to do`() throws {
        try with { tree, _ in
            let plan = try run(tree, "reconcile", "--detailed-exitcode")
            #expect(plan.exitCode == 2, "\(plan)")
            let applied = try run(tree, "reconcile", "--apply")
            #expect(applied.exitCode == 0, "\(applied)")
            #expect(applied.output.contains("read again and confirmed"))
            let again = try run(tree, "reconcile", "--apply")
            #expect(again.output.hasPrefix("nothing to do: target \"acme\""), "\(again)")
        }
    }

    @Test func `people who were invited and have not accepted are waited for, with exit 0`() throws {
        try with(["--switch", "pending-hidden"]) { tree, _ in
            let applied = try run(tree, "reconcile", "--apply")
            #expect(applied.exitCode == 0, "\(applied)")
            #expect(applied.output.contains("has not accepted the invitation yet"), "\(applied)")
            let again = try run(tree, "reconcile", "--detailed-exitcode")
            #expect(again.exitCode == 0, "\(again)")
            #expect(again.output.contains("waiting ("), "\(again)")
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var simulated: [String] = []
        var settings = ""
        var token: String? = Simulation.token
        var code: Int32
        var words: String

        var testDescription: String { words }
    }

    @Test(arguments: [
        Case(simulated: ["--scim-sync"], code: 4, words: "Dagster+'s own SCIM sync is on"),
        Case(simulated: ["--plan", "SOLO"], code: 4, words: "plan (SOLO) has no teams"),
        Case(simulated: ["--token", "viewer=user:v"], token: "user:v", code: 4, words: "EDIT_USERS_AND_TEAMS"),
        Case(token: secret, code: 1, words: "Dagster+ answered 401"),
        Case(token: nil, code: 1, words: "there is no token in the environment variable DAGSTER_CLOUD_API_TOKEN"),
        Case(settings: ", token: 'file:gone'", code: 1, words: "the token cannot be read"),
        Case(simulated: ["--fault", "503@any:1x99"], code: 75, words: "status 503"),
        Case(simulated: ["--fault", "html@any:1x99"], code: 1, words: "a page for people answered"),
        Case(simulated: ["--fault", "200-with-errors@any:1x99"], code: 1, words: "Internal Server Error"),
    ])
    func `what is in the way is said before anything is written, by the doctor as well`(_ row: Case) throws {
        try with(row.simulated, settings: row.settings) { tree, _ in
            for command in [["reconcile", "--apply"], ["doctor"]] {
                let result = try tree.run(
                    command + ["--retry-budget", "0s"],
                    environment: row.token.map { ["DAGSTER_CLOUD_API_TOKEN": $0] } ?? [:]
                )
                let said = result.output + result.errors
                #expect(result.exitCode == row.code, "\(command): \(result)")
                #expect(said.contains(row.words), "\(command): \(result)")
                #expect(said.contains("hint: "), "\(command): \(result)")
                #expect(!said.contains(Self.secret), "\(command): \(result)")
            }
        }
    }

    @Test(arguments: [
        ("https://dagster.cloud.evil.example", "--allow-host dagster.cloud.evil.example"),
        ("http://acme.dagster.cloud", "without TLS"), ("https://proxy.example.com", "--allow-host proxy.example.com"),
    ])
    func `a token is not sent where a file in the tree alone says so`(url: String, words: String) throws {
        try Acme.with { tree in
            let target = "{kind: dagster-plus, organization: acme, url: '\(url)'}"
            try tree.write("dagroster.yaml", "version: 1\ntargets:\n  acme: \(target)\n")
            for command in ["reconcile", "doctor"] {
                let result = try run(tree, command, token: Self.secret)
                #expect(result.exitCode == 4, "\(result)")
                #expect((result.output + result.errors).contains(words), "\(result)")
            }
        }
    }

    @Test func `a token of another organization is refused`() throws {
        try with { tree, simulation in
            let target = "{kind: dagster-plus, organization: other, url: '\(simulation.url)'}"
            try tree.write("dagroster.yaml", "version: 1\ntargets:\n  other: \(target)\n")
            let result = try run(tree, "reconcile")
            #expect(result.exitCode == 1, "\(result)")
            #expect(result.errors.contains("the token is one of organization \"acme\", the settings say \"other\""))
        }
    }

    @Test func `the doctor finds nothing wrong where nothing is`() throws {
        try with { tree, simulation in
            let result = try run(tree, "doctor")
            #expect(result.exitCode == 0, "\(result)")
            #expect(!result.output.contains("  xx  "), "\(result)")
            #expect(result.output.contains("ok  address: \(simulation.url), token from env:DAGSTER_CLOUD_API_TOKEN"))
            #expect(result.output.contains("ok  SCIM sync: Dagster+'s own is off"))
        }
    }

    @Test func `the walk-through of the examples works as it stands`() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "examples/dagster-plus/try.sh").path
        try TemporaryFolder.with { folder in
            let result = try Program.run(
                executable: "bash",
                [script],
                in: folder,
                environment: ["DAGROSTER_BINARY": try Program.path()],
                seconds: 120
            )
            #expect(result.exitCode == 0, "\(result)")
            #expect(result.output.contains("applied "), "\(result)")
            #expect(result.output.contains("nothing to do: target \"acme\""), "\(result)")
        }
    }
}
