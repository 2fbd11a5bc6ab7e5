import ArgumentParser
import Glibc
import Reports

extension ReportFormat: ExpressibleByArgument {}

/// How a run of `reconcile` says what it found.
struct ReportingOptions: ParsableArguments {
    @Option(help: "How the plan is shown: text, json, markdown (for a pull request's comment) or html (one page).")
    var format = ReportFormat.text

    @Flag(help: "Print nothing when the exit is 0.")
    var quiet = false
}

/// Whether a step of GitHub Actions runs this, where files are marked by lines of output.
enum GitHubActions {
    static var isRunning: Bool { getenv("GITHUB_ACTIONS").map { String(cString: $0) } == "true" }
}
