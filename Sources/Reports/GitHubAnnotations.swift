internal import Reconcile
package import YAML

/// The lines by which a step of GitHub Actions marks files and sums up: workflow commands, one a line.
package enum GitHubAnnotations {
    /// How many of a kind GitHub shows for one step; the last of them says how many more there are.
    private static let most = 10

    /// What to print for a run; `folder` is the tree's path in the repository, with a slash at its end, or empty.
    package static func lines(_ report: RunReport, folder: String = "") -> [String] {
        var errors: [Command] = []
        var warnings: [Command] = []
        switch report.outcome {
        case .planned(let plan):
            errors = plan.refusals.map(Command.init)
            errors += plan.preconditions.map { Command(kind: "error", message: $0.description) }
            warnings = plan.warnings.map { Command($0, folder: folder) }
        case .applied(let applied):
            errors = applied.failures.map(Command.init)
            warnings = applied.plan.warnings.map { Command($0, folder: folder) }
        case .refused(.invalid(let diagnostics)): errors = diagnostics.map { Command($0, folder: folder) }
        case .refused(.guarded(let verdicts)): errors = verdicts.map(Command.init)
        case .refused(let refusal): errors = [Command(kind: "error", message: refusal.description)]
        }
        return cut(errors, "error") + cut(warnings, "warning")
    }

    /// What to print for what is wrong with a tree.
    package static func lines(_ diagnostics: [Diagnostic], folder: String = "") -> [String] {
        let errors = diagnostics.filter { $0.severity == .error }.map { Command($0, folder: folder) }
        let warnings = diagnostics.filter { $0.severity == .warning }.map { Command($0, folder: folder) }
        return cut(errors, "error") + cut(warnings, "warning")
    }

    private static func cut(_ commands: [Command], _ kind: String) -> [String] {
        guard commands.count > most else { return commands.map(\.line) }
        let rest = commands.count - most + 1
        return commands.prefix(most - 1).map(\.line) + [Command(kind: kind, message: "and \(rest) more").line]
    }
}

/// One workflow command.
private struct Command {
    var kind: String
    var file: String?
    var place: Place?
    var message: String

    init(kind: String, message: String) {
        self.kind = kind
        self.message = message
    }

    init(_ diagnostic: Diagnostic, folder: String) {
        kind = diagnostic.severity.rawValue
        file = folder + diagnostic.file
        place = diagnostic.place
        message = diagnostic.message + (diagnostic.hint.map { "\nhint: \($0)" } ?? "")
    }

    init(_ verdict: GuardVerdict) { self.init(kind: "error", message: verdict.refusalText) }

    init(_ result: ItemResult) {
        let reason: String
        switch result.outcome {
        case .applied: reason = "not there when read again"
        case .failed(let why), .notAttempted(let why), .waiting(let why): reason = why
        case .skipped(because: let id): reason = "it depends on \(id.text)"
        }
        self.init(kind: "error", message: "\(ChangeText.text(of: result.item.change)): \(reason)")
    }

    var line: String {
        var properties: [String] = []
        if let file { properties.append("file=" + Self.escapedProperty(file)) }
        if let place { properties += ["line=\(place.line)", "col=\(place.column)"] }
        properties.append("title=dagroster")
        return "::\(kind) \(properties.joined(separator: ","))::\(Self.escaped(Printable.lines(message)))"
    }

    /// As the runner's own toolkit escapes data.
    private static func escaped(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
            // The runner still knows an older form of command, wherever in a line it stands.
            .replacing("##[", with: "# #[")
    }

    private static func escapedProperty(_ text: String) -> String {
        escaped(Printable.line(text)).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
