/// The way to a value as clients write it: `userName`, `name.givenName`, `emails[type eq "work"].value`,
/// `urn:…:User:manager` (RFC 7644 sections 3.5.2 and 3.10).
///
/// It is text that has been taken apart but not looked up: only a resource type knows where a URN ends.
public struct AttributePath: Hashable, Sendable {
    /// Everything before a bracket, as it was written: a URN, the attribute, a sub-attribute.
    public var name: String
    /// The filter in brackets, which selects elements.
    public var filter: Filter?
    /// The sub-attribute after the brackets.
    public var subAttribute: String?

    /// Joins the parts of a path.
    public init(name: String, filter: Filter? = nil, subAttribute: String? = nil) {
        self.name = name
        self.filter = filter
        self.subAttribute = subAttribute
    }

    /// Reads a path; anything that is none is refused with `invalidPath`.
    public init(parsing text: String, policy: Policy = .tolerant) throws(SCIMError) {
        var parser = FilterParser(text, policy: policy, purpose: .path)
        self = try parser.wholePath()
    }
}

extension AttributePath: CustomStringConvertible {
    /// The path as a client could write it.
    public var description: String {
        let brackets = filter.map { "[\($0)]" } ?? ""
        return name + brackets + (subAttribute.map { ".\($0)" } ?? "")
    }
}
