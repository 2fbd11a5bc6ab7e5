internal import Access
internal import Git
internal import Roster
internal import YAML

/// What people wrote, on both sides.
struct SlicedAccess: Sendable {
    var settings: Settings
    var before: AccessFiles
    var after: AccessFiles

    subscript(side: TreeSlice.Side) -> AccessFiles { side == .before ? before : after }
}

extension TreeSlice {
    /// Reads the settings and every file under `access/`, and with them the records that changed.
    mutating func readAccess() async throws -> SlicedAccess? {
        let listed = try await repository.entries(of: commit, under: [TreeLocation.settingsFile, "access"])
        guard listed.allSatisfy({ $0.kind == .file }) else { return nil }
        let settingsEntry = listed.first { $0.path == TreeLocation.settingsFile }
        let entries = listed.filter { $0.path != TreeLocation.settingsFile }
        let sides = Side.allCases.map { files(entries, on: $0, under: "access/") }
        let changed = changes.flatMap { [$0.before, $0.after] }.compactMap { $0 }
        try await load(listed.map(\.object) + sides.flatMap(\.values) + changed)
        guard let settingsEntry, let settings = bytes[settingsEntry.object].flatMap({ Settings.read($0).settings }),
            settings.identity == .userName, entries.allSatisfy({ Self.isAccess($0.path) })
        else { return nil }
        let read = sides.map { files in
            AccessFiles.read(
                files.filter { Self.isAccess($0.key) }.compactMap { path, object in
                    bytes[object].map { (path: path, bytes: $0) }
                }
            )
        }
        guard read.allSatisfy({ $0.diagnostics.allSatisfy { $0.severity != .error } }) else { return nil }
        let (before, after) = (read[0].access, read[1].access)
        guard before.roles == after.roles else { return nil }
        // Who holds an app role stands in everybody's record.
        guard after.bindings(changedFrom: before).allSatisfy(\.appRoles.isEmpty) else { return nil }
        return SlicedAccess(settings: settings, before: before, after: after)
    }

    private static func isAccess(_ path: String) -> Bool {
        TreeLocation(path: path, layout: nil) == .access
    }

    /// The userNames that files under `access/` use.
    func peopleNamed(in access: SlicedAccess) -> Set<NameKey> {
        NamesInUse(access.before).users.union(NamesInUse(access.after).users)
    }
}
