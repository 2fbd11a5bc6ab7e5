package import Roster

/// What came of one request, as an administrator looks for it when the identity provider says "quarantine".
package struct RequestOutcome: Hashable, Sendable {
    package var time: Timestamp
    package var method: String
    /// The path as sent, with the query: text that nobody has checked, and no longer than ``longestTarget`` bytes.
    package var target: String
    package var status: Int
    /// Why it was refused, in the words of the answer; nil for what was not.
    package var reason: String?
    /// The `scimType` of the refusal.
    package var scimType: String?
    /// The token's name; nil for a caller who was not let in.
    package var source: String?
    package var requestID: String
    package var microseconds: Int

    /// The longest target that is kept, in bytes: a filter may be as long as a URL.
    package static let longestTarget = 512

    package init(
        time: Timestamp,
        method: String,
        target: String,
        status: Int,
        reason: String? = nil,
        scimType: String? = nil,
        source: String? = nil,
        requestID: String,
        microseconds: Int
    ) {
        self.time = time
        self.method = method
        self.target =
            target.utf8.count <= Self.longestTarget
            ? target : String(decoding: target.utf8.prefix(Self.longestTarget), as: UTF8.self) + "…"
        self.status = status
        self.reason = reason
        self.scimType = scimType
        self.source = source
        self.requestID = requestID
        self.microseconds = microseconds
    }
}

extension RequestOutcome {
    /// What a request is, for counting.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case read
        case write
    }

    package var kind: Kind {
        switch method {
        // A look at single bytes first, because almost no target has a dot.
        case "POST" where target.utf8.contains(UInt8(ascii: ".")) && target.contains(".search"): .read
        case "POST", "PUT", "PATCH", "DELETE": .write
        default: .read
        }
    }

    /// Whether it is something that somebody should look at: an error of this side, or a refusal other than the 404 and
    /// 409 with which identity providers feel their way.
    package var isFailure: Bool { status >= 400 && status != 404 && status != 409 }
}
