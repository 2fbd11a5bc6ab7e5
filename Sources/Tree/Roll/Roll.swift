package import Roster

/// Everybody in a tree by number, with what decides who may do what: a hundred thousand people in some megabytes.
///
/// There is one only of records that are without a fault, each name and id once and every listed name somebody's: about
/// everything else there is something to say, which only reading the whole tree does.
package struct Roll: Sendable {
    /// A text of a person's facts.
    package enum Text: Sendable {
        case id
        case userName
        /// Empty where the file does not say.
        case created
    }

    /// A group with its people and the groups in it, by number; each once, in rising order.
    package struct Group: Sendable {
        package let id: String
        package let displayName: String
        package let people: [Int32]
        package internal(set) var groups: [Int32]
        /// The group's file by its number.
        let file: Int
    }

    /// Small, because what is looked up again and again should stay near the processor.
    private struct Person {
        /// Where the first text begins.
        var start: Int32
        var file: Int32
        /// Where each text ends, from there.
        var ends: (UInt16, UInt16, UInt16)
        var flags: RecordFacts.Flags

        func range(of text: Text) -> Range<Int> {
            let start = Int(start)
            return switch text {
            case .id: start..<start + Int(ends.0)
            case .userName: start + Int(ends.0) + 1..<start + Int(ends.1)
            case .created: start + Int(ends.1) + 1..<start + Int(ends.2)
            }
        }
    }

    private var people: [Person] = []
    /// The texts of all people, a line feed behind each.
    private var texts: [UInt8] = []
    package private(set) var groups: [Group] = []
    private var byName = NumberTable()
    private var byID = NumberTable()
    /// People whose names are more than ASCII, which ``NameKey`` compares.
    private var byOtherName: [NameKey: Int] = [:]
    private var groupsByName: [NameKey: Int] = [:]
    private var groupsByID: [String: Int] = [:]

    private init() {}

    /// Takes the facts of files in their order; nil where one has none, or they do not fit one another.
    static func make(_ facts: [(kind: RecordKind, bytes: [UInt8])]) async -> Roll? {
        var roll = Roll()
        roll.people.reserveCapacity(facts.count)
        roll.texts.reserveCapacity(facts.reduce(0) { $1.kind == .user ? $0 + $1.bytes.count : $0 })
        for (file, record) in facts.enumerated() where record.kind == .user {
            guard roll.add(record.bytes, file: file) else { return nil }
        }
        let people = roll
        async let ids = people.tableOfIDs()
        async let names = people.tablesOfNames()
        guard let ids = await ids, let names = await names else { return nil }
        roll.byID = ids
        (roll.byName, roll.byOtherName) = names
        let records = facts.enumerated().filter { $0.element.kind == .group }
        guard let found = await roll.listed(records.map { (file: $0.offset, bytes: $0.element.bytes) }) else {
            return nil
        }
        return roll.add(found) ? roll : nil
    }
}

extension Roll {
    /// How many people there are; their numbers are those below it.
    package var count: Int { people.count }

    package func flags(of person: Int) -> RecordFacts.Flags { people[person].flags }

    /// Lends a text of a person's facts.
    package func withText<Result>(
        _ text: Text,
        of person: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let range = people[person].range(of: text)
        return texts.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    package func userName(of person: Int) -> String {
        withText(.userName, of: person) { String(decoding: $0, as: UTF8.self) }
    }

    /// The file of a person, by its number among those that were read.
    func file(of person: Int) -> Int { Int(people[person].file) }

    /// The person with a name, whatever its letter case.
    package func person(named name: UnsafeBufferPointer<UInt8>) -> Int? {
        if let found = person(named: name, in: byName) { return found }
        guard !byOtherName.isEmpty, name.contains(where: { $0 >= 0x80 }) else { return nil }
        return byOtherName[NameKey(String(decoding: name, as: UTF8.self))]
    }

    package func person(named name: String) -> Int? {
        var name = name
        return name.withUTF8 { person(named: $0) }
    }

    /// The person with an id.
    package func person(id: UnsafeBufferPointer<UInt8>) -> Int? {
        person(id: id, in: byID)
    }

    private func person(named name: UnsafeBufferPointer<UInt8>, in table: NumberTable) -> Int? {
        table.first(at: FoldedBytes.hash(name)) { number in
            withText(.userName, of: number) { FoldedBytes.areAlike($0, name) }
        }
    }

    private func person(id: UnsafeBufferPointer<UInt8>, in table: NumberTable) -> Int? {
        table.first(at: FoldedBytes.hash(id)) { number in withText(.id, of: number) { $0.elementsEqual(id) } }
    }

    package func person(id: String) -> Int? {
        var id = id
        return id.withUTF8 { person(id: $0) }
    }

    package func group(named name: String) -> Int? { groupsByName[NameKey(name)] }

    package func group(id: String) -> Int? { groupsByID[id] }

    /// A group and every one below it.
    package func groups(within group: Int) -> Set<Int> {
        var found: Set<Int> = []
        var open = [group]
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            open += groups[next].groups.map { Int($0) }
        }
        return found
    }
}

