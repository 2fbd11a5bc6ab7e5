internal import Reconcile
internal import Roster
internal import YAML

extension LastRun {
    private static let comment = "Written by dagroster: the last run of reconcile, for the status page of serve."
    /// A longer file is none of ours.
    private static let mostBytesOfFile = 1 << 20

    private static var counters: [(key: String, path: WritableKeyPath<Count, Int>)] {
        [
            ("planned", \.planned), ("applied", \.applied), ("waiting", \.waiting), ("failed", \.failed),
            ("skipped", \.skipped), ("held", \.held),
        ]
    }

    /// The canonical bytes of its file.
    package var bytes: [UInt8] {
        var fields = [
            Field("time", .timestamp(time.description)), Field("apply", .boolean(isApply)),
            Field("exit", .integer(Int(exitCode.rawValue))),
        ]
        if let commit { fields.append(Field("commit", .text(commit))) }
        if let followed { fields.append(Field("followed", .text(followed))) }
        if let drift { fields.append(Field("drift", .integer(drift))) }
        if let reason { fields.append(Field("reason", .text(reason))) }
        if !counts.isEmpty { fields.append(Field("counts", .list(counts.map(Self.value)))) }
        if !report.isEmpty { fields.append(Field("report", .list(report.map { .text($0) }))) }
        if cutLines > 0 { fields.append(Field("cut", .integer(cutLines))) }
        return Writer.bytes(of: .map(fields), comment: Self.comment)
    }

    private static func value(_ count: Count) -> Value {
        let numbers = counters.filter { count[keyPath: $0.path] > 0 }
            .map { Field($0.key, .integer(count[keyPath: $0.path])) }
        return .map([Field("class", .text(count.itemClass.rawValue))] + numbers)
    }

    /// Reads what ``bytes`` has; nil for a file that is none of ours, because nothing is decided by it.
    package init?(reading bytes: [UInt8]) {
        var reader = DocumentReader(file: "")
        let keys = ["time", "apply", "exit", "commit", "followed", "drift", "reason", "counts", "report", "cut"]
        guard let root = reader.root(bytes, limit: Self.mostBytesOfFile),
            let fields = reader.fields(of: root, what: "a run", known: keys),
            let time = fields["time"].flatMap({ reader.timestamp($0.value, what: "time") })
                .flatMap({ Timestamp($0.value) }),
            let isApply = fields["apply"].flatMap({ reader.boolean($0.value, what: "apply")?.value }),
            let code = fields["exit"].flatMap({ reader.integer($0.value, what: "exit")?.value }),
            let exitCode = Int32(exactly: code).flatMap(ExitCode.init(rawValue:))
        else { return nil }
        self.init(time: time, isApply: isApply, exitCode: exitCode)
        commit = fields["commit"].flatMap { reader.text($0.value, what: "commit")?.value }
        followed = fields["followed"].flatMap { reader.text($0.value, what: "followed")?.value }
        drift = fields["drift"].flatMap { reader.integer($0.value, what: "drift")?.value }
        reason = fields["reason"].flatMap { reader.text($0.value, what: "reason")?.value }
        for node in fields["counts"].flatMap({ reader.list($0.value, what: "counts") }) ?? [] {
            guard let count = Self.count(node, &reader) else { continue }
            counts.append(count)
        }
        report = (fields["report"].flatMap { reader.texts($0.value, what: "report") } ?? []).map(\.value)
        cutLines = fields["cut"].flatMap { reader.integer($0.value, what: "cut")?.value } ?? 0
        if reader.hasErrors { return nil }
    }

    private static func count(_ node: Node, _ reader: inout DocumentReader) -> Count? {
        guard let fields = reader.fields(of: node, what: "a count", known: ["class"] + counters.map(\.key)),
            let name = fields["class"].flatMap({ reader.text($0.value, what: "class")?.value }),
            let itemClass = ItemClass(rawValue: name)
        else { return nil }
        var count = Count(itemClass)
        for (key, path) in counters {
            count[keyPath: path] = fields[key].flatMap { reader.integer($0.value, what: key)?.value } ?? 0
        }
        return count
    }
}
