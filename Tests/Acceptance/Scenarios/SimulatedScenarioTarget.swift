import Testing

/// Dagster+ as `dagroster simulate` has it.
///
/// It has no door for changes by hand, on purpose: an organisation that somebody else changed is a simulator begun anew
/// on the same port, as the address stands in settings that are committed.
final class SimulatedScenarioTarget: ScenarioTarget {
    let environment = ["DAGSTER_CLOUD_API_TOKEN": Simulation.token]
    private let folder: TemporaryFolder
    private let scratch: TemporaryFolder
    private var simulation: Simulation
    /// What `target.yaml` said when it and the simulated organisation were last equal.
    private var taken: String?

    var settings: String {
        "targets:\n  sandbox: {kind: dagster-plus, organization: acme, url: '\(simulation.url)'}\n"
    }

    /// A target for the length of a closure, for the case that is played in a folder.
    static func with<Result>(
        _ folder: TemporaryFolder,
        _ body: (SimulatedScenarioTarget) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { scratch in
            let target = try SimulatedScenarioTarget(folder, scratch)
            defer { target.simulation.stop() }
            return try body(target)
        }
    }

    private init(_ folder: TemporaryFolder, _ scratch: TemporaryFolder) throws {
        self.folder = folder
        self.scratch = scratch
        simulation = try Simulation([], scratch, scratch)
    }

    func take() throws {
        let text = try folder.text("target.yaml")
        guard text != taken else { return }
        let port = simulation.port
        simulation.stop()
        // People whom the target adds have no access of their own there either, so that both end alike.
        let seed = ["--seed", folder.path("target.yaml"), "--switch", "new-user-role=NO_ACCESS"]
        simulation = try Simulation(seed, scratch, scratch, port: port)
        taken = text
    }

    func show() throws {
        guard taken == (try? folder.text("target.yaml")) else { return }
        let answer = try simulation.get("/simulator/organization")
        try #require(answer.status == 200)
        try folder.write(answer.text, to: "target.yaml")
        taken = answer.text
    }
}
