import Foundation
import Testing

/// `dagroster simulate`, as a user runs it.
@Suite struct SimulateTests {
    static let query = "{\"query\": \"{ teamPermissions { team { name members { email } } } }\"}"

    @Test func `it speaks as soon as it says so, shows its state, and ends with exit 0`() throws {
        try TemporaryFolder.with { folder in
            try folder.write(Acme.applied, to: "target.yaml")
            try Simulation.with(["--seed", "target.yaml"], in: folder) { simulation in
                #expect(simulation.line.hasSuffix(" with token user:simulated-admin"))
                let answer = try simulation.post(Self.query, token: "user:simulated-admin")
                #expect(answer.status == 200 && answer.text.contains("\"name\":\"Data Platform\""))
                #expect(try simulation.post(Self.query, token: "guess").status == 401)
                #expect(try simulation.get("/simulator/organization").text == Acme.applied)
                let requests = try simulation.get("/simulator/requests").json()
                #expect(requests.elements.map { $0["fields"] } == [["teamPermissions"]])
            }
        }
    }

    @Test func `tokens, switches and faults are those of the command line`() throws {
        try TemporaryFolder.with { folder in
            let arguments = [
                "--token", "org-admin=a", "--token", "agent=b", "--switch", "unknown-enum-values", "--fault",
                "429=7@read:2",
            ]
            try Simulation.with(arguments, in: folder) { simulation in
                let plan = "{\"query\": \"{ planType }\"}"
                #expect(try simulation.post(plan, token: "a").text == "{\"data\":{\"planType\":\"GALACTIC\"}}")
                let limited = try simulation.post(plan, token: "a")
                #expect(limited.status == 429 && limited.headers["retry-after"] == "7")
                #expect(try simulation.post(Self.query, token: "b").text.contains("Authorization failed"))
                #expect(!simulation.line.contains("with token"))
            }
        }
    }

    @Test(arguments: [
        ["--port", "70000"], ["--switch", "nothing"], ["--fault", "429"], ["--token", "abc"], ["--token", "king=abc"],
    ])
    func `what it cannot be told is wrong usage`(arguments: [String]) throws {
        try TemporaryFolder.with { folder in
            let result = try Program.run(["simulate"] + arguments, in: folder)
            #expect(result.exitCode == 64 && result.output == "" && result.errors.contains(arguments[0]), "\(result)")
        }
    }

    @Test func `a seed that is no organization is refused with its place`() throws {
        try TemporaryFolder.with { folder in
            try folder.write("deployments: {}\nteams:\n  X: {members: 3}\n", to: "bad.yaml")
            let result = try Program.run(["simulate", "--seed", "bad.yaml"], in: folder)
            #expect(result.exitCode == 3 && result.errors.contains("bad.yaml:3:"), "\(result)")
            let missing = try Program.run(["simulate", "--seed", "none.yaml"], in: folder)
            #expect(missing.exitCode == 3 && missing.errors.contains("none.yaml"), "\(missing)")
        }
    }
}
