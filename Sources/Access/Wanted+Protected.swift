internal import Roster
internal import YAML

extension Wanted {
    /// Takes over whom `access/protected.yaml` protects, under every name that they have or had, and says what looks like
    /// a typing mistake: a name that is nobody's protects nobody.
    mutating func protect(
        _ protected: Protected,
        identity: ResolutionPolicy.Identity,
        _ names: NameLookup
    ) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for name in protected.users {
            // Whom nobody provisions, such as an account for emergencies, is protected by the address itself.
            protectedUsers.insert(ResolutionPolicy.Identity.key(ofEmail: name.value))
            let found = names.usersEverNamed(name.value)
            protectedUsers.formUnion(found.compactMap(identity.key))
            guard found.isEmpty else { continue }
            let others = names.userNames().sorted()
            if let other = Suggestion.closest(to: name.value, among: others) {
                diagnostics.append(.doubtful("user", name, other))
            }
        }
        for name in protected.teams {
            protectedTeams.insert(name.value)
            guard teams[name.value] == nil else { continue }
            let later = teams.values.filter { $0.previously.contains(name.value) }.map(\.name).sorted()
            protectedTeams.formUnion(later)
            if let now = later.first {
                diagnostics.append(.former(name, now))
            } else if let other = Suggestion.closest(to: name.value, among: teams.keys.sorted()) {
                diagnostics.append(.doubtful("team", name, other))
            }
        }
        return diagnostics
    }
}

extension Diagnostic {
    fileprivate static func doubtful(_ kind: String, _ name: Located<String>, _ other: String) -> Diagnostic {
        Diagnostic(
            severity: .warning,
            file: AccessFiles.protectedFile,
            place: name.place,
            message: "the tree has no \(kind) \"\(name.value)\" to protect",
            hint: "did you mean \"\(other)\"?"
        )
    }

    fileprivate static func former(_ name: Located<String>, _ now: String) -> Diagnostic {
        Diagnostic(
            severity: .warning,
            file: AccessFiles.protectedFile,
            place: name.place,
            message: "\"\(name.value)\" is a former name of team \"\(now)\", which is protected, too",
            hint: "write \(Writer.scalar(now))"
        )
    }
}
