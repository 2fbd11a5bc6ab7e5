internal import Roster
package import YAML

/// What moves every record's file to where another layout has it: the moves, and the settings that say so.
package struct Resharding: Sendable {
    /// A file that moves; paths are relative to the tree.
    package struct Move: Hashable, Sendable {
        package var from: String
        package var to: String
    }

    /// By the new path.
    package var moves: [Move]
    /// The settings with the new layout; comments and all else stay.
    package var settings: [UInt8]

    /// Decides what moves where; nothing is written.
    ///
    /// - Parameters:
    ///   - contents: a valid tree.
    ///   - settings: the settings' file.
    ///   - layout: how records' files are to lie.
    /// - Throws: ``Diagnostic`` for settings that cannot be edited without a loss.
    package init(of contents: TreeContents, settings: [UInt8], to layout: Layout) throws(Diagnostic) {
        self.settings = try SettingsEdit(settings).setting(layout)
        var taken: Set<String> = []
        moves = []
        for (id, path) in contents.paths.sorted(by: { $0.value < $1.value }) {
            guard let record = contents.directory.named(id) else { continue }
            // A file whose name has a suffix keeps it.
            let file = path.split(separator: "/").last.map(String.init) ?? path
            let current = layout.folder(of: record.kind, id: id) + "/" + file
            let new = layout.path(
                of: record.kind,
                id: id,
                name: record.name,
                current: taken.contains(current) ? nil : current,
                isTaken: taken.contains
            )
            taken.insert(new)
            if new != path { moves.append(Move(from: path, to: new)) }
        }
        moves.sort { $0.to < $1.to }
    }
}

extension Directory {
    /// What a record is, and what it is called.
    fileprivate func named(_ id: String) -> (kind: RecordKind, name: String)? {
        switch member(id: id) {
        case .user: user(id: id).map { (.user, $0.userName) }
        case .group: group(id: id).map { (.group, $0.displayName) }
        case nil: nil
        }
    }
}
