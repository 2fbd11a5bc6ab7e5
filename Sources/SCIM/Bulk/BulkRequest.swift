/// A bulk request (RFC 7644 section 3.7).
///
/// Faults of single operations stand in them, so that the others can be done; more operations than allowed refuse
/// the whole request with 413.
public struct BulkRequest: Hashable, Sendable {
    /// After how many failures the rest is not tried; nil: never.
    public var failOnErrors: Int?
    /// The operations in the order of the request, which is the order of the answer.
    public var operations: [BulkOperation]

    /// The URN of the request's schema.
    public static let schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"

    /// Reads the body of a request.
    public init(
        _ body: Value,
        limits: ServiceProviderConfig.Bulk = .init(),
        policy: Policy = .tolerant
    ) throws(SCIMError) {
        guard let object = body.object, let list = object["Operations"]?.array else {
            throw .invalidSyntax("the request body needs \"Operations\" with a list")
        }
        if policy.isStrict {
            let urns = object["schemas"]?.array?.compactMap(\.string) ?? []
            guard urns.contains(where: { CaseInsensitive.equal($0, Self.schema) }) else {
                throw .invalidSyntax("\"schemas\" must list \"\(Self.schema)\"")
            }
        }
        guard list.count <= limits.maximumOperations else {
            throw .payloadTooLarge("the request has \(list.count) operations, more than \(limits.maximumOperations)")
        }
        failOnErrors = try Self.failOnErrors(object["failOnErrors"])
        operations = []
        var names: Set<String> = []
        for value in list {
            var operation = try BulkOperation(value)
            if operation.method == .post, let name = operation.bulkID, !names.insert(name).inserted {
                operation.fault = operation.fault ?? .invalidValue("bulkId \(Quote.text(name)) stands twice")
            }
            operations.append(operation)
        }
    }

    private static func failOnErrors(_ value: Value?) throws(SCIMError) -> Int? {
        guard let value, value != .null else { return nil }
        guard let number = value.integer, number >= 0 else {
            throw .invalidValue("\"failOnErrors\" is \(Quote.value(value)), expected a whole number")
        }
        return number == 0 ? nil : number
    }
}
