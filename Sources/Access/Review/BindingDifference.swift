internal import YAML

/// Finds what is another thing in one file under `access/`, in a few words each.
struct BindingDifference {
    private let old: Binding
    private let new: Binding

    init(_ old: Binding, _ new: Binding) {
        self.old = old
        self.new = new
    }

    var details: [String] {
        var details: [String] = []
        if old.principal != new.principal { details.append("was \(old.principal)") }
        if old.file != new.file { details.append("moved from \(old.file)") }
        details += grants + groups
        details += Self.names("user", old.users, new.users) + Self.names("app role", old.appRoles, new.appRoles)
        details += Self.names("former name", old.previously, new.previously)
        if old.owner?.value != new.owner?.value {
            details.append("owner: \(old.owner?.value ?? "none") -> \(new.owner?.value ?? "none")")
        }
        if old.reason != new.reason { details.append("reason: \(old.reason ?? "none") -> \(new.reason ?? "none")") }
        return details
    }

    private var grants: [String] {
        switch (old.grants, new.grants) {
        case (nil, nil): return []
        case (nil, let rules?): return ["grants are managed now"] + rules.map { "+ \(AccessFileDifference.words($0))" }
        case (let rules?, nil):
            return ["grants are no longer managed"] + rules.map { "- \(AccessFileDifference.words($0))" }
        case (let old?, let new?):
            let before = Dictionary(old.map { ($0.grant.scope, $0) }, uniquingKeysWith: { first, _ in first })
            let after = Dictionary(new.map { ($0.grant.scope, $0) }, uniquingKeysWith: { first, _ in first })
            return Set(before.keys).union(after.keys).sorted().compactMap { scope in
                let words = (
                    before[scope].map(AccessFileDifference.words), after[scope].map(AccessFileDifference.words)
                )
                switch words {
                case (let was?, let now?): return was == now ? nil : "~ \(was) -> \(now)"
                case (nil, let now?): return "+ \(now)"
                case (let was?, nil): return "- \(was)"
                case (nil, nil): return nil
                }
            }
        }
    }

    private var groups: [String] {
        guard (old.groups == nil) != (new.groups == nil) else {
            return Self.names("group", old.groups ?? [], new.groups ?? [])
        }
        let listed = (new.groups ?? []).map(\.value).joined(separator: ", ")
        return [new.groups == nil ? "groups: that of the team's name" : "groups: \(listed.isEmpty ? "none" : listed)"]
    }

    /// What a list has gained and lost; letter case and order mean nothing.
    static func names(_ kind: String, _ old: [Located<String>], _ new: [Located<String>]) -> [String] {
        let before = Set(old.map { $0.value.lowercased() })
        let after = Set(new.map { $0.value.lowercased() })
        return new.filter { !before.contains($0.value.lowercased()) }.map { "+ \(kind) \($0.value)" }
            + old.filter { !after.contains($0.value.lowercased()) }.map { "- \(kind) \($0.value)" }
    }
}
