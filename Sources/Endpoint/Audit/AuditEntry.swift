package import Roster
internal import SCIM

/// One line of the audit log: a write that is on disk, or a credential that was refused.
///
/// It holds names, never a value of an attribute and never a credential: with the commit that the request id leads to it
/// is enough to tell what happened.
package struct AuditEntry: Hashable, Sendable {
    package enum Event: String, Hashable, Sendable {
        case written
        case refusedCredential
    }

    package var time: Timestamp
    package var event: Event
    /// The token's name; nil where nobody was let in.
    package var source: String?
    package var requestID: String
    /// The address that the request came from, where it is known.
    package var client: String?
    /// `user.create` and the like; the method and path for a credential that was refused.
    package var action: String
    /// The id of the record.
    package var id: String?
    /// What changed, for people: `grace@example.com deactivated`.
    package var what: [String]
    /// The version of the record before and after; nil where there is none.
    package var before: String?
    package var after: String?

    package init(
        time: Timestamp,
        event: Event,
        source: String?,
        requestID: String,
        client: String? = nil,
        action: String,
        id: String? = nil,
        what: [String] = [],
        before: String? = nil,
        after: String? = nil
    ) {
        self.time = time
        self.event = event
        self.source = source
        self.requestID = requestID
        self.client = client
        self.action = action
        self.id = id
        self.what = what
        self.before = before
        self.after = after
    }

    /// One JSON object on one line, with its keys in order, and without a control character that could forge another.
    package var line: String {
        let fields: [(String, Value?)] = [
            ("time", .string(time.description)), ("event", .string(event.rawValue)),
            ("source", source.map(Value.string)), ("request", .string(requestID)),
            ("client", client.map(Value.string)), ("action", .string(action)),
            ("id", id.map(Value.string)), ("what", what.isEmpty ? nil : .array(what.map(Value.string))),
            ("before", before.map(Value.string)), ("after", after.map(Value.string)),
        ]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        for (name, value) in fields {
            guard let value else { continue }
            bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
            JSON.write(member: name, value, into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }
}
