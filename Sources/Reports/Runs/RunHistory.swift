internal import Reconcile
package import Roster
internal import YAML

/// What the runs before have left for metrics and notifications: a file of the tree's local state for each target.
package struct RunHistory: Hashable, Sendable {
    /// What came of one kind of change, counted over all runs.
    package struct Applied: Hashable, Sendable, Comparable {
        package var itemClass: String
        package var action: String
        package var result: String

        package static func < (left: Applied, right: Applied) -> Bool {
            (left.itemClass, left.action, left.result) < (right.itemClass, right.action, right.result)
        }
    }

    /// When a run last ended well; nil: none has.
    package var lastSuccess: Timestamp?
    /// What somebody was told last; nil: nobody has been told anything, which is as if all had been well.
    package var told: RunOutcome?
    /// How many changes there were of each kind.
    package var applied: [Applied: Int]
    /// How long the last commit that was applied took to get there, in seconds.
    package var commitToApplied: Int?

    package init(
        lastSuccess: Timestamp? = nil,
        told: RunOutcome? = nil,
        applied: [Applied: Int] = [:],
        commitToApplied: Int? = nil
    ) {
        self.lastSuccess = lastSuccess
        self.told = told
        self.applied = applied
        self.commitToApplied = commitToApplied
    }
}

extension RunHistory {
    /// Takes a run in.
    package mutating func add(_ run: RunSummary) {
        if RunOutcome(run.exitCode) == .ok { lastSuccess = run.end }
        guard case .applied(let applied)? = run.report?.outcome else { return }
        for result in applied.results {
            let change = result.item.change
            let key = Applied(
                itemClass: change.itemClass.rawValue,
                action: change.action.rawValue,
                result: Self.name(of: result.outcome)
            )
            self.applied[key, default: 0] += 1
        }
        if !applied.results.isEmpty, applied.failures.isEmpty, let committed = run.committed {
            commitToApplied = max(0, (run.end.milliseconds - committed.milliseconds) / 1000)
        }
    }

    private static func name(of outcome: ItemResult.Outcome) -> String {
        switch outcome {
        case .applied: "applied"
        case .waiting: "waiting"
        case .failed: "failed"
        case .skipped, .notAttempted: "skipped"
        }
    }
}

extension RunHistory {
    private static let comment = "Written by dagroster: what runs of reconcile leave for metrics and notifications."

    /// The canonical bytes of the file.
    package var bytes: [UInt8] {
        var fields: [Field] = []
        if let lastSuccess { fields.append(Field("lastSuccess", .timestamp(lastSuccess.wholeSeconds.description))) }
        if let told { fields.append(Field("told", .text(told.rawValue))) }
        if let commitToApplied { fields.append(Field("commitToApplied", .integer(commitToApplied))) }
        let counts = applied.sorted { $0.key < $1.key }.map { key, count -> Value in
            .map([
                Field("class", .text(key.itemClass)), Field("action", .text(key.action)),
                Field("result", .text(key.result)), Field("count", .integer(count)),
            ])
        }
        if !counts.isEmpty { fields.append(Field("applied", .list(counts))) }
        return Writer.bytes(of: .map(fields), comment: Self.comment)
    }

    /// Reads what ``bytes`` has; a file that is none of ours is as good as none, because nothing is decided by it.
    package init(reading bytes: [UInt8]) {
        self.init()
        var reader = DocumentReader(file: "")
        let keys = ["lastSuccess", "told", "commitToApplied", "applied"]
        guard let root = reader.root(bytes), let fields = reader.fields(of: root, what: "a history", known: keys)
        else { return }
        lastSuccess = fields["lastSuccess"].flatMap { reader.scalar($0.value, what: "a time") }
            .flatMap { Timestamp($0.value) }
        told = fields["told"].flatMap { reader.text($0.value, what: "an outcome") }
            .flatMap { RunOutcome(rawValue: $0.value) }
        commitToApplied = fields["commitToApplied"].flatMap { reader.integer($0.value, what: "a number")?.value }
        for node in fields["applied"].flatMap({ reader.list($0.value, what: "counts") }) ?? [] {
            let names = ["class", "action", "result"]
            guard let entry = reader.fields(of: node, what: "a count", known: names + ["count"]),
                let count = entry["count"].flatMap({ reader.integer($0.value, what: "a number")?.value })
            else { continue }
            let words = names.map { name in entry[name].flatMap { reader.text($0.value, what: name)?.value } ?? "" }
            applied[Applied(itemClass: words[0], action: words[1], result: words[2])] = count
        }
    }
}
