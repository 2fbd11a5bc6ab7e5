package import Roster

/// One of two states of a tree that are compared: what it holds, and what it asks for.
package struct TreeSide: Sendable {
    package var wanted: Wanted
    package var access: AccessFiles
    package var directory: Directory
    /// The files of records by id.
    package var paths: [String: String]

    /// Joins the parts.
    package init(wanted: Wanted, access: AccessFiles, directory: Directory, paths: [String: String]) {
        self.wanted = wanted
        self.access = access
        self.directory = directory
        self.paths = paths
    }
}

extension TreeSide {
    /// The key of each active person by record id.
    var keys: [String: String] {
        Dictionary(wanted.users.map { ($1.userID, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
