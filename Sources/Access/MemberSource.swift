/// What makes a person a member of a team.
package enum MemberSource: Hashable, Sendable {
    /// A provisioned group: the names of the groups from the one that the team takes to the one that lists the person.
    case group(path: [String])
    /// The file's own `users:` list.
    case listed(BindingPlace)
    /// A value of SCIM's `roles` that the person holds.
    case appRole(String)
}

extension MemberSource: Comparable {
    /// Groups first, shorter paths before longer ones, then lists, then app roles.
    package static func < (left: MemberSource, right: MemberSource) -> Bool {
        switch (left, right) {
        case (.group(let left), .group(let right)):
            left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
        case (.listed(let left), .listed(let right)): (left.file, left.place) < (right.file, right.place)
        case (.appRole(let left), .appRole(let right)): left < right
        default: left.kind < right.kind
        }
    }

    private var kind: Int {
        switch self {
        case .group: 0
        case .listed: 1
        case .appRole: 2
        }
    }
}

extension MemberSource: CustomStringConvertible {
    /// `group "Data Platform" > "On Call"`, `access/data-platform.yaml:5:9`, `app role "Dagster.Editor"`.
    package var description: String {
        switch self {
        case .group(let path): "group " + path.map { "\"\($0)\"" }.joined(separator: " > ")
        case .listed(let place): place.description
        case .appRole(let value): "app role \"\(value)\""
        }
    }
}
