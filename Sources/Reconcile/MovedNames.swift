internal import Access
internal import Roster
internal import YAML

// Names in files that other people or groups have now than at the last apply.
extension Draft {
    /// Holds back what the new holders of names would gain: whoever renames people must not give away their access.
    mutating func holdMovedNames() {
        for moved in input.wanted.movedNames where !moved.isTaken && !moved.gaining.isEmpty {
            held.append(HeldItem(.name(moved), cause: .nameMoved, reasons: [moved.place.description]))
        }
    }

    /// Says which names in `access/protected.yaml` are former ones, or nobody's at all.
    func protectionNotes() -> [Diagnostic] {
        let listed = input.access.protected
        let protected = protected
        let teams = listed.teams.compactMap { name -> Diagnostic? in
            if let now = protected.renamedTeams.filter({ $0.value == name.value }).keys.min() {
                // Resolving the names has said what stands under "previously".
                guard input.wanted.teams[now]?.previously.contains(name.value) != true else { return nil }
                return note("team \"\(name.value)\" is called \"\(now)\" now, and is still protected", name, now)
            }
            guard input.wanted.teams[name.value] == nil, live.teams[name.value] == nil else { return nil }
            guard Suggestion.closest(to: name.value, among: input.wanted.teams.keys) == nil else { return nil }
            return note("neither the tree nor target \"\(input.target)\" has a team \"\(name.value)\"", name)
        }
        let users = listed.users.compactMap { name -> Diagnostic? in
            let key = ResolutionPolicy.Identity.key(ofEmail: name.value)
            let isKnown = input.directory.user(named: name.value) != nil || live.users[key] != nil
            guard !isKnown, input.record?.names.users[NameKey(name.value)] == nil,
                Suggestion.closest(to: name.value, among: userNames) == nil
            else { return nil }
            return note("neither the tree nor target \"\(input.target)\" has a user \"\(name.value)\"", name)
        }
        return teams + users
    }

    private var userNames: [String] { input.userNames?() ?? input.directory.users.map(\.userName) }

    private func note(_ message: String, _ name: Located<String>, _ now: String? = nil) -> Diagnostic {
        Diagnostic(
            severity: .warning,
            file: AccessFiles.protectedFile,
            place: name.place,
            message: message,
            hint: now.map { "write \(Writer.scalar($0))" }
        )
    }
}
