internal import SCIM

/// How large a record may grow, so that no client can make a file that the tree's own readers refuse.
///
/// What a file holds is up to six times as long as what was sent, because of escapes, and a file of more than 16 MiB
/// is not read.
enum RecordSize {
    static let longestName = 1024
    static let longestText = 64 << 10
    static let longestRecord = 1 << 20

    /// Refuses attributes with a name that is blank or very long, a very long text, or too much of everything.
    static func check(_ attributes: Object) throws(SCIMError) {
        for name in ["userName", "displayName"] {
            guard let text = attributes[name]?.string else { continue }
            guard !isBlank(text) else {
                throw .invalidValue("\(name) is blank; expected a name that people can read")
            }
            try check(text, named: name, limit: longestName)
        }
        var total = 0
        for member in attributes.members { try add(member.value, of: member.name, to: &total) }
        guard total <= longestRecord else {
            throw .invalidValue("the attributes have \(total) bytes of text, more than \(longestRecord)")
        }
    }

    private static func isBlank(_ text: String) -> Bool {
        // Almost every name has one of the characters that are seen in ASCII, and needs no look at Unicode's tables.
        !text.utf8.contains { (0x21...0x7E).contains($0) } && text.allSatisfy(\.isWhitespace)
    }

    /// Adds up the texts of a value, which is an attribute or a part of one.
    private static func add(
        _ value: Value,
        of attribute: String,
        part: String? = nil,
        to total: inout Int
    ) throws(SCIMError) {
        switch value {
        case .string(let text):
            try check(text, named: part.map { "\(attribute).\($0)" } ?? attribute, limit: longestText)
            total += text.utf8.count
        case .array(let elements):
            for element in elements { try add(element, of: attribute, part: part, to: &total) }
        case .object(let object):
            for member in object.members {
                let inner = part.map { "\($0).\(member.name)" } ?? member.name
                try add(member.value, of: attribute, part: inner, to: &total)
            }
        case .null, .bool, .integer, .decimal: break
        }
    }

    private static func check(
        _ text: String,
        named name: @autoclosure () -> String,
        limit: Int
    ) throws(SCIMError) {
        guard text.utf8.count <= limit else {
            throw .invalidValue("\(name()) has \(text.utf8.count) bytes, more than \(limit)")
        }
    }
}
