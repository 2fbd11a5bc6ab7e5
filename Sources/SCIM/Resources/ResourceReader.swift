/// Reads the body of a POST or PUT (RFC 7644 sections 3.3 and 3.5.1).
///
/// The result has canonical names in the schema's order, the schema's types, and nothing that stands for "no value".
/// `id`, `meta`, `schemas`, read-only attributes and passwords are dropped. Unknown names are passed over and
/// reported, or refused with `invalidSyntax` under a strict policy. An extension stands under its URN.
public enum ResourceReader {
    /// The attributes of a new resource.
    public static func read(
        _ body: Value,
        as type: ResourceType,
        policy: Policy = .tolerant
    ) throws(SCIMError) -> Object {
        var ignored: [String] = []
        return try read(body, as: type, policy: policy, ignored: &ignored)
    }

    /// The attributes of a new resource, and the names that were passed over.
    public static func read(
        _ body: Value,
        as type: ResourceType,
        policy: Policy = .tolerant,
        ignored: inout [String]
    ) throws(SCIMError) -> Object {
        var reader = BodyReader(type: type, policy: policy)
        try reader.read(body)
        try reader.checkRequired()
        ignored += reader.values.ignored
        return reader.resource.object
    }

    /// The attributes of a resource after PUT.
    ///
    /// What the body leaves out is cleared, but for immutable attributes, which stay; another value for one of those
    /// is refused with `mutability`. Only immutable attributes of the present record are asked for.
    public static func read(
        _ body: Value,
        replacing current: some Record,
        as type: ResourceType,
        policy: Policy = .tolerant,
        ignored: inout [String]
    ) throws(SCIMError) -> Object {
        var reader = BodyReader(type: type, policy: policy)
        try reader.read(body)
        try reader.keepImmutable(of: current)
        try reader.checkRequired()
        ignored += reader.values.ignored
        return reader.resource.object
    }
}
