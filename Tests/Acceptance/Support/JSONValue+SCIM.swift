/// Words of SCIM that many tests use.
extension JSONValue {
    static let user: JSONValue = "urn:ietf:params:scim:schemas:core:2.0:User"
    static let group: JSONValue = "urn:ietf:params:scim:schemas:core:2.0:Group"
    static let enterprise: JSONValue = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    static let patchOp: JSONValue = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

    /// A user to create.
    static func user(named name: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(["schemas": [.user], "userName": .string(name)].merging(more) { $1 })
    }

    /// A group to create.
    static func group(named name: String, members: [String] = []) -> JSONValue {
        [
            "schemas": [.group], "displayName": .string(name),
            "members": .array(members.map { ["value": .string($0)] }),
        ]
    }

    /// A PATCH of one operation.
    static func patch(_ operations: JSONValue...) -> JSONValue {
        ["schemas": [.patchOp], "Operations": .array(operations)]
    }

    /// An error as RFC 7644 section 3.12 wants it, whatever its detail.
    static func error(_ status: Int, _ scimType: String? = nil) -> JSONValue {
        var members: [String: JSONValue] = [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": .string(String(status)),
            "detail": "*",
        ]
        if let scimType { members["scimType"] = .string(scimType) }
        return .object(members)
    }
}
