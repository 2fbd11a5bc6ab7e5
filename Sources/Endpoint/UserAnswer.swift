internal import HashTreeCollections
internal import Roster
internal import SCIM
internal import Store

/// Users as the bytes of an answer, put together from the text that the directory holds.
///
/// It is what writing the resource of ``ResourceRecord/resource(_:)`` would give, without making it.
struct UserAnswer {
    private let links: Links
    /// What all URLs begin with, as JSON without the quote at its end.
    private let base: [UInt8]

    init(links: Links) {
        self.links = links
        var text: [UInt8] = []
        JSON.write(links.base, into: &text)
        text.removeLast()
        base = text
    }

    /// Appends a URL without the quote at its end.
    private func append(_ type: ResourceType, _ id: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: base)
        bytes.append(contentsOf: type.endpoint.utf8)
        bytes.append(UInt8(ascii: "/"))
        PercentEncoding.write(id, into: &bytes)
    }

    /// Appends the whole resource.
    func write(_ user: User, into bytes: inout [UInt8]) {
        let (id, text) = (user.id, user.text)
        let isExtended = text.withSection(.extensions) { !$0.isEmpty }
        append(isExtended ? Self.extendedHead : Self.head, to: &bytes)
        JSON.write(id, into: &bytes)
        append(text, .details, to: &bytes)
        appendGroups(of: id, to: &bytes)
        append(text, .rights, to: &bytes)
        if text.hasLinks { appendExtension(of: user, to: &bytes) } else { append(text, .extensions, to: &bytes) }
        append(#","meta":{"resourceType":"User""#, to: &bytes)
        append(text, .created, as: #","created":"#, to: &bytes)
        if let modified = links.content.modified(id: id) {
            append(#","lastModified":""#, to: &bytes)
            modified.write(into: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        append(#","location":"#, to: &bytes)
        append(.user, id, to: &bytes)
        append(#"","version":"W/\""#, to: &bytes)
        user.writeVersion(into: &bytes)
        append(#"\""}}"#, to: &bytes)
    }

    // Static texts, because a string that all requests share is a count that all processors fight for.
    private static let head: StaticString = #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"#
    private static let extendedHead: StaticString =
        #"""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",\#
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"id":
        """#

    private func append(_ text: StaticString, to bytes: inout [UInt8]) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends a section behind a comma or a name; nothing where the section is empty.
    private func append(
        _ text: UserText,
        _ section: UserText.Section,
        as name: StaticString = ",",
        to bytes: inout [UInt8]
    ) {
        text.withSection(section) { text in
            guard !text.isEmpty else { return }
            append(name, to: &bytes)
            bytes.append(contentsOf: text)
        }
    }

    /// What ``Links/groups(of:)`` says: of most people it is as much text as all the rest.
    private func appendGroups(of id: String, to bytes: inout [UInt8]) {
        let ids = links.content.groupIDs(containing: id)
        guard !ids.isEmpty else { return }
        append(#","groups":["#, to: &bytes)
        for (index, group) in ids.enumerated() {
            append(index == 0 ? #"{"value":"# : #",{"value":"#, to: &bytes)
            JSON.write(group, into: &bytes)
            append(#","$ref":"#, to: &bytes)
            append(.group, group, to: &bytes)
            append(#"","type":"direct""#, to: &bytes)
            if let name = links.content.group(id: group)?.displayName {
                append(#","display":"#, to: &bytes)
                JSON.write(name, into: &bytes)
            }
            append("}", to: &bytes)
        }
        append("]", to: &bytes)
    }

    private func appendExtension(of user: User, to bytes: inout [UInt8]) {
        let record = UserRecord(user, links: links)
        let schema = Schema.enterpriseUser
        let members = schema.attributes.compactMap { attribute in
            record.value(of: attribute, in: schema).flatMap { $0.isUnassigned ? nil : (attribute.name, $0) }
        }
        guard !members.isEmpty else { return }
        bytes.append(UInt8(ascii: ","))
        JSON.write(member: schema.id, .object(Object(members)), into: &bytes)
    }
}
