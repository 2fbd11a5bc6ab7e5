internal import HashTreeCollections
internal import Roster
internal import SCIM
internal import Store

/// Users as the bytes of an answer, put together from the text that the directory holds.
///
/// It is what writing the resource of ``ResourceRecord/resource(_:)`` would give, without making it.
struct UserAnswer {
    private let links: Links
    /// What `meta.location` begins with, as JSON without the quote at its end.
    private let location: [UInt8]

    init(links: Links) {
        self.links = links
        var location: [UInt8] = []
        JSON.write(links.users, into: &location)
        self.location = location.dropLast()
    }

    /// Appends the whole resource.
    func write(_ user: User, into bytes: inout [UInt8]) {
        let text = user.text
        let isExtended = text.withSection(.extensions) { !$0.isEmpty }
        bytes.append(contentsOf: isExtended ? Self.extendedHead : Self.head)
        JSON.write(user.id, into: &bytes)
        append(text, .details, to: &bytes)
        appendGroups(of: user, to: &bytes)
        append(text, .rights, to: &bytes)
        if text.hasLinks { appendExtension(of: user, to: &bytes) } else { append(text, .extensions, to: &bytes) }
        bytes.append(contentsOf: Self.metaHead)
        appendMeta(of: user, to: &bytes)
        bytes.append(contentsOf: [UInt8(ascii: "}"), UInt8(ascii: "}")])
    }

    private static let head = Array(#"{"schemas":["\#(Schema.user.id)"],"id":"#.utf8)
    private static let extendedHead = Array(
        #"{"schemas":["\#(Schema.user.id)","\#(Schema.enterpriseUser.id)"],"id":"#.utf8
    )
    private static let metaHead = Array(#","meta":{"resourceType":"User""#.utf8)

    private func append(_ text: UserText, _ section: UserText.Section, to bytes: inout [UInt8]) {
        text.withSection(section) { text in
            guard !text.isEmpty else { return }
            bytes.append(UInt8(ascii: ","))
            bytes.append(contentsOf: text)
        }
    }

    private func appendGroups(of user: User, to bytes: inout [UInt8]) {
        guard let groups = links.groups(of: user.id) else { return }
        bytes.append(UInt8(ascii: ","))
        JSON.write(member: "groups", groups, into: &bytes)
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

    private func appendMeta(of user: User, to bytes: inout [UInt8]) {
        user.text.withSection(.created) { text in
            guard !text.isEmpty else { return }
            bytes.append(contentsOf: #","created":"#.utf8)
            bytes.append(contentsOf: text)
        }
        if let modified = links.snapshot.content.modified[user.id] {
            bytes.append(contentsOf: #","lastModified":""#.utf8)
            modified.write(into: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(contentsOf: #","location":"#.utf8)
        bytes.append(contentsOf: location)
        bytes.append(contentsOf: PercentEncoding.encoded(user.id).utf8)
        bytes.append(contentsOf: #"","version":"W/\""#.utf8)
        user.writeVersion(into: &bytes)
        bytes.append(contentsOf: #"\"""#.utf8)
    }
}
