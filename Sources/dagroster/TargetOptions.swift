import ArgumentParser
import Tree

/// How an organisation at Dagster+ is reached; a target that is a file needs none of it.
struct TargetOptions: ParsableArguments {
    @Option(
        name: .customLong("allow-host"),
        help: ArgumentHelp(
            "A host beside dagster.cloud and this machine that may be sent the token, by TLS.",
            valueName: "host"
        )
    )
    var allowedHosts: [String] = []

    @Option(help: ArgumentHelp("How many changes are under way at once.", valueName: "n"))
    var parallel = 4

    @Option(
        name: .customLong("retry-budget"),
        help: ArgumentHelp(
            "How long to wait in all while Dagster+ turns the run away, before exit 75.",
            valueName: "time"
        )
    )
    var retryBudget = "5m"

    func validate() throws {
        guard 1...32 ~= parallel else { throw ValidationError("--parallel is a number from 1 to 32") }
        if Duration(settings: retryBudget) == nil {
            throw ValidationError("--retry-budget \"\(retryBudget)\" is no time such as 30s or 5m")
        }
    }

    /// The budget as a length of time.
    var retryBudgetDuration: Duration { Duration(settings: retryBudget) ?? .seconds(300) }
}
