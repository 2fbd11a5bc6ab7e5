/// A PATCH request, understood as a whole before anything changes (RFC 7644 section 3.5.2).
///
/// Both dialects of Entra and those of Okta are read: operators in any letter case, values without a path whose keys
/// are paths themselves, elements made from a filter that matches nothing, members removed by a list of values.
/// What is not understood is refused; nothing is ever passed over silently but unknown names in values without a
/// path, which `ignored` lists.
public struct PatchRequest: Hashable, Sendable {
    /// What is done, in order.
    let steps: [PatchStep]
    /// Names that the schema does not have and that were passed over.
    public let ignored: [String]

    /// The URN of the request's schema.
    public static let schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

    /// Reads the body of a request; it is refused whole if any of its operations is.
    public init(_ body: Value, type: ResourceType, policy: Policy = .tolerant) throws(SCIMError) {
        var reader = PatchReader(type: type, policy: policy)
        try reader.read(body)
        steps = reader.steps
        ignored = reader.values.ignored
    }

    /// Applies the operations in order.
    ///
    /// Brackets that compare too many values in all are refused with status 413. If one operation is refused, the record
    /// is left between two states: apply to a copy and keep it only on success. A request that changes nothing leaves the
    /// record equal to what it was.
    public func apply(to record: inout some MutableRecord) throws(SCIMError) {
        guard let policy = steps.first?.policy else { return }
        var budget = ComparisonBudget(policy)
        for step in steps { try step.apply(to: &record, within: &budget) }
    }
}
