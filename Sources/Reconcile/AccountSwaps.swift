internal import Access
internal import Roster
internal import YAML

/// Compares who people are with who they were: by the directory's id and `created`, not by name alone.
enum AccountSwaps {
    /// Errors for ids that changed in a file whose `created` did not; warnings for names that another person has now.
    static func diagnostics(_ input: PlanInput) -> [Diagnostic] {
        guard let record = input.record else { return [] }
        let recorded = record.users.values.map { ($0.id, $0.created) }
        let createdByID = Dictionary(recorded, uniquingKeysWith: { first, _ in first })
        return input.wanted.users.compactMap { key, user in
            guard let recorded = record.users[key], recorded.id != user.userID else { return nil }
            let created = input.directory.user(id: user.userID)?.created
            // A known person who was renamed brings the own `created` along.
            let isRenamed = createdByID[user.userID].map { $0 == created } ?? false
            let isSwapped = created == recorded.created && !isRenamed
            return diagnostic(key, was: recorded.id, user, in: input, isSwapped: isSwapped)
        }.sorted()
    }

    private static func diagnostic(
        _ key: String,
        was id: String,
        _ user: WantedUser,
        in input: PlanInput,
        isSwapped: Bool
    ) -> Diagnostic {
        let file = input.provenance.files[user.userID] ?? "provisioned/users"
        guard isSwapped else {
            return Diagnostic(
                severity: .warning,
                file: file,
                place: nil,
                message: "\"\(key)\" is another person now: id \"\(user.userID)\", was \"\(id)\""
            )
        }
        return Diagnostic(
            file: file,
            place: nil,
            message: "the id of \"\(key)\" changed from \"\(id)\" to \"\(user.userID)\", its \"created\" did not",
            hint: "write the old id again; a new account has a \"created\" of its own"
        )
    }
}
