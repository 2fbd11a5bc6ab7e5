internal import HashTreeCollections
internal import Roster
internal import YAML

/// A record's file as somebody else left it while answered changes of the record wait for the file.
///
/// What they changed is the difference to the file as it was written last; whatever was answered since then stands on
/// top of it, attribute by attribute and member by member.
struct OutsideEdit: Sendable {
    /// The directory as the files had it.
    let base: Directory
    /// The directory as it is now.
    let now: Directory

    /// The change that an edit makes of a person; nil when the record is gone.
    func mutation(_ edited: User) -> Mutation? {
        guard let record = now.user(id: edited.id) else { return nil }
        let before = base.user(id: edited.id)?.attributes ?? record.attributes
        let theirs = Assignments(from: before, to: edited.attributes)
        let ours = Assignments(from: before, to: record.attributes)
        return .changeUser(id: edited.id, theirs.without(ours))
    }

    /// The change that an edit makes of a group; nil when the record is gone.
    func mutation(_ edited: GroupFile.Contents) -> Mutation? {
        let id = edited.group.id
        guard let record = now.group(id: id) else { return nil }
        let old = base.group(id: id) ?? record
        let before = Set(old.members.map(Member.user) + old.groups.map(Member.group))
        let held = Set(edited.members.compactMap { user($0.value) } + edited.groups.compactMap { group($0.value) })
        let theirs = Assignments(from: old.attributes, to: edited.group.attributes)
        let ours = Assignments(from: old.attributes, to: record.attributes)
        return .changeGroup(
            id: id,
            GroupChange(
                assignments: theirs.without(ours),
                joining: held.subtracting(before).filter { now.member(id: $0.id) == $0 },
                leaving: before.subtracting(held)
            )
        )
    }

    /// Who has a name that a file lists: by what is known now, or was when the file was written.
    private func user(_ name: String) -> Member? {
        (now.user(named: name) ?? base.user(named: name)).map { .user($0.id) }
    }

    private func group(_ name: String) -> Member? {
        (now.group(named: name) ?? base.group(named: name)).map { .group($0.id) }
    }
}

extension Assignments {
    /// The assignments of attributes that others do not assign.
    fileprivate func without(_ others: Assignments) -> Assignments {
        Assignments(values.filter { others.values[$0.key] == nil })
    }
}
