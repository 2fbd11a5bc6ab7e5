/// The two kinds of record that are provisioned, each with a folder of its own.
package enum RecordKind: String, Hashable, Sendable, CaseIterable {
    case user
    case group
}

extension RecordKind {
    /// The folder of all records, relative to the tree.
    package static let root = "provisioned"

    /// The folder of the kind's files, relative to the tree.
    package var folder: String {
        switch self {
        case .user: "provisioned/users"
        case .group: "provisioned/groups"
        }
    }
}
