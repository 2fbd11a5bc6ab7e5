/// The answer to a bulk request (RFC 7644 section 3.7.3): results in the order of the request.
public enum BulkResponse {
    /// The URN of the answer's schema.
    public static let schema = "urn:ietf:params:scim:api:messages:2.0:BulkResponse"

    /// What became of one operation.
    public struct Result: Hashable, Sendable {
        /// The operation.
        public var operation: BulkOperation
        /// The HTTP status that it would have had alone.
        public var status: Int
        /// The URL of the resource; nil only for a POST that failed.
        public var location: String?
        /// The resource's version afterwards.
        public var version: EntityTag?
        /// Why it failed.
        public var error: SCIMError?

        /// A result with an HTTP status.
        public init(
            _ operation: BulkOperation,
            status: Int,
            location: String?,
            version: EntityTag? = nil,
            error: SCIMError? = nil
        ) {
            self.operation = operation
            self.status = status
            self.location = location
            self.version = version
            self.error = error
        }
    }

    /// The body; `status` is a string in it, and a failed operation shows its error.
    public static func body(_ results: [Result]) -> Object {
        ["schemas": [.string(schema)], "Operations": .array(results.map { .object($0.body) })]
    }
}

extension BulkResponse.Result {
    fileprivate var body: Object {
        var body = Object()
        body["location"] = location.map(Value.string)
        body["method"] = .string(operation.methodName)
        body["bulkId"] = operation.bulkID.map(Value.string)
        body["version"] = version.map { .string($0.description) }
        body["status"] = .string(String(status))
        body["response"] = error.map { .object($0.body) }
        return body
    }
}
