internal import Roster
internal import YAML

/// Makes a directory of the records that files hold: names become ids, and no two records share an id or name.
struct DirectoryBuilder {
    private(set) var directory = Directory()
    private(set) var diagnostics: [Diagnostic] = []
    /// People's first, by their numbers, then groups' by theirs.
    private(set) var states: [RecordState] = []
    /// Files whose record is left out, or is there without something that the file says.
    private(set) var broken: [String: Diagnostic] = [:]
    private var users: DistinctUsers
    /// Files that say something else than who is there.
    private var others: [Int] = []
    private var groups: [(file: RecordFileContents, contents: GroupFile.Contents)] = []
    private var groupNumbers: [NameKey: Int] = [:]
    private var groupNumbersByID: [String: Int] = [:]

    /// Begins for so many records.
    init(capacity: Int) {
        states.reserveCapacity(capacity)
        users = DistinctUsers(capacity: capacity)
    }

    /// Adds the people of some files, which follow each other from the first on; of two that share an id or name, the one
    /// that comes first.
    mutating func addPeople(of files: Slots<RecordFileContents>, _ numbers: Range<Int>) {
        for number in numbers {
            guard let file = files[number] else { continue }
            if case .user(let contents) = file.record {
                add(contents, from: file.path, file.tag)
                if file.diagnostics.isEmpty { continue }
            }
            others.append(number)
        }
    }

    /// Adds everything else that files say whose people are all added.
    mutating func finish(_ files: Slots<RecordFileContents>) async {
        for number in others {
            guard let file = files[number] else { continue }
            note(file)
            if case .group(let contents) = file.record { add(contents, from: file) }
        }
        async let tables = Directory.PeopleTables(of: users)
        let resolved = await resolved()
        directory = await Directory(users: users, await tables, groups: resolved.map(\.resolved))
        for (number, group) in resolved.enumerated() {
            diagnostics += group.warnings
            nest(group.nested, in: number)
        }
    }

    /// Notes what is said of a file, and that there is no record of it where that is so.
    private mutating func note(_ file: RecordFileContents) {
        diagnostics += file.diagnostics
        if file.record == nil { broken[file.path] = file.diagnostics.first { $0.severity == .error } }
    }

    private mutating func add(_ contents: UserFile.Contents, from path: String, _ tag: ContentTag?) {
        let (user, places) = (contents.user, contents.places)
        switch users.add(user, contents.hashes) {
        case nil: states.append(RecordState(id: user.id, path: path, tag: tag))
        case .id(let first): refuse(secondID: user.id, of: states[first].path, at: places.id, in: path)
        case .name(let first):
            let other = states[first].path
            refuse(second: "user", key: "userName", user.userName, of: other, at: places.name, in: path)
        }
    }

    private mutating func add(_ contents: GroupFile.Contents, from file: RecordFileContents) {
        let (group, places) = (contents.group, contents.places)
        let name = NameKey(group.displayName)
        let other = users.number(id: group.id).map { states[$0].path }
        if let first = other ?? groupNumbersByID[group.id].map({ groups[$0].file.path }) {
            refuse(secondID: group.id, of: first, at: places.id, in: file.path)
            return
        }
        if let first = groupNumbers[name] {
            let path = groups[first].file.path
            refuse(second: "group", key: "displayName", group.displayName, of: path, at: places.name, in: file.path)
            return
        }
        groupNumbers[name] = groups.count
        groupNumbersByID[group.id] = groups.count
        groups.append((file, contents))
        states.append(RecordState(id: group.id, path: file.path, tag: file.tag))
    }

    /// Puts groups into a group, one after the other, so that the file that closes a circle is named.
    private mutating func nest(_ nested: [(id: String, place: Place)], in number: Int) {
        let (file, contents) = groups[number]
        for group in nested {
            let change = GroupChange(joining: [.group(group.id)])
            do throws(RosterError) {
                try directory.apply(.changeGroup(id: contents.group.id, change))
            } catch {
                // A circle of groups; everything else has been asked before. The group is there without the one that
                // would close the circle, so that its file must not be written over.
                refuse(Diagnostic(file: file.path, place: group.place, message: error.description))
            }
        }
    }
}

extension DirectoryBuilder {
    /// A group with its people.
    private struct Resolution: Sendable {
        var resolved: Directory.ResolvedGroup
        /// The groups in it that there are.
        var nested: [(id: String, place: Place)]
        /// Names that nobody has are kept as they are, and warned about.
        var warnings: [Diagnostic]
    }

    /// The groups with their people, looked up by several threads.
    private func resolved() async -> [Resolution] {
        let resolutions = Slots<Resolution>(count: groups.count)
        let pieces = Pieces(of: groups.count)
        await Crew.work(pieces: pieces.count) { piece in
            for number in pieces[piece] { resolutions[number] = resolution(of: number) }
        }
        return resolutions.takePresent()
    }

    private func resolution(of number: Int) -> Resolution {
        let (file, contents) = groups[number]
        var members: [UInt32] = []
        members.reserveCapacity(contents.members.count)
        var unresolved = UnresolvedMembers()
        var warnings: [Diagnostic] = []
        for name in contents.members {
            if let number = users.number(named: name.value) {
                members.append(UInt32(number))
            } else {
                unresolved.users.append(name.value)
                warnings.append(Self.warning("no user is called \"\(name.value)\"", file.path, at: name.place))
            }
        }
        var nested: [(id: String, place: Place)] = []
        for name in contents.groups {
            if let number = groupNumbers[NameKey(name.value)] {
                nested.append((groups[number].contents.group.id, name.place))
            } else {
                unresolved.groups.append(name.value)
                warnings.append(Self.warning("no group is called \"\(name.value)\"", file.path, at: name.place))
            }
        }
        var group = contents.group
        group.take(members, of: users.userIDs, unresolved)
        return Resolution(
            resolved: Directory.ResolvedGroup(group: group, members: members),
            nested: nested,
            warnings: warnings
        )
    }

    private static func warning(_ message: String, _ path: String, at place: Place) -> Diagnostic {
        Diagnostic(severity: .warning, file: path, place: place, message: message + "; the name is kept")
    }
}

extension DirectoryBuilder {
    private mutating func refuse(secondID id: String, of first: String, at place: Place, in path: String) {
        let message = "a second record with id \"\(id)\"; the first one is \(first)"
        refuse(Diagnostic(file: path, place: place, message: message))
    }

    private mutating func refuse(
        second kind: String,
        key: String,
        _ name: String,
        of first: String,
        at place: Place,
        in path: String
    ) {
        let message = "a second \(kind) with \(key) \"\(name)\"; the first one is \(first)"
        refuse(Diagnostic(file: path, place: place, message: message))
    }

    private mutating func refuse(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        if broken[diagnostic.file] == nil { broken[diagnostic.file] = diagnostic }
    }
}

extension TreeContents {
    /// Takes in what the provisioned files hold.
    mutating func add(_ files: [RecordFileContents]) async { await add(RecordIntake(Slots(files))) }

    /// Takes in what was read of the provisioned files.
    mutating func add(_ intake: RecordIntake) async {
        let builder = await intake.builder()
        directory = builder.directory
        brokenFiles = builder.broken
        take(builder.states)
        diagnostics += builder.diagnostics
    }
}
