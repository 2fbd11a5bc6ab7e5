internal import SCIM

/// What a user says, as JSON text in the order in which answers show it.
///
/// A tenth of the memory that a tree of values takes, and an answer is made of it by copying. The members stand in
/// sections, because answers put others between them; within a section commas part them.
package struct UserText: Hashable, Sendable {
    /// A run of members without the braces around them.
    package enum Section: Int, Sendable {
        /// The core attributes before `groups`, which the groups know.
        case details
        /// The core attributes after `groups`.
        case rights
        /// The enterprise extension under its URN.
        case extensions
        /// What no schema has: kept, and never shown.
        case unknown
        /// When the record was made, as a JSON string; empty where nobody says.
        case created
    }

    let bytes: [UInt8]
    /// Where each section ends but the last, which ends with the bytes.
    let ends: SIMD4<UInt32>
    /// Whether something of the extension has to be looked up before it is shown: a manager's name, a part that no
    /// schema has.
    package let hasLinks: Bool

    /// The text of attributes.
    ///
    /// - Parameters:
    ///   - attributes: by SCIM's names.
    ///   - created: when the record was made.
    ///   - isCanonical: whether each value is known to be in canonical form; else it is brought to it.
    init(_ attributes: Object, created: String?, isCanonical: Bool = false) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        var members = attributes.members.compactMap { Self.ranked($0, isCanonical) }
        AttributeOrder.Ranked.sort(&members)
        var next = 0
        var ends = SIMD4<UInt32>(repeating: 0)
        for section in 0..<4 {
            let start = bytes.count
            while next < members.count, AttributeOrder.section(ofAnswerRank: members[next].rank).rawValue == section {
                if bytes.count > start { bytes.append(UInt8(ascii: ",")) }
                JSON.write(member: members[next].name, members[next].value, into: &bytes)
                next += 1
            }
            ends[section] = UInt32(clamping: bytes.count)
        }
        if let created { JSON.write(.string(created), into: &bytes) }
        self.ends = ends
        hasLinks = members.contains { $0.rank == AttributeOrder.enterpriseRank && Self.needsLookUp($0.value) }
        // As long as it is, not as long as it might have become.
        self.bytes = Array(bytes[...])
    }

    /// A text that is put together already.
    init(_ bytes: [UInt8], ends: SIMD4<UInt32>, hasLinks: Bool) {
        self.bytes = bytes
        self.ends = ends
        self.hasLinks = hasLinks
    }

    private static func ranked(_ member: Object.Member, _ isCanonical: Bool) -> AttributeOrder.Ranked? {
        let value = isCanonical ? member.value : AttributeOrder.canonical(member.value)
        guard !value.isUnassigned else { return nil }
        let (rank, name) = AttributeOrder.answerPlace(of: member.name)
        return AttributeOrder.Ranked(rank: rank, name: name, value: value)
    }

    private static func needsLookUp(_ value: Value) -> Bool {
        guard let object = value.object else { return true }
        let plain = Schema.enterpriseUser.attributes
        return object.members.contains { member in
            member.name == "manager" || !plain.contains { $0.name == member.name }
        }
    }
}

