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

extension GitHubActions {
    /// A report in which no name is a command to the runner, which takes the older form wherever in a line it stands and
    /// the newer one where a line begins; elsewhere the report as it is.
    static func disarmed(_ text: String, _ format: ReportFormat) -> String {
        guard isRunning else { return text }
        switch format {
        case .text, .markdown:
            return text.replacing("##[", with: "# #[").replacing(/(?m)^([ \t]*)::/) { "\($0.1): :" }
        case .json: return text.replacing("##[", with: "#\\u0023[")
        case .html: return text.replacing("##[", with: "#&#35;[")
        }
    }
}
