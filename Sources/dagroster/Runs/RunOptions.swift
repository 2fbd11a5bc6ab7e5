import ArgumentParser
import Foundation

/// The options of `reconcile` that say who is told how a run ended, beside whoever reads its output.
struct RunOptions: ParsableArguments {
    @Option(
        name: .customLong("metrics-file"),
        help: ArgumentHelp(
            "Write metrics of the run, for the textfile collector of node_exporter: a path that ends in .prom.",
            valueName: "file"
        )
    )
    var metricsFile: String?

    @Option(
        name: .customLong("notify-url"),
        help: ArgumentHelp(
            "Post a summary as JSON when the outcome changes: ok, refused or failed. https, or http on this machine.",
            valueName: "url"
        )
    )
    var notifyURL: String?

    func validate() throws {
        if let metricsFile, metricsFile.isEmpty { throw ValidationError("--metrics-file is empty") }
        guard let notifyURL else { return }
        guard let url = URL(string: notifyURL), Self.isAllowed(url) else {
            // The address may hold a secret: it is not repeated.
            throw ValidationError("--notify-url is no https address, nor http on this machine")
        }
    }

    /// What a run found may go to nobody who listens on the way.
    private static func isAllowed(_ url: URL) -> Bool {
        guard let host = url.host(percentEncoded: false)?.lowercased(), !host.isEmpty else { return false }
        switch url.scheme?.lowercased() {
        case "https": return true
        case "http": return host == "localhost" || host == "::1" || host.wholeMatch(of: /127\.[0-9.]+/) != nil
        default: return false
        }
    }
}