extension UserText {
    /// Lends a section's bytes.
    package func withSection<Result>(
        _ section: Section,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let range = range(of: section)
        return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Where a section stands.
    func range(of section: Section) -> Range<Int> { Self.range(of: section, ends: ends, count: bytes.count) }

    /// The same in a text of which this is known.
    static func range(of section: Section, ends: SIMD4<UInt32>, count: Int) -> Range<Int> {
        let start = section.rawValue == 0 ? 0 : Int(ends[section.rawValue - 1])
        return start..<(section.rawValue < 4 ? Int(ends[section.rawValue]) : count)
    }

    /// The value of one attribute; nothing else is read.
    func value(of name: String) -> Value? {
        let section = AttributeOrder.section(ofAnswerRank: AttributeOrder.answerPlace(of: name).rank)
        // Only a name that no schema has can hold what has to be escaped.
        let isPlain = section != .unknown
        return withSection(section) { text in
            var scanner = MemberScanner(text)
            while let member = scanner.next() {
                let isFound =
                    isPlain ? scanner.isName(member.name, name) : Self.read(text, member.name)?.string == name
                guard isFound else { continue }
                return Self.read(text, member.value)
            }
            return Value?.none
        }
    }

    /// Whether the userName is this one, whatever its letter case; nil where bytes do not tell, as with letters beyond
    /// ASCII.
    func isCalled(_ name: NameKey) -> Bool? {
        withSection(.details) { text in
            var scanner = MemberScanner(text)
            while let member = scanner.next() {
                guard scanner.isName(member.name, "userName") else { continue }
                let value = UnsafeBufferPointer(rebasing: text[member.value.dropFirst().dropLast()])
                return name.folded.utf8.withContiguousStorageIfAvailable { Self.areAlike(value, folded: $0) } ?? nil
            }
            return false
        }
    }

    /// Whether a text is another one but for the case of its letters; nil where one of them is not plain ASCII.
    private static func areAlike(_ text: UnsafeBufferPointer<UInt8>, folded: UnsafeBufferPointer<UInt8>) -> Bool? {
        var all: UInt8 = 0
        for byte in text { all |= byte | (byte == UInt8(ascii: "\\") ? 0x80 : 0) }
        for byte in folded { all |= byte }
        guard all < 0x80 else { return nil }
        guard text.count == folded.count else { return false }
        for (byte, other) in zip(text, folded) {
            guard other == ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) else { return false }
        }
        return true
    }

    /// Appends the userName as it is compared, if it is plain ASCII.
    func appendPlainName(to bytes: inout [UInt8]) {
        withSection(.details) { text in
            var scanner = MemberScanner(text)
            while let member = scanner.next() {
                guard scanner.isName(member.name, "userName") else { continue }
                let value = text[member.value.dropFirst().dropLast()]
                guard value.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\\") }) else { return }
                bytes.append(contentsOf: value.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
                return
            }
        }
    }

    /// All attributes in the order in which files list them.
    var attributes: Object {
        var members: [AttributeOrder.Ranked] = []
        for section in [Section.details, .rights, .extensions, .unknown] {
            withSection(section) { text in
                var scanner = MemberScanner(text)
                while let member = scanner.next() {
                    guard let name = Self.read(text, member.name)?.string, let value = Self.read(text, member.value)
                    else { continue }
                    let rank = AttributeOrder.fileRank(of: name)
                    members.append(AttributeOrder.Ranked(rank: rank, name: name, value: value))
                }
            }
        }
        AttributeOrder.Ranked.sort(&members)
        // What was written as an object has no name twice.
        return Object(distinct: members.map { Object.Member(name: $0.name, value: $0.value) })
    }

    /// How many bytes the text has.
    package var byteCount: Int { bytes.count }

    /// Appends all attributes as one JSON object.
    package func writeAttributes(into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for section in [Section.details, .rights, .extensions, .unknown] {
            withSection(section) { text in
                guard !text.isEmpty else { return }
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                bytes.append(contentsOf: text)
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// When the record was made.
    var created: String? {
        withSection(.created) { $0.isEmpty ? nil : Self.read($0, 0..<$0.count)?.string }
    }

    /// Adds everything to a hash.
    func combine(into hash: inout ContentHash) {
        for section in [Section.details, .rights, .extensions, .unknown] {
            withSection(section) { hash.combine($0) }
            hash.combine(CollectionOfOne(0))
        }
    }

    /// A part of the text as a value; it was written by ``JSON/write(_:)`` and is read without fail.
    private static func read(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Value? {
        do {
            return try JSON.read(UnsafeBufferPointer(rebasing: text[range]), maximumDepth: .max)
        } catch {
            return Value?.none
        }
    }
}
