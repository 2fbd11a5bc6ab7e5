internal import Roster
internal import YAML

/// Finds the groups and users that files under `access/` name, and notes what has to be said about a name.
struct NameLookup {
    let directory: Directory
    let known: KnownNames
    private(set) var diagnostics: [Diagnostic] = []

    init(directory: Directory, known: KnownNames) {
        self.directory = directory
        self.known = known
    }

    /// The group of a name, or the one that had it at the last apply; the hint is for a name that was never known.
    mutating func group(_ name: Located<String>, in binding: Binding, hint: String? = nil) -> Group? {
        let before = known.groups[NameKey(name.value)]
        if let group = directory.group(named: name.value) {
            let former = before.flatMap(directory.group(id:))?.displayName
            noteReuse("group", name, was: former, id: group.id, before, binding)
            return group
        }
        guard let before else {
            noteUnknown("group", name, among: directory.groups.map(\.displayName), binding, hint: hint)
            return nil
        }
        let group = directory.group(id: before)
        noteChange("group", name, now: group?.displayName, binding)
        return group
    }

    /// The user of a name, or the one who had it at the last apply, whether active or not.
    mutating func user(_ name: Located<String>, in binding: Binding) -> User? {
        let before = known.users[NameKey(name.value)]
        if let user = directory.user(named: name.value) {
            let former = before.flatMap(directory.user(id:))?.userName
            noteReuse("user", name, was: former, id: user.id, before, binding)
            return user
        }
        guard let before else {
            noteUnknown("user", name, among: directory.users.map(\.userName), binding)
            return nil
        }
        let user = directory.user(id: before)
        noteChange("user", name, now: user?.userName, binding)
        return user
    }

    /// The user of a name, or the one who had it at the last apply; nothing is noted.
    func userFollowingRenames(_ name: String) -> User? {
        directory.user(named: name) ?? known.users[NameKey(name)].flatMap(directory.user(id:))
    }

    /// Whether a name is, or at the last apply was, that of a group.
    func hasKnownGroup(_ name: String) -> Bool {
        directory.group(named: name) != nil || known.groups[NameKey(name)] != nil
    }

    /// Notes something else about a binding.
    mutating func note(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}

extension NameLookup {
    /// A name that went from one record to another is the other's now: that is what people read in the files.
    private mutating func noteReuse(
        _ kind: String,
        _ name: Located<String>,
        was: String?,
        id: String,
        _ before: String?,
        _ binding: Binding
    ) {
        guard let before, before != id else { return }
        let former = was.map { "the former one is called \"\($0)\" now" } ?? "the former one is no longer provisioned"
        let message = "\(kind) \"\(name.value)\" is another one than at the last apply; \(former)"
        note(binding.warning(message, at: name.place))
    }

    private mutating func noteChange(_ kind: String, _ name: Located<String>, now: String?, _ binding: Binding) {
        if let now {
            note(
                binding.warning(
                    "\(kind) \"\(name.value)\" is called \"\(now)\" now and is followed",
                    at: name.place,
                    hint: "write \(Writer.scalar(now))"
                )
            )
        } else {
            note(
                binding.warning(
                    "\(kind) \"\(name.value)\" is no longer provisioned and gives nothing",
                    at: name.place,
                    hint: "remove the name if that is meant"
                )
            )
        }
    }

    private mutating func noteUnknown(
        _ kind: String,
        _ name: Located<String>,
        among names: [String],
        _ binding: Binding,
        hint: String? = nil
    ) {
        let suggestion = Suggestion.closest(to: name.value, among: names.sorted())
        note(
            binding.error(
                "no \(kind) is called \"\(name.value)\"",
                at: name.place,
                hint: suggestion.map { "did you mean \"\($0)\"?" } ?? hint
            )
        )
    }
}
