internal import Access
internal import Roster
package import YAML

/// Notices people whom Dagster+ may know by another address than the tree: those whose userName is not their e-mail
/// address of type work, the classic trap of Entra's user principal names.
package enum IdentityCheck {
    /// One warning for all of them, because it is one decision; nil when there is nobody, or no target at Dagster+.
    package static func diagnostic(_ contents: TreeContents) -> Diagnostic? {
        let settings = contents.settings
        let target = settings.targets.first { if case .dagsterPlus = $0.kind { true } else { false } }
        guard let target else { return nil }
        let differing = contents.directory.users.filter { user in
            guard user.isActive, let email = user.email(ofType: "work") else { return false }
            return NameKey(email) != NameKey(user.userName)
        }
        guard let first = differing.min(by: { $0.userName < $1.userName }), let email = first.email(ofType: "work")
        else { return nil }
        let count = differing.count == 1 ? "1 person has" : "\(differing.count) people have"
        let taken = settings.identity == .userName ? "userName" : "e-mail address"
        let other = settings.identity == .userName ? ResolutionPolicy.Identity.workEmail : .userName
        return Diagnostic(
            severity: .warning,
            file: TreeLocation.settingsFile,
            place: target.place,
            message: "\(count) a userName that is not the e-mail address of type work, such as \"\(first.userName)\" "
                + "and \"\(email)\"; target \"\(target.name)\" takes the \(taken)",
            hint: "Dagster+ knows people by the address that they sign in with; if that is the other one, "
                + "set \"identity: {email: '\(other.rawValue)'}\""
        )
    }
}
