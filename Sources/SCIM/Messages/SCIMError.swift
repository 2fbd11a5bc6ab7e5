/// An answer that refuses a request: the HTTP status, the `scimType` and words for an administrator
/// (RFC 7644 section 3.12).
///
/// The words say which attribute or parameter is meant, what stood there in quotes and what was expected. No
/// factory is ever given a password.
public struct SCIMError: Error, Hashable, Sendable {
    /// What `scimType` can say (RFC 7644 table 9, RFC 9865 section 2.3).
    public enum ErrorType: String, Hashable, Sendable, CaseIterable {
        case invalidFilter, tooMany, uniqueness, mutability, invalidSyntax, invalidPath, noTarget, invalidValue
        case invalidVers, sensitive, invalidCursor, expiredCursor, invalidCount
    }

    /// The HTTP status.
    public var status: Int
    /// The `scimType`, where the status has one.
    public var type: ErrorType?
    /// What is wrong and what to change.
    public var detail: String

    /// Joins status, type and words.
    public init(status: Int, type: ErrorType? = nil, detail: String) {
        self.status = status
        self.type = type
        self.detail = detail
    }

    /// The URN of the answer's schema.
    public static let schema = "urn:ietf:params:scim:api:messages:2.0:Error"

    /// The answer's body; `status` is a string there (RFC 7644 section 3.12).
    public var body: Object {
        var body: Object = ["schemas": [.string(Self.schema)], "status": .string(String(status))]
        if let type { body["scimType"] = .string(type.rawValue) }
        body["detail"] = .string(detail)
        return body
    }
}

extension SCIMError: CustomStringConvertible {
    /// Status, type and words on one line, for a log.
    public var description: String {
        [String(status), type?.rawValue, detail].compactMap(\.self).joined(separator: " ")
    }
}
