internal import SCIM
package import YAML

/// A group's file: the record as YAML, with its members by name, and back.
package enum GroupFile {
    /// What a group's file says before its members' names are looked up.
    package struct Contents: Hashable, Sendable {
        /// The group without members.
        package var group: Group
        /// UserNames of the people in it, with their places.
        package var members: [Located<String>]
        /// DisplayNames of the groups in it, with their places.
        package var groups: [Located<String>]
        package var places: RecordPlaces
    }

    /// The canonical bytes of a group's file; members are listed by the names that the directory knows them by.
    package static func bytes(of group: Group, in directory: Directory) -> [UInt8] {
        let members = group.members.compactMap { directory.name(of: .user($0)) } + group.unresolved.users
        let groups = group.groups.compactMap { directory.name(of: .group($0)) } + group.unresolved.groups
        return bytes(of: group, members, groups)
    }

    /// The canonical bytes of what a file says, whether or not anybody has the names in it.
    package static func bytes(of contents: Contents) -> [UInt8] {
        bytes(of: contents.group, contents.members.map(\.value), contents.groups.map(\.value))
    }

    private static func bytes(of group: Group, _ members: [String], _ groups: [String]) -> [UInt8] {
        let lists = [list("members", members), list("groups", groups)].compactMap { $0 }
        let fields = RecordFile.fields(id: group.id, attributes: group.attributes, created: group.created, lists: lists)
        return Writer.bytes(of: fields, comment: RecordFile.comment)
    }

    /// Reads a group's file.
    ///
    /// Only `id` and `displayName` must be there; what cannot be read as a group is an error
    /// that names its place, and then there is no group.
    package static func read(_ bytes: [UInt8], file: String) -> (contents: Contents?, diagnostics: [Diagnostic]) {
        bytes.withUnsafeBufferPointer { read($0, file: file) }
    }

    /// The same for bytes that are somebody else's.
    package static func read(
        _ bytes: UnsafeBufferPointer<UInt8>,
        file: String
    ) -> (contents: Contents?, diagnostics: [Diagnostic]) {
        if let record = CanonicalRecord.group(bytes) { return (Contents(record), []) }
        return readByNodes(bytes, file: file)
    }

    /// The same for a file in whatever form.
    static func readByNodes(
        _ bytes: UnsafeBufferPointer<UInt8>,
        file: String
    ) -> (contents: Contents?, diagnostics: [Diagnostic]) {
        var reader = DocumentReader(file: file)
        let contents = RecordFile.root(of: bytes, &reader).flatMap { record(in: $0, &reader) }
        return (reader.hasErrors ? nil : contents, reader.diagnostics)
    }

    private static func record(in root: Node, _ reader: inout DocumentReader) -> Contents? {
        guard var record = RecordHead(root, what: "a group", nameKey: "displayName", &reader) else { return nil }
        var members: [Located<String>] = []
        var groups: [Located<String>] = []
        for entry in record.rest {
            switch entry.key {
            case "members": members = reader.texts(entry.value, what: "\"members\"") ?? []
            case "groups": groups = reader.texts(entry.value, what: "\"groups\"") ?? []
            default:
                guard let attribute = AttributeReader(type: .group).attribute(entry, &reader) else { continue }
                record.attributes[attribute.name] = attribute.value
            }
        }
        let group = Group(id: record.id, created: record.created, attributes: record.attributes)
        return Contents(group: group, members: members, groups: groups, places: record.places)
    }

    private static func list(_ key: String, _ names: [String]) -> Field? {
        guard !names.isEmpty else { return nil }
        let sorted = Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return Field(key, .texts(sorted))
    }
}

extension GroupFile.Contents {
    /// A group of which no more is known than its names and those in it, and no places.
    package init(id: String, displayName: String, _ members: [String], _ groups: [String]) {
        let nowhere = Place(line: 1, column: 1)
        group = Group(id: id, created: nil, attributes: ["displayName": .string(displayName)])
        self.members = members.map { Located($0, at: nowhere) }
        self.groups = groups.map { Located($0, at: nowhere) }
        places = RecordPlaces(id: nowhere, name: nowhere)
    }

    init(_ record: CanonicalRecord) {
        group = Group(id: record.id, created: record.created, attributes: record.attributes)
        members = record.members
        groups = record.groups
        places = record.places
    }
}
