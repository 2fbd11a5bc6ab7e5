internal import Roster

/// A commit's message: a subject without anybody's address, a line a change, and trailers for programs.
///
///     provision: 2 users created, 1 group changed (entra-prod)
///
///     + user   ada@example.com  active
///     + user   grace@example.com  active
///     ~ group  Data Platform  +2 -0 members
///
///     Dagroster-Source: entra-prod
///     Dagroster-Ops: user.create=2 group.change=1
///     Dagroster-Request-Id: 6f0c
///
/// Names and request ids are text that nobody has checked; see ``Neutral``.
struct CommitMessage {
    /// The most lines that a message holds; a first synchronisation may have hundreds of thousands.
    static let lineLimit = 5000
    /// The most request ids that a message holds; beyond them it says how many there were.
    static let requestLimit = 20

    let batch: Batch

    var text: String {
        ([subject, body, trailers].filter { !$0.isEmpty }).joined(separator: "\n\n") + "\n"
    }

    /// What happened, in numbers of records: subjects travel to chat rooms, where addresses have no place.
    var subject: String {
        var parts: [String] = []
        for (kind, sign, count) in counts(batch.records.map { ($0.identity.kind, $0.sign) }) {
            parts.append("\(count) \(kind.rawValue)\(count == 1 ? "" : "s") \(Self.participle(sign))")
        }
        if parts.isEmpty { parts = ["\(batch.files.count) file\(batch.files.count == 1 ? "" : "s") changed"] }
        let source = Neutral.line(batch.source, limit: 60).replacing("@", with: "-")
        return "provision: \(parts.joined(separator: ", ")) (\(source.isEmpty ? "unknown" : source))"
    }

    private var body: String {
        var lines = batch.lines.prefix(Self.lineLimit).map(Self.line)
        let rest = batch.lines.count - lines.count
        if rest > 0 { lines.append("… and \(rest) more") }
        return lines.joined(separator: "\n")
    }

    private var trailers: String {
        var lines = ["Dagroster-Source: \(Neutral.line(batch.source.isEmpty ? "unknown" : batch.source))"]
        let operations = counts(batch.lines.map { ($0.kind, $0.sign) })
            .map { "\($0.rawValue).\(Self.verb($1))=\($2)" }
        if !operations.isEmpty { lines.append("Dagroster-Ops: " + operations.joined(separator: " ")) }
        lines += batch.requestIDs.prefix(Self.requestLimit).map { "Dagroster-Request-Id: " + Neutral.line($0) }
        if batch.requestIDs.count > Self.requestLimit {
            lines.append("Dagroster-Request-Count: \(batch.requestIDs.count)")
        }
        return lines.joined(separator: "\n")
    }

    /// `+ user   ada@example.com  active`; the sign in front also keeps a name from looking like a trailer.
    private static func line(_ line: ChangeLine) -> String {
        let kind = line.kind == .user ? "user " : "group"
        let text = "\(line.sign.rawValue) \(kind)  \(Neutral.line(line.name))"
        return line.detail.isEmpty ? text : text + "  " + Neutral.line(line.detail)
    }

    private func counts(
        _ pairs: [(ChangeLine.Kind, ChangeLine.Sign)]
    ) -> [(ChangeLine.Kind, ChangeLine.Sign, Int)] {
        let kinds: [ChangeLine.Kind] = [.user, .group]
        let signs: [ChangeLine.Sign] = [.created, .changed, .removed]
        return kinds.flatMap { kind in
            signs.map { sign in (kind, sign, pairs.count { $0 == (kind, sign) }) }
        }
        .filter { $0.2 > 0 }
    }

    private static func participle(_ sign: ChangeLine.Sign) -> String {
        switch sign {
        case .created: "created"
        case .changed: "changed"
        case .removed: "removed"
        }
    }

    private static func verb(_ sign: ChangeLine.Sign) -> String {
        switch sign {
        case .created: "create"
        case .changed: "change"
        case .removed: "remove"
        }
    }
}
