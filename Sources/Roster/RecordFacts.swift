internal import SCIM
internal import YAML

/// What of a provisioned file decides who may do what, in few bytes: who it is about, whether they are active, and a
/// group's names.
///
/// Most of a large tree is compared and left alone; making a ``User`` of each file would be most of the work.
/// Facts are a cache's content, so that ``version`` changes with their form and with whatever reading a file means.
package enum RecordFacts {
    /// The version of the form; files of another one are read again.
    package static let version = 1

    /// What is said of a record beside its texts.
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// A person whom the identity provider has not switched off.
        package static let active = Flags(rawValue: 1)
        /// A person with values in `roles`.
        package static let roles = Flags(rawValue: 2)
        /// The id, the name and `created` stand in the file without quotes, as every canonical file would hold them.
        package static let plain = Flags(rawValue: 4)
    }

    /// The facts of a user's file: flags, `id`, `userName` and `created`, each text ended by a line feed.
    ///
    /// - Returns: nil for a file about which there is something to say, and for one whose texts hold line feeds.
    package static func user(_ bytes: UnsafeBufferPointer<UInt8>, file: String) -> [UInt8]? {
        var reader = RecordFactsReader(bytes, isGroup: false)
        if let head = reader.head() { return facts(head, in: bytes) }
        let (contents, diagnostics) = UserFile.read(bytes, file: file)
        guard let user = contents?.user, diagnostics.isEmpty else { return nil }
        var flags: Flags = []
        if user.isActive { flags.insert(.active) }
        if user.value(of: "roles") != nil { flags.insert(.roles) }
        return facts(flags, [user.id, user.userName, user.created ?? ""])
    }

    /// The facts of a group's file: flags, `id`, `displayName` and `created`, then the names of its people, an empty
    /// text, and those of the groups in it.
    ///
    /// - Returns: nil as for a user's file.
    package static func group(_ bytes: UnsafeBufferPointer<UInt8>, file: String) -> [UInt8]? {
        var reader = RecordFactsReader(bytes, isGroup: true)
        if let head = reader.head() {
            var facts = facts(head, in: bytes)
            facts.reserveCapacity(facts.count + bytes.count)
            for name in reader.members { append(bytes, name, to: &facts) }
            facts.append(end)
            for name in reader.groups { append(bytes, name, to: &facts) }
            return facts
        }
        let (contents, diagnostics) = GroupFile.read(bytes, file: file)
        guard let contents, diagnostics.isEmpty else { return nil }
        let texts = [contents.group.id, contents.group.displayName, contents.group.created ?? ""]
        let (people, groups) = (contents.members.map(\.value), contents.groups.map(\.value))
        // An empty name would end the list of people.
        guard !people.contains(""), !groups.contains("") else { return nil }
        return facts([], texts + people + [""] + groups)
    }

    private static let end = UInt8(ascii: "\n")

    private static func facts(_ flags: Flags, _ texts: [String]) -> [UInt8]? {
        guard !texts.contains(where: { $0.utf8.contains(end) }) else { return nil }
        return [flags.rawValue] + texts.flatMap { Array($0.utf8) + [end] }
    }

    private static func facts(_ head: RecordFactsReader.Head, in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var facts: [UInt8] = []
        facts.reserveCapacity(4 + head.id.count + head.name.count + (head.created?.count ?? 0))
        facts.append(head.flags.rawValue)
        append(bytes, head.id, to: &facts)
        append(bytes, head.name, to: &facts)
        append(bytes, head.created ?? 0..<0, to: &facts)
        return facts
    }

    private static func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to facts: inout [UInt8]) {
        facts.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
        facts.append(end)
    }
}
