import ArgumentParser
import Reports

/// What the commands that answer questions about access have in common.
struct ReviewOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A target by its name, where its settings narrow who is there. Default: the only one, or none.",
            valueName: "name"
        )
    )
    var target: String?

    @Option(help: "The form of the answer: text, json, markdown (for a pull request's comment) or html (one page).")
    var format = ReportFormat.text
}

/// The state that a question is about.
struct MomentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A commit, or a day such as 2026-10-01: the last commit of that day in UTC. Default: HEAD, today.",
            valueName: "rev"
        )
    )
    var at: String?
}

extension ReviewOptions {
    /// Prints an answer, given how it looks in a form and with colour or without.
    func show(_ color: ColorChoice, _ rendered: (ReportFormat, Bool) -> String) {
        Terminal.result(GitHubActions.disarmed(rendered(format, Terminal.showsColor(color)), format))
    }
}
