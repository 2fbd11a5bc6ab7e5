import SCIM
import Testing

/// A PATCH of a user: the attributes before, the operations, the attributes after.
struct PatchCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var before: String
    var operations: String
    var after: String
    var ignored: [String] = []

    init(
        _ name: String,
        before: String = #"{"userName":"a","active":true}"#,
        _ operations: String,
        after: String,
        ignored: [String] = []
    ) {
        testDescription = name
        self.before = before
        self.operations = operations
        self.after = after
        self.ignored = ignored
    }

    /// Applies the operations once and twice.
    func check(_ type: ResourceType, policy: Policy = .tolerant) throws {
        var resource = Resource(try json(before).object ?? [:], type: type)
        let body = try json(
            #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":\#(operations)}"#
        )
        let request = try PatchRequest(body, type: type, policy: policy)
        try request.apply(to: &resource)
        #expect(try text(resource.object) == text(json(after)))
        #expect(request.ignored == ignored)
    }
}
