/// What a principal may do at one scope: one of Dagster+'s built-in roles, or an organisation's own by its name.
package enum Role: Hashable, Sendable {
    case catalogViewer
    case viewer
    case launcher
    case editor
    case admin
    case custom(String)
}

extension Role {
    /// The built-in roles from least to most.
    package static let builtIn: [Role] = [.catalogViewer, .viewer, .launcher, .editor, .admin]

    /// The role of a name: a built-in one where the name is one, else a custom role, whether or not there is one.
    package init(name: String) {
        self = Self.builtIn.first { $0.name == name } ?? .custom(name)
    }

    /// The name as files and reports write it.
    package var name: String {
        switch self {
        case .catalogViewer: "catalog_viewer"
        case .viewer: "viewer"
        case .launcher: "launcher"
        case .editor: "editor"
        case .admin: "admin"
        case .custom(let name): name
        }
    }

    /// Where a built-in role stands, from 0; nil for a custom role, which stands beside them.
    package var rank: Int? { Self.builtIn.firstIndex(of: self) }

    /// Whether whoever holds this role can do everything that the other one gives.
    ///
    /// Built-in roles compare by rank, and `admin` covers everything. How a custom role compares is not documented;
    /// it covers itself and `viewer`, because Dagster+ gives everybody who has any role on a deployment at least that.
    package func isAtLeast(_ other: Role) -> Bool {
        switch (rank, other.rank) {
        case (let rank?, let otherRank?): rank >= otherRank
        case (nil, _?): other == .viewer || other == .catalogViewer
        case (_?, nil): self == .admin
        case (nil, nil): self == other
        }
    }
}

extension Role: Comparable {
    /// Built-in roles from least to most, then custom ones by name: an order to print in, not one of power.
    package static func < (left: Role, right: Role) -> Bool {
        switch (left.rank, right.rank) {
        case (let left?, let right?): left < right
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): left.name < right.name
        }
    }
}

extension Role: CustomStringConvertible {
    /// The role's name.
    package var description: String { name }
}
