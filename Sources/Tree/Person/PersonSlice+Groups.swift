internal import Access
internal import Git
internal import Roster
internal import YAML

extension PersonSlice {
    /// Reads the groups that a person is in, directly or through others, and those that files under `access/` name; of
    /// their people only this one is kept.
    func groups(of person: User) async throws -> [RecordFileContents]? {
        let entries = try await repository.entries(of: commit, under: [RecordKind.group.folder])
        guard let files = records(entries, where: { $0 == .record(.group) }) else { return nil }
        let bytes = try await repository.contents(of: files.map(\.object))
        let texts = files.compactMap { file in bytes[file.object].map { GroupText(path: file.path, bytes: $0) } }
        var finder = GroupSearch(texts)
        // A group that holds groups must be read to know which.
        guard finder.read(holding: [person.userName, "groups"]) else { return nil }
        let names = NamesInUse(access).groups
        guard finder.find(names) else { return nil }
        let former = names.compactMap { name in
            known.groups[name].flatMap { finder.groups[name]?.group?.group.id == $0 ? nil : $0 }
        }
        guard former.isEmpty || finder.read(holding: former) else { return nil }
        let held = finder.groups(around: NameKey(person.userName)).union(names)
        return finder.groups.compactMap { name, file in
            guard let group = file.group, held.contains(name) || former.contains(group.group.id) else { return nil }
            return file.keeping(NameKey(person.userName), groups: held)
        }
    }
}

/// A group's file that has not been read yet.
private struct GroupText {
    var path: String
    var bytes: [UInt8]
}

/// Reads of all groups those that something is to be known of.
private struct GroupSearch {
    private var texts: [GroupText]
    /// What has been read, by name.
    private(set) var groups: [NameKey: RecordFileContents] = [:]

    init(_ texts: [GroupText]) { self.texts = texts }

    /// Reads the groups in whose files one of some texts may be; says whether all of them could be read.
    mutating func read(holding wanted: [String]) -> Bool {
        let search = NameSearch(wanted)
        return read { search.mayFind(in: $0.bytes) }
    }

    /// Reads the groups of some names: where their files should be, and else wherever they are.
    mutating func find(_ names: Set<NameKey>) -> Bool {
        let likely = Set(names.flatMap { FileName(of: $0.folded, kind: .group).candidates.map { Substring($0) } })
        guard read(where: { likely.contains($0.path.split(separator: "/").last ?? "") }) else { return false }
        let missing = names.filter { groups[$0] == nil }
        guard !missing.isEmpty else { return true }
        return read { text in
            LinkTest(bytes: text.bytes, path: text.path).name.map { missing.contains(NameKey($0)) } ?? true
        }
    }

    private mutating func read(where isWanted: (GroupText) -> Bool) -> Bool {
        var rest: [GroupText] = []
        for text in texts {
            guard isWanted(text) else {
                rest.append(text)
                continue
            }
            let file = text.bytes.withUnsafeBufferPointer { RecordFileContents(text.path, .group, $0) }
            guard let group = file.group else { return false }
            // Two groups of one name: the whole tree says so.
            guard groups.updateValue(file, forKey: NameKey(group.group.displayName)) == nil else { return false }
        }
        texts = rest
        return true
    }

    /// The names of the groups that list somebody, and of every group that one of them is nested in.
    func groups(around person: NameKey) -> Set<NameKey> {
        var found: Set<NameKey> = []
        var open = groups.filter { $0.value.lists(person) }.map(\.key)
        while let name = open.popLast() {
            guard found.insert(name).inserted else { continue }
            open += groups.filter { $0.value.holds(name) }.map(\.key)
        }
        return found
    }
}

extension RecordFileContents {
    fileprivate func lists(_ person: NameKey) -> Bool {
        group?.members.contains { NameKey($0.value) == person } == true
    }

    fileprivate func holds(_ name: NameKey) -> Bool {
        group?.groups.contains { NameKey($0.value) == name } == true
    }

    /// The group with no other member than one, and no group in it but some.
    fileprivate func keeping(_ person: NameKey, groups: Set<NameKey>) -> RecordFileContents {
        guard var group else { return self }
        group.members = group.members.filter { NameKey($0.value) == person }
        group.groups = group.groups.filter { groups.contains(NameKey($0.value)) }
        var file = self
        file.record = .group(group)
        return file
    }
}
