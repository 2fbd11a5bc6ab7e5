package import Access
package import Roster
internal import Synchronization
package import YAML

/// A tree as it was read, with everything that is wrong with it.
///
/// What could not be read is left out and named in the diagnostics; as long as one of them is an error, the tree is not
/// valid, and only what serves a person or keeps the endpoint running may be done with the rest.
package struct TreeContents: Sendable {
    /// The settings; their defaults, without any target, when the file has an error.
    package var settings: Settings
    /// The records that could be read.
    package var directory: Directory
    /// What people wrote under `access/`.
    package var access: AccessFiles
    /// By file and place.
    package var diagnostics: [Diagnostic]
    /// The file of each record in the directory, as it was before it was read; people's first.
    package var states: [RecordState] { files.states }
    private var files: FilesByID
    /// The provisioned files whose record is not in the directory, or not as the file has it, with the first error of
    /// each; and every path under `provisioned/` that stands there as no record's file may.
    package var brokenFiles: [String: Diagnostic]
    /// What hides any number of records, so that whoever is not in the directory may be there all the same.
    ///
    /// A folder of records that is a link, a file or a repository of its own; and all files, when none of them stands as
    /// the layout has it.
    package var folderFaults: [Diagnostic]

    /// Joins what was read.
    package init(
        settings: Settings = Settings(targets: []),
        directory: Directory = Directory(),
        access: AccessFiles = AccessFiles(),
        diagnostics: [Diagnostic] = [],
        paths: [String: String] = [:],
        brokenFiles: [String: Diagnostic] = [:],
        folderFaults: [Diagnostic] = []
    ) {
        self.settings = settings
        self.directory = directory
        self.access = access
        self.diagnostics = diagnostics
        files = FilesByID(paths.map { RecordState(id: $0, path: $1, tag: nil) })
        self.brokenFiles = brokenFiles
        self.folderFaults = folderFaults
    }
}

/// A record's file as the file system had it before it was read.
package struct RecordState: Sendable {
    /// The record's id.
    package var id: String
    /// Relative to the tree.
    package var path: String
    /// What it was known by; nil of one that comes from a commit.
    package var tag: ContentTag?
}

extension TreeContents {
    /// The file of each record in the directory, by its id.
    package var paths: [String: String] { files.paths }

    /// Takes the files of all records; no two of them are one record's.
    mutating func take(_ states: [RecordState]) { files = FilesByID(states) }
}

/// Files of records, to be asked by id when somebody does so.
private final class FilesByID: Sendable {
    let states: [RecordState]
    private let made = Mutex<[String: String]?>(nil)

    init(_ states: [RecordState]) { self.states = states }

    var paths: [String: String] {
        made.withLock { made in
            if let made { return made }
            let paths = Dictionary(states.map { ($0.id, $0.path) }) { first, _ in first }
            made = paths
            return paths
        }
    }
}

extension TreeContents {
    /// Whether nothing is wrong beyond warnings.
    package var isValid: Bool { !diagnostics.contains { $0.severity == .error } }
}
