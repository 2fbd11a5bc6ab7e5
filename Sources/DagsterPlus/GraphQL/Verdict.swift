internal import SCIM

/// What one reply of a server means for the operation that was sent.
enum Verdict {
    /// The operation's data.
    case data(Object)
    /// It was not carried out, and may be sent again after a while.
    case turnedAway(Duration?, String)
    /// Nobody knows whether it was carried out; the server may have said when to come back.
    case lost(String, after: Duration? = nil)
    /// It was not carried out, and should be sent elsewhere.
    case moved(String)
    /// It was not carried out, and sending it again would not help.
    case failed(APIError)
}

extension Verdict {
    /// Judges a reply by its status, its form and its content, in this order.
    ///
    /// Errors beside the data of a query make all of it untrusted; a mutation's data says by itself what came of it.
    init(_ reply: Reply, to kind: Document.Kind, now: Int) {
        switch reply.status {
        case 401, 403: self = .failed(.denied(status: reply.status))
        case 300..<400: self = reply.headers["location"].map { .moved($0) } ?? Self.strange(reply)
        case 409, 429: self = .turnedAway(RetryAfter.duration(reply.headers, now: now), "status \(reply.status)")
        case 502, 503, 504:
            // A gateway says so of what it passed on as well as of what it kept.
            self = .lost("status \(reply.status)", after: RetryAfter.duration(reply.headers, now: now))
        default: self = Self.judged(reply, kind)
        }
    }

    private static func judged(_ reply: Reply, _ kind: Document.Kind) -> Verdict {
        let text: Object
        do throws(JSONError) {
            guard let object = try JSON.read(reply.body).object else { return strange(reply) }
            text = object
        } catch {
            return unreadable(reply, error, kind)
        }
        if let maintenance = text["maintenance"]?.object {
            let seconds = maintenance["retry_interval"]?.seconds ?? 30
            let words = maintenance["message"]?.string.map { ": \($0)" } ?? ""
            return .turnedAway(.seconds(max(1, min(seconds, 86_400))), "maintenance\(words)")
        }
        let errors = (text["errors"]?.array ?? []).map { $0.object?["message"]?.string ?? "an error without a message" }
        guard let data = text["data"]?.object, errors.isEmpty || kind == .mutation && data.hasAnswer else {
            guard errors.isEmpty else { return .failed(.rejected(status: reply.status, errors)) }
            return reply.status >= 500 ? .lost("status \(reply.status)") : strange(reply)
        }
        return .data(data)
    }

    private static func unreadable(_ reply: Reply, _ error: JSONError, _ kind: Document.Kind) -> Verdict {
        let isPage = reply.body.first == UInt8(ascii: "<") || reply.headers["content-type"]?.contains("html") == true
        if reply.status >= 500 { return .lost("status \(reply.status) without JSON") }
        guard (200..<300).contains(reply.status) else { return strange(reply) }
        if kind == .mutation || !isPage { return .lost(isPage ? "a page instead of JSON" : "a cut answer: \(error)") }
        return .failed(.notTheAPI("a page for people answered, not the GraphQL API"))
    }

    private static func strange(_ reply: Reply) -> Verdict {
        let text =
            String(decoding: reply.body.prefix(200), as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
        let words = text.hasPrefix("<") || text.isEmpty ? "" : ": \(text)"
        return .failed(.notTheAPI("what answered with status \(reply.status) is not the GraphQL API\(words)"))
    }
}

extension Object {
    /// Whether a field is there at all: with errors, a field may be null.
    fileprivate var hasAnswer: Bool { members.contains { $0.value.object != nil } }
}

extension Value {
    /// A number of seconds, whole or not.
    fileprivate var seconds: Int? {
        switch self {
        case .integer(let seconds): seconds
        case .decimal(let seconds) where seconds.magnitude < 1e9: Int(seconds.rounded(.up))
        default: nil
        }
    }
}
