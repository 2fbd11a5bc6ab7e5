internal import Roster
internal import YAML

/// Finds the groups and users that files under `access/` name, and notes what has to be said about a name.
///
/// A name means whoever had it at the last apply, as long as they are provisioned: names are given by the identity
/// provider, and what a reviewed file gives must not go to somebody else with a name.
struct NameLookup {
    let directory: Directory
    let known: KnownNames
    /// The keys of moved names (``MovedName/key``) whose new holders are to be taken.
    let taking: Set<String>
    /// The names of everybody in the tree, of whom the directory may hold some.
    let userNames: () -> [String]
    private(set) var diagnostics: [Diagnostic] = []
    /// Names that somebody else has now.
    private(set) var moves: [NameMove] = []

    init(
        directory: Directory,
        known: KnownNames,
        taking: Set<String> = [],
        userNames: (() -> [String])? = nil
    ) {
        self.directory = directory
        self.known = known
        self.taking = taking
        self.userNames = userNames ?? { directory.users.map(\.userName) }
    }

    /// The group that had a name at the last apply, or that has it; the hint is for a name that was never known.
    mutating func group(_ name: Located<String>, in binding: Binding, hint: String? = nil) -> Group? {
        let holder = directory.group(named: name.value)
        guard let before = known.groups[NameKey(name.value)] else {
            if holder == nil {
                noteUnknown("group", name, among: directory.groups.map(\.displayName), binding, hint: hint)
            }
            return holder
        }
        let former = directory.group(id: before)
        let named = Found(former?.id, former?.displayName, holder: holder?.id)
        return isFormer(named, .group, name, binding) ? former : holder
    }

    /// The user who had a name at the last apply, or who has it, whether active or not.
    mutating func user(_ name: Located<String>, in binding: Binding) -> User? {
        let holder = directory.user(named: name.value)
        guard let before = known.users[NameKey(name.value)] else {
            if holder == nil { noteUnknown("user", name, among: userNames(), binding) }
            return holder
        }
        let former = directory.user(id: before)
        let named = Found(former?.id, former?.userName, holder: holder?.id)
        return isFormer(named, .user, name, binding) ? former : holder
    }

    /// The users who have a name or had it at the last apply; nothing is noted.
    func usersEverNamed(_ name: String) -> [User] {
        [directory.user(named: name), known.users[NameKey(name)].flatMap(directory.user(id:))].compactMap { $0 }
    }

    /// Whether a name is, or at the last apply was, that of a group.
    func hasKnownGroup(_ name: String) -> Bool {
        directory.group(named: name) != nil || known.groups[NameKey(name)] != nil
    }

    /// Notes something else about a binding.
    mutating func note(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}

/// A name that somebody else has now.
struct NameMove {
    var moved: MovedName
    /// The id of the new holder.
    var holder: String
    /// The file in which the name is written.
    var binding: Binding
}

/// Whom a name that was known leads to.
private struct Found {
    /// Who had it, if they are still provisioned, and what they are called now.
    var former: String?
    var formerName: String?
    /// Who has it.
    var holder: String?

    init(_ former: String?, _ formerName: String?, holder: String?) {
        self.former = former
        self.formerName = formerName
        self.holder = holder
    }
}

extension NameLookup {
    /// Decides between the one who had a name and the one who has it, and notes where they are not the same.
    private mutating func isFormer(
        _ found: Found,
        _ kind: MovedName.Kind,
        _ name: Located<String>,
        _ binding: Binding
    ) -> Bool {
        guard let former = found.former, let now = found.formerName else {
            if found.holder == nil { noteGone(kind, name, binding) } else { noteReuse(kind, name, binding) }
            return false
        }
        guard let holder = found.holder else {
            noteRename(kind, name, now: now, binding)
            return true
        }
        guard holder != former else { return true }
        var place = binding.bindingPlace
        place.place = name.place
        var moved = MovedName(
            kind: kind,
            name: name.value,
            formerNow: now,
            binding: binding.principal.description,
            place: place
        )
        moved.isTaken = moved.adoptionKeys.contains(where: taking.contains)
        moves.append(NameMove(moved: moved, holder: holder, binding: binding))
        noteMove(moved, binding)
        return !moved.isTaken
    }

    private mutating func noteMove(_ moved: MovedName, _ binding: Binding) {
        let other = "\(moved.kind) \"\(moved.name)\" is another one than at the last apply"
        let message =
            moved.isTaken
            ? "\(other), and is taken; the former one is called \"\(moved.formerNow)\" now"
            : "\(other) and gets nothing from this file; the former one is called \"\(moved.formerNow)\" now and is followed"
        let hint = moved.isTaken ? nil : "write \(Writer.scalar(moved.formerNow)); or --adopt takes the other one"
        note(binding.warning(message, at: moved.place.place, hint: hint))
    }

    /// Whoever had the name is gone: made anew under it, it is the one that the file means.
    private mutating func noteReuse(_ kind: MovedName.Kind, _ name: Located<String>, _ binding: Binding) {
        let message =
            "\(kind) \"\(name.value)\" is another one than at the last apply; the former one is no longer provisioned"
        note(binding.warning(message, at: name.place))
    }

    private mutating func noteRename(
        _ kind: MovedName.Kind,
        _ name: Located<String>,
        now: String,
        _ binding: Binding
    ) {
        let message = "\(kind) \"\(name.value)\" is called \"\(now)\" now and is followed"
        note(binding.warning(message, at: name.place, hint: "write \(Writer.scalar(now))"))
    }

    private mutating func noteGone(_ kind: MovedName.Kind, _ name: Located<String>, _ binding: Binding) {
        let message = "\(kind) \"\(name.value)\" is no longer provisioned and gives nothing"
        note(binding.warning(message, at: name.place, hint: "remove the name if that is meant"))
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
