internal import Roster
internal import YAML

/// Makes a directory of the records that files hold: names become ids, and no two records share an id or name.
struct DirectoryBuilder {
    private(set) var directory = Directory()
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var paths: [String: String] = [:]
    /// Files whose record is left out, or is there without something that the file says.
    private(set) var broken: [String: Diagnostic] = [:]
    private var userPaths: [NameKey: String] = [:]
    private var groupPaths: [NameKey: String] = [:]

    /// Adds every record that can be added; of two that share an id or name, the one whose path sorts first.
    mutating func add(_ files: [RecordFileContents]) {
        for file in files {
            diagnostics += file.diagnostics
            guard file.record == nil else { continue }
            broken[file.path] = file.diagnostics.first { $0.severity == .error }
        }
        for file in files {
            if case .user(let user) = file.record { add(user, from: file) }
        }
        addGroups(files)
    }

    private mutating func add(_ user: User, from file: RecordFileContents) {
        guard isNew(id: user.id, in: file), isNew(user.userName, key: "userName", of: "user", userPaths, in: file)
        else { return }
        apply(.createUser(user), file, at: nil)
        userPaths[NameKey(user.userName)] = file.path
        paths[user.id] = file.path
    }

    private mutating func addGroups(_ files: [RecordFileContents]) {
        var added: [(file: RecordFileContents, contents: GroupFile.Contents)] = []
        for file in files {
            guard case .group(let contents) = file.record, isNew(id: contents.group.id, in: file),
                isNew(contents.group.displayName, key: "displayName", of: "group", groupPaths, in: file)
            else { continue }
            groupPaths[NameKey(contents.group.displayName)] = file.path
            paths[contents.group.id] = file.path
            added.append((file, contents))
        }
        var groupIDs: [NameKey: String] = [:]
        for (_, contents) in added { groupIDs[NameKey(contents.group.displayName)] = contents.group.id }
        let groups = added.map { file, contents in
            (file: file, contents: contents, group: members(of: contents, file, groupIDs))
        }
        // Whoever is added later takes an unresolved name that is the same as theirs, so that those who list some go last.
        for (file, _, group) in groups where group.unresolved.isEmpty { apply(.createGroup(group), file, at: nil) }
        for (file, _, group) in groups where !group.unresolved.isEmpty { apply(.createGroup(group), file, at: nil) }
        for (file, contents, group) in groups {
            for name in contents.groups {
                guard let nested = groupIDs[NameKey(name.value)] else { continue }
                apply(.changeGroup(id: group.id, GroupChange(joining: [.group(nested)])), file, at: name.place)
            }
        }
    }

    /// The group with its people; names that nobody has are kept as they are, and warned about.
    private mutating func members(
        of contents: GroupFile.Contents,
        _ file: RecordFileContents,
        _ groupIDs: [NameKey: String]
    ) -> Group {
        var ids: [String] = []
        ids.reserveCapacity(contents.members.count)
        var unresolved = UnresolvedMembers()
        for name in contents.members {
            if let user = directory.user(named: name.value) {
                ids.append(user.id)
            } else {
                unresolved.users.append(name.value)
                warn("no user is called \"\(name.value)\"; the name is kept", in: file, at: name.place)
            }
        }
        for name in contents.groups where groupIDs[NameKey(name.value)] == nil {
            unresolved.groups.append(name.value)
            warn("no group is called \"\(name.value)\"; the name is kept", in: file, at: name.place)
        }
        return Group(
            id: contents.group.id,
            created: contents.group.created,
            attributes: contents.group.attributes,
            members: ids,
            unresolved: unresolved
        )
    }
}

extension DirectoryBuilder {
    private mutating func isNew(id: String, in file: RecordFileContents) -> Bool {
        guard let first = paths[id] else { return true }
        refuse("a second record with id \"\(id)\"; the first one is \(first)", in: file, at: place(of: "id", in: file))
        return false
    }

    private mutating func isNew(
        _ name: String,
        key: String,
        of kind: String,
        _ paths: [NameKey: String],
        in file: RecordFileContents
    ) -> Bool {
        guard let first = paths[NameKey(name)] else { return true }
        let message = "a second \(kind) with \(key) \"\(name)\"; the first one is \(first)"
        refuse(message, in: file, at: place(of: key, in: file))
        return false
    }

    private mutating func apply(_ mutation: Mutation, _ file: RecordFileContents, at place: Place?) {
        do throws(RosterError) {
            try directory.apply(mutation)
        } catch {
            // A circle of groups; everything else has been asked before. The group is there without the one that would
            // close the circle, so that its file must not be written over.
            refuse(Diagnostic(file: file.path, place: place, message: error.description))
        }
    }

    private mutating func refuse(_ message: String, in file: RecordFileContents, at place: Place?) {
        refuse(Diagnostic(file: file.path, place: place, message: message))
    }

    private mutating func refuse(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        if broken[diagnostic.file] == nil { broken[diagnostic.file] = diagnostic }
    }

    private mutating func warn(_ message: String, in file: RecordFileContents, at place: Place) {
        diagnostics.append(Diagnostic(severity: .warning, file: file.path, place: place, message: message))
    }

    /// Where a record's file states a value; looked for only when two records meet.
    private func place(of key: String, in file: RecordFileContents) -> Place? {
        guard case .mapping(let entries) = (try? Reader.read(file.bytes))?.content else { return nil }
        return entries.first { $0.key == key }?.value.place
    }
}

extension TreeContents {
    /// Takes in what the provisioned files hold.
    mutating func add(_ files: [RecordFileContents]) {
        var builder = DirectoryBuilder()
        builder.add(files)
        directory = builder.directory
        paths = builder.paths
        brokenFiles = builder.broken
        diagnostics += builder.diagnostics
    }
}
