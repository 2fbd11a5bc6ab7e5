import Reconcile
import Reports

/// What a run prints, held until it is known how it ends: a quiet one that ends well says nothing.
struct RunOutput {
    private let options: ReportingOptions
    private let isColored: Bool
    private var results: [String] = []
    private var notes: [String] = []
    /// The last report that was taken in.
    private(set) var report: RunReport?

    init(_ options: ReportingOptions, color: ColorChoice) {
        self.options = options
        isColored = Terminal.showsColor(color)
    }

    /// Whether somebody is going to see who may do what.
    var showsMatrix: Bool { options.format == .html }

    /// Takes in a report, with the marks on files where GitHub Actions reads along; `folder` is the tree's path in the
    /// repository, with a slash at its end, or empty.
    mutating func report(_ report: RunReport, folder: String) {
        self.report = report
        let isRefusal = if case .refused = report.outcome { true } else { false }
        let text = report.rendered(as: options.format, isColored: isColored)
        // A refusal is no result: a person reads it among the words about the run, a program in the form it asked for.
        if isRefusal { note(report.rendered(as: .text)) }
        if !isRefusal || options.format != .text { results.append(text) }
        guard GitHubActions.isRunning else { return }
        for line in GitHubAnnotations.lines(report, folder: folder) { note(line) }
    }

    /// Takes in words about the run.
    mutating func note(_ text: String) {
        notes.append(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }

    /// Prints what a run that ends like this prints; what is left unsaid may still be said after it ended otherwise.
    mutating func print(endingWith code: ExitCode) {
        guard !options.quiet || code != .success else { return }
        for note in notes { Terminal.note(note) }
        notes = []
        for text in results { Terminal.result(GitHubActions.disarmed(text, options.format)) }
        results = []
    }
}