extension Roll {
    private mutating func add(_ facts: [UInt8], file: Int) -> Bool {
        guard let flags = facts.first, texts.count + facts.count <= Int32.max, facts.count < UInt16.max else {
            return false
        }
        let start = Int32(texts.count)
        return facts.withUnsafeBufferPointer { facts in
            var lines = FactLines(facts)
            guard let id = lines.next(), let name = lines.next(), let created = lines.next(), lines.next() == nil
            else { return false }
            let ends = (id.count, id.count + 1 + name.count, id.count + 2 + name.count + created.count)
            people.append(
                Person(
                    start: start,
                    file: Int32(file),
                    ends: (UInt16(ends.0), UInt16(ends.1), UInt16(ends.2)),
                    flags: .init(rawValue: flags)
                )
            )
            texts.append(contentsOf: UnsafeBufferPointer(rebasing: facts[1...]))
            return true
        }
    }

    /// The people by their ids, none of which stands twice.
    ///
    /// Nil where one is more than ASCII: Swift compares such texts by more than their bytes.
    private func tableOfIDs() -> NumberTable? {
        var table = NumberTable(capacity: count)
        for number in 0..<count {
            let isNew = withText(.id, of: number) { id in
                guard id.allSatisfy({ $0 < 0x80 }), person(id: id, in: table) == nil else { return false }
                table.insert(number, at: FoldedBytes.hash(id))
                return true
            }
            guard isNew else { return nil }
        }
        return table
    }

    /// The people by their names, none of which stands twice whatever its letter case.
    private func tablesOfNames() -> (ascii: NumberTable, others: [NameKey: Int])? {
        var table = NumberTable(capacity: count)
        var others: [NameKey: Int] = [:]
        for number in 0..<count {
            let isNew = withText(.userName, of: number) { name in
                guard name.allSatisfy({ $0 < 0x80 }) else {
                    let key = NameKey(String(decoding: name, as: UTF8.self))
                    return Self.isUnlikeASCII(key) && others.updateValue(number, forKey: key) == nil
                }
                guard person(named: name, in: table) == nil else { return false }
                table.insert(number, at: FoldedBytes.hash(name))
                return true
            }
            guard isNew else { return nil }
        }
        return (table, others)
    }

    /// Whether no name in ASCII is the same name: Unicode holds a few characters for one of them.
    private static func isUnlikeASCII(_ name: NameKey) -> Bool {
        name.folded.utf8.contains { $0 >= 0x80 } && name.folded.unicodeScalars.allSatisfy { !likeASCII.contains($0) }
    }

    /// What is canonically equivalent to an ASCII character: the Greek question mark, varia, the kelvin sign.
    private static let likeASCII: Set<Unicode.Scalar> = ["\u{37E}", "\u{1FEF}", "\u{212A}"]

    /// Groups as their files list them, looked up by several threads; nil where a name is nobody's.
    private func listed(_ facts: [(file: Int, bytes: [UInt8])]) async -> [ListedGroup]? {
        let found = Slots<ListedGroup>(count: facts.count)
        let pieces = Pieces(of: facts.count)
        await Crew.work(pieces: pieces.count) { piece in
            for number in pieces[piece] {
                found[number] = facts[number].bytes.withUnsafeBufferPointer { listed($0, file: facts[number].file) }
            }
        }
        let groups = found.take().compactMap(\.self)
        return groups.count == facts.count ? groups : nil
    }

    /// A group before the groups in it are known.
    private struct ListedGroup: Sendable {
        var group: Group
        /// The names of the groups in it.
        var nested: [String] = []
    }

    private func listed(_ facts: UnsafeBufferPointer<UInt8>, file: Int) -> ListedGroup? {
        var lines = FactLines(facts)
        guard let id = lines.next(), let name = lines.next(), lines.next() != nil else { return nil }
        var people: [Int32] = []
        while let line = lines.next(), !line.isEmpty {
            guard let person = person(named: line) else { return nil }
            people.append(Int32(person))
        }
        people.sort()
        var each: [Int32] = []
        each.reserveCapacity(people.count)
        for person in people where each.last != person { each.append(person) }
        let group = Group(
            id: FactLines.text(id),
            displayName: FactLines.text(name),
            people: each,
            groups: [],
            file: file
        )
        var listed = ListedGroup(group: group)
        while let line = lines.next() { listed.nested.append(FactLines.text(line)) }
        return listed
    }

    /// Adds all groups; false where one stands twice, or one in it is none of them.
    private mutating func add(_ listed: [ListedGroup]) -> Bool {
        for (number, entry) in listed.enumerated() {
            let (id, name) = (entry.group.id, NameKey(entry.group.displayName))
            guard id.utf8.allSatisfy({ $0 < 0x80 }), person(id: id) == nil,
                groupsByID.updateValue(number, forKey: id) == nil,
                groupsByName.updateValue(number, forKey: name) == nil
            else { return false }
            groups.append(entry.group)
        }
        for (number, entry) in listed.enumerated() where !entry.nested.isEmpty {
            let found = entry.nested.compactMap { group(named: $0) }
            guard found.count == entry.nested.count else { return false }
            groups[number].groups = Set(found.map { Int32($0) }).sorted()
        }
        return true
    }
}
