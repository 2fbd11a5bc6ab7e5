internal import Roster
internal import YAML

/// Finds what people changed under `access/`: by what the files say, wherever they stand.
struct AccessFileDifference {
    private let old: AccessFiles
    private let new: AccessFiles

    init(_ old: AccessFiles, _ new: AccessFiles) {
        self.old = old
        self.new = new
    }

    /// Teams and people by file, then roles, then who is protected.
    var objects: [ObjectDifference] { bindings + roles + protected }

    private var bindings: [ObjectDifference] {
        let before = Dictionary(old.bindings.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.bindings.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
        // A team under a former name is the same team.
        let renamed = new.bindings.flatMap { binding in
            binding.previously.map { (Binding.Principal.team($0.value).description.lowercased(), key(binding)) }
        }.filter { before[$0.0] != nil && before[$0.1] == nil }
        let formerKeys = Dictionary(renamed.map { ($0.1, $0.0) }, uniquingKeysWith: { first, _ in first })
        let gone = Set(formerKeys.values)
        let removed = before.filter { after[$0.key] == nil && !gone.contains($0.key) }.map { key, binding in
            object(binding, .removed, (binding.grants ?? []).map { "- \(Self.words($0))" })
        }
        let others = after.compactMap { key, binding -> ObjectDifference? in
            guard let former = before[key] ?? formerKeys[key].flatMap({ before[$0] }) else {
                return object(binding, .created, (binding.grants ?? []).map { "+ \(Self.words($0))" })
            }
            let details = BindingDifference(former, binding).details
            return details.isEmpty ? nil : object(binding, .changed, details)
        }
        return (removed + others).sorted { ($0.file, $0.name) < ($1.file, $1.name) }
    }

    private func key(_ binding: Binding) -> String { binding.principal.description.lowercased() }

    private func object(
        _ binding: Binding,
        _ action: ObjectDifference.Action,
        _ details: [String]
    ) -> ObjectDifference {
        let kind = if case .team = binding.principal { "team file" } else { "user file" }
        return ObjectDifference(
            kind: kind,
            name: binding.principal.name,
            action: action,
            details: details,
            file: binding.file
        )
    }

    private var roles: [ObjectDifference] {
        Set(old.roles.keys).union(new.roles.keys).sorted().compactMap { name in
            let (before, after) = (old.roles[name], new.roles[name])
            var details: [String] = []
            let gained = (after?.permissions ?? []).subtracting(before?.permissions ?? []).sorted()
            let lost = (before?.permissions ?? []).subtracting(after?.permissions ?? []).sorted()
            details += gained.map { "+ \($0)" } + lost.map { "- \($0)" }
            if let before, let after {
                if before.scope != after.scope { details.append("scope: \(before.scope) -> \(after.scope)") }
                if before.description != after.description { details.append("description") }
                if before.icon != after.icon { details.append("icon") }
                guard !details.isEmpty else { return nil }
            }
            return ObjectDifference(
                kind: "role",
                name: name,
                action: before == nil ? .created : after == nil ? .removed : .changed,
                details: details,
                file: AccessFiles.rolesFile
            )
        }
    }

    private var protected: [ObjectDifference] {
        let details =
            BindingDifference.names("user", old.protected.users, new.protected.users)
            + BindingDifference.names("team", old.protected.teams, new.protected.teams)
        guard !details.isEmpty else { return [] }
        return [
            ObjectDifference(
                kind: "protected",
                name: "who is never removed or lowered",
                action: .changed,
                details: details,
                file: AccessFiles.protectedFile
            )
        ]
    }

    /// `prod: viewer, finance editor, until 2027-01-31`.
    static func words(_ rule: GrantRule) -> String {
        let overrides = rule.grant.locations.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }.joined()
        let end = rule.expires.map { ", until \($0)" } ?? ""
        return "\(AccessPoint(rule.grant.scope)): \(rule.grant.role)\(overrides)\(end)"
    }
}

extension AccessFiles {
    /// The files of principals that hold or take another thing than in other files, in both versions; one that only
    /// moved is none of them.
    package func bindings(changedFrom old: AccessFiles) -> [Binding] {
        let sides = [old.bindings, bindings].map { bindings in
            Dictionary(
                bindings.map { ($0.principal.description.lowercased(), $0) },
                uniquingKeysWith: { first, _ in first }
            )
        }
        return Set(sides[0].keys).union(sides[1].keys).flatMap { key -> [Binding] in
            let (before, after) = (sides[0][key], sides[1][key])
            if var before, let after {
                before.file = after.file
                if BindingDifference(before, after).details.isEmpty { return [] }
            }
            return [before, after].compactMap { $0 }
        }
    }
}
