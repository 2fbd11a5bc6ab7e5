internal import HashTreeCollections
internal import Roster
internal import YAML

/// A record's file as somebody else left it, and what that changes.
struct OutsideEdit {
    let path: String
    let bytes: [UInt8]
    let directory: Directory

    /// The change that the edit makes of a record; nil for none.
    ///
    /// - Throws: ``StoreError/broken(_:)`` for a file that cannot be read or is no longer this record's.
    func mutation(of id: String) throws(StoreError) -> Mutation? {
        switch directory.member(id: id) {
        case .user: try userMutation(id)
        case .group: try groupMutation(id)
        case nil: nil
        }
    }

    private func userMutation(_ id: String) throws(StoreError) -> Mutation? {
        let (user, diagnostics) = UserFile.read(bytes, file: path)
        guard let user, let before = directory.user(id: id) else { throw broken(diagnostics) }
        try check(user.id, is: id)
        let assignments = Assignments(from: before.attributes, to: user.attributes)
        return assignments.isEmpty ? nil : .changeUser(id: id, assignments)
    }

    private func groupMutation(_ id: String) throws(StoreError) -> Mutation? {
        let (contents, diagnostics) = GroupFile.read(bytes, file: path)
        guard let contents, let before = directory.group(id: id) else { throw broken(diagnostics) }
        try check(contents.group.id, is: id)
        let users = contents.members.compactMap { directory.user(named: $0.value).map { Member.user($0.id) } }
        let groups = contents.groups.compactMap { directory.group(named: $0.value).map { Member.group($0.id) } }
        let after = Set(users + groups)
        let held = Set(before.members.map(Member.user) + before.groups.map(Member.group))
        let change = GroupChange(
            assignments: Assignments(from: before.attributes, to: contents.group.attributes),
            joining: after.subtracting(held),
            leaving: held.subtracting(after)
        )
        return change.isEmpty ? nil : .changeGroup(id: id, change)
    }

    private func broken(_ diagnostics: [Diagnostic]) -> StoreError {
        let problem = diagnostics.first { $0.severity == .error }
        return .broken(problem ?? Diagnostic(file: path, place: nil, message: "the file is no record"))
    }

    private func check(_ found: String, is id: String) throws(StoreError) {
        guard found != id else { return }
        let message = "the id is \"\(found)\" now and was \"\(id)\""
        throw .broken(Diagnostic(file: path, place: nil, message: message, hint: "restore the id"))
    }
}
