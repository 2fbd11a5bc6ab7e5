internal import HashTreeCollections
internal import Roster
internal import YAML

/// A record's file as somebody else left it, and what that changes.
///
/// What they changed is the difference to the file as it was written last; whatever was answered since then stands on
/// top of it, attribute by attribute and member by member.
struct OutsideEdit: Sendable {
    private enum Content: Sendable {
        case user(User)
        case group(Group, held: Set<Member>)
    }

    let id: String
    private let content: Content
    /// The directory as the files had it.
    private let written: Directory

    /// Reads the edited file of a record.
    ///
    /// - Throws: ``StoreError/broken(_:)`` for a file that cannot be read or is no longer this record's.
    init(path: String, bytes: [UInt8], of id: String, written: Directory) throws(StoreError) {
        self.id = id
        self.written = written
        if written.user(id: id) != nil {
            let (user, diagnostics) = UserFile.read(bytes, file: path)
            guard let user else { throw Self.broken(path, diagnostics) }
            try Self.check(user.id, is: id, path: path)
            content = .user(user)
        } else {
            let (contents, diagnostics) = GroupFile.read(bytes, file: path)
            guard let contents else { throw Self.broken(path, diagnostics) }
            try Self.check(contents.group.id, is: id, path: path)
            let users = contents.members.compactMap { written.user(named: $0.value).map { Member.user($0.id) } }
            let groups = contents.groups.compactMap { written.group(named: $0.value).map { Member.group($0.id) } }
            content = .group(contents.group, held: Set(users + groups))
        }
    }

    /// The change that the edit makes of the record as it is now; nil when the record is gone.
    func mutation(in now: Directory) -> Mutation? {
        switch content {
        case .user(let edited):
            guard let record = now.user(id: id), let base = written.user(id: id) else { return nil }
            let theirs = Assignments(from: base.attributes, to: edited.attributes)
            let ours = Assignments(from: base.attributes, to: record.attributes)
            return .changeUser(id: id, theirs.without(ours))
        case .group(let edited, let held):
            guard let record = now.group(id: id), let base = written.group(id: id) else { return nil }
            let before = Set(base.members.map(Member.user) + base.groups.map(Member.group))
            let theirs = Assignments(from: base.attributes, to: edited.attributes)
            let ours = Assignments(from: base.attributes, to: record.attributes)
            return .changeGroup(
                id: id,
                GroupChange(
                    assignments: theirs.without(ours),
                    joining: held.subtracting(before).filter { now.member(id: $0.id) == $0 },
                    leaving: before.subtracting(held)
                )
            )
        }
    }

    private static func broken(_ path: String, _ diagnostics: [Diagnostic]) -> StoreError {
        let problem = diagnostics.first { $0.severity == .error }
        return .broken(problem ?? Diagnostic(file: path, place: nil, message: "the file is no record"))
    }

    private static func check(_ found: String, is id: String, path: String) throws(StoreError) {
        guard found != id else { return }
        let message = "the id is \"\(found)\" now and was \"\(id)\""
        throw .broken(Diagnostic(file: path, place: nil, message: message, hint: "restore the id"))
    }
}

extension Assignments {
    /// The assignments of attributes that others do not assign.
    fileprivate func without(_ others: Assignments) -> Assignments {
        Assignments(values.filter { others.values[$0.key] == nil })
    }
}
