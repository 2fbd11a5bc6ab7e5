internal import HashTreeCollections
internal import Roster
internal import SCIM
internal import Store

/// Users as the bytes of an answer, put together from the text that the directory holds.
///
/// It is what writing the resource of ``ResourceRecord/resource(_:)`` would give, without making it.
struct UserAnswer {
    private let links: Links
    /// What the URLs of users and of groups begin with, as JSON without the quote at its end.
    private let users: [UInt8]
    private let groups: [UInt8]

    init(links: Links) {
        self.links = links
        (users, groups) = (Self.start(of: .user, links), Self.start(of: .group, links))
    }

    private static func start(of type: ResourceType, _ links: Links) -> [UInt8] {
        var text: [UInt8] = []
        JSON.write(links.base + type.endpoint + "/", into: &text)
        text.removeLast()
        return text
    }

    /// Appends the whole resource.
    func write(_ user: User, into bytes: inout [UInt8]) {
        let number = links.content.number(ofUser: user.id)
        user.lend { write($0, $1, number, into: &bytes) }
    }

    /// The same of the user with a number, if there is one.
    func write(_ number: UserNumber, into bytes: inout [UInt8]) {
        links.content.lend(number) { write($0, $1, number, into: &bytes) }
    }

    private func write(_ user: User, _ parts: UserParts, _ number: UserNumber?, into bytes: inout [UInt8]) {
        // What a URL takes as it is, JSON does, too.
        if PercentEncoding.isPlain(parts.id) {
            return write(parts, id: parts.id, segment: parts.id, of: user, number, into: &bytes)
        }
        var id: [UInt8] = []
        JSON.write(user.id, into: &id)
        let segment = Array(PercentEncoding.encoded(user.id).utf8)
        id[1..<id.count - 1].withUnsafeBufferPointer { id in
            segment.withUnsafeBufferPointer { segment in
                write(parts, id: id, segment: segment, of: user, number, into: &bytes)
            }
        }
    }

    private func write(
        _ parts: UserParts,
        id: UnsafeBufferPointer<UInt8>,
        segment: UnsafeBufferPointer<UInt8>,
        of user: User,
        _ number: UserNumber?,
        into bytes: inout [UInt8]
    ) {
        let details = parts.section(.details)
        let extensions = parts.section(.extensions)
        bytes.append(addingCapacity: Self.extendedHead.utf8CodeUnitCount + id.count + details.count + 3) { text in
            text.append(extensions.isEmpty ? Self.head : Self.extendedHead)
            text.append(id)
            text.append(#"""#)
            text.append(details, behind: ",")
        }
        appendGroups(of: user, number, to: &bytes)
        let rights = parts.section(.rights)
        bytes.append(addingCapacity: rights.count + extensions.count + 2) { text in
            text.append(rights, behind: ",")
            if !parts.hasLinks { text.append(extensions, behind: ",") }
        }
        if parts.hasLinks { appendExtension(of: user, to: &bytes) }
        let modified = number.flatMap { links.content.modified($0) }
        let created = parts.section(.created)
        let room = Self.metaRoom + created.count + users.count + segment.count
        bytes.append(addingCapacity: room) { text in
            text.append(#","meta":{"resourceType":"User""#)
            text.append(created, behind: #","created":"#)
            if let modified {
                text.append(#","lastModified":""#)
                modified.write(into: &text)
                text.append(#"""#)
            }
            text.append(#","location":"#)
            users.withUnsafeBufferPointer { text.append($0) }
            text.append(segment)
            text.append(#"","version":"W/\""#)
            parts.writeVersion(into: &text)
            text.append(#"\""}}"#)
        }
    }

    /// What `meta` has beside the times, the URL and the version: its names and marks, which are fewer.
    private static var metaRoom: Int { 128 + Timestamp.longestText + UserParts.longestVersion }

    // Static texts, because a string that all requests share is a count that all processors fight for.
    private static let head: StaticString = #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":""#
    private static let extendedHead: StaticString =
        #"""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",\#
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"id":"
        """#

    private func append(_ text: StaticString, to bytes: inout [UInt8]) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// What ``Links/groups(of:)`` says: of most people it is as much text as all the rest.
    private func appendGroups(of user: User, _ number: UserNumber?, to bytes: inout [UInt8]) {
        guard let number else { return }
        let ids = links.content.groupIDs(containing: user, number)
        guard !ids.isEmpty else { return }
        append(#","groups":["#, to: &bytes)
        for (index, group) in ids.enumerated() {
            append(index == 0 ? #"{"value":"# : #",{"value":"#, to: &bytes)
            JSON.write(group, into: &bytes)
            append(#","$ref":"#, to: &bytes)
            bytes.append(contentsOf: groups)
            PercentEncoding.write(group, into: &bytes)
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

extension OutputSpan<UInt8> {
    fileprivate mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a text for which there has to be room.
    fileprivate mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        withUnsafeMutableBufferPointer { room, count in
            _ = UnsafeMutableBufferPointer(rebasing: room[count...]).initialize(fromContentsOf: text)
            count += text.count
        }
    }

    /// Appends a text behind a comma or a name; nothing where the text is empty.
    fileprivate mutating func append(_ text: UnsafeBufferPointer<UInt8>, behind name: StaticString) {
        guard !text.isEmpty else { return }
        append(name)
        append(text)
    }
}
