/// What a path in the tree is to dagroster.
package enum TreeLocation: Hashable, Sendable {
    /// `dagroster.yaml`.
    case settings
    /// A provisioned record's file.
    case record(RecordKind)
    /// A file under `access/` that people write.
    case access
    /// A path under `provisioned/` or `access/` that no layout has; the text says what is expected there.
    case outside(expected: String)
    /// Not dagroster's.
    case foreign
}

extension TreeLocation {
    /// The settings file's name, which makes a folder a tree.
    package static let settingsFile = "dagroster.yaml"
    /// The folder of local state, which is never committed.
    package static let stateFolder = ".dagroster"

    /// Judges a path relative to the tree.
    ///
    /// Hidden files and folders (`.gitkeep`, an editor's swap file, a temporary file) and Markdown are not dagroster's
    /// anywhere: no record's file begins with a dot or ends so. Without a layout, that of either kind is taken.
    package init(path: String, layout: Layout?) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        self =
            if path == Self.settingsFile {
                .settings
            } else if parts.contains(where: { $0.hasPrefix(".") }) || path.hasSuffix(".md") {
                .foreign
            } else if parts[0] == "access" {
                parts.count > 1 && path.hasSuffix(".yaml")
                    ? .access : .outside(expected: "access/ holds files whose names end in .yaml")
            } else if parts[0] == "provisioned" {
                Self.provisioned(parts, layout: layout)
            } else {
                .foreign
            }
    }

    private static func provisioned(_ parts: [Substring], layout: Layout?) -> TreeLocation {
        let shards = layout.map { [$0.shards] } ?? Layout.allowedShards
        for kind in RecordKind.allCases where parts.starts(with: kind.folder.split(separator: "/")) {
            let inside = parts.dropFirst(2)
            let isFlat = inside.count == 1 && shards.contains(0)
            let isInShard = inside.count == 2 && shards.contains(256) && inside.first.map(Shard.isFolder) == true
            if isFlat || isInShard, inside.last?.hasSuffix(".yaml") == true { return .record(kind) }
        }
        let patterns = shards.map { $0 == 0 ? "NAME.yaml" : "XX/NAME.yaml" }
        let places = patterns.flatMap { pattern in RecordKind.allCases.map { "\($0.folder)/\(pattern)" } }
        let reason = layout.map { ", because layout.shards is \($0.shards)" } ?? ""
        return .outside(expected: "records are in \(places.joined(separator: " and "))\(reason)")
    }
}
