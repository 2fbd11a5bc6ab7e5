import ArgumentParser
import Reconcile
import Reports
import Tree

/// Tells how a run ended to whom the options name: never a reason for it to end otherwise.
struct RunAftermath {
    let options: RunOptions
    /// The tree's folder; nil: none was found, and what runs leave is not kept.
    let tree: String?

    /// Keeps the run for the status page, writes the metrics, and posts the notification where the outcome changed.
    func tell(_ run: RunSummary) async {
        if let tree, let last = LastRun(run) { LastRunFile(tree: tree, target: run.target).save(last) }
        guard options.metricsFile != nil || options.notifyURL != nil else { return }
        let file = tree.flatMap { tree in run.target.isEmpty ? nil : RunHistoryFile(tree: tree, target: run.target) }
        let before = file?.load() ?? RunHistory()
        var history = before
        history.add(run)
        if let path = options.metricsFile { write(RunMetrics(run, history: history), to: path) }
        if let url = options.notifyURL, let notification = RunNotification(run, history: before) {
            do {
                try await Notifier.post(notification.json, to: url)
                history.told = RunOutcome(run.exitCode)
            } catch {
                // What was not told is told after the next run.
                Terminal.note("warning: nobody was notified: \(error)")
            }
        }
        guard history != before else { return }
        do {
            try file?.save(history)
        } catch {
            Terminal.note("warning: what this run leaves for the next one's metrics is not kept: \(error)")
        }
    }

    private func write(_ metrics: RunMetrics, to path: String) {
        do {
            try DurableFile.replace(path, with: Array(metrics.text.utf8))
        } catch {
            Terminal.note("warning: the metrics were not written: \(error)")
        }
    }
}

extension RunAftermath {
    /// Writes the metrics of a `reconcile` whose words made no sense, and which therefore did not begin: a line of a
    /// crontab that is wrong must be seen where all other failures are.
    static func noteUsage(_ code: Int32, _ arguments: [String]) async {
        guard code == Reconcile.ExitCode.usage.rawValue, arguments.first == ReconcileCommand.configuration.commandName,
            let path = value(of: "--metrics-file", in: arguments)
        else { return }
        var options = RunOptions()
        options.metricsFile = path
        options.notifyURL = nil
        var facts = RunFacts()
        facts.tree = try? TreeFinder.find(named: value(of: "--tree", in: arguments))
        let target = value(of: "--target", in: arguments)
        let summary = facts.summary(.usage, target: target)
        await RunAftermath(options: options, tree: facts.tree).tell(summary)
    }

    private static func value(of option: String, in arguments: [String]) -> String? {
        for (index, argument) in arguments.enumerated() {
            if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.utf8.count + 1)) }
            if argument == option, index + 1 < arguments.count { return arguments[index + 1] }
        }
        return nil
    }
}
