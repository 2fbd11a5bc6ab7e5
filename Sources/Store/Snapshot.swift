package import HashTreeCollections
package import Roster
package import YAML

/// What readers see: a state that the directory had at one moment, which no later change touches.
package struct Snapshot: Sendable {
    package internal(set) var directory: Directory
    /// When each record's file was last written, by id.
    package internal(set) var modified: TreeDictionary<String, Timestamp>
    package internal(set) var broken: BrokenFiles

    init(directory: Directory, modified: TreeDictionary<String, Timestamp>, broken: BrokenFiles) {
        self.directory = directory
        self.modified = modified
        self.broken = broken
    }
}

/// Provisioned files that cannot be read, and what is known of their records all the same.
package struct BrokenFiles: Hashable, Sendable {
    /// What is wrong, by path relative to the tree.
    package var problems: [String: Diagnostic]
    /// Paths of files whose record is served as it was when it last could be read, by that record's id.
    package var keptIDs: [String: String]

    package init(problems: [String: Diagnostic] = [:], keptIDs: [String: String] = [:]) {
        self.problems = problems
        self.keptIDs = keptIDs
    }

    /// Files of whose records nothing is known: whoever is not found may stand in one of them, and must not be
    /// created twice.
    package var unknown: [Diagnostic] {
        let kept = Set(keptIDs.values)
        return problems.filter { !kept.contains($0.key) }.map(\.value).sorted()
    }
}
