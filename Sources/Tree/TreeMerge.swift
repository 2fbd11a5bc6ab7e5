internal import Roster
package import YAML

/// Joins two versions of one of the tree's files that come from a common one.
package enum TreeMerge {
    /// Merges as ``ThreeWayMerge`` does, by the rules of the file's kind; a record's file is written as `serve` would.
    ///
    /// - Parameters:
    ///   - path: where the file lies in the repository; the tree may be a folder of it.
    ///   - base: the common version; empty where both sides added the file.
    ///   - ours: this side's version.
    ///   - theirs: the other side's version.
    ///   - markerSize: how long conflict markers are.
    /// - Returns: the joined file, with markers where there is a conflict.
    /// - Throws: where a version cannot be read, or not be joined without a loss.
    package static func merged(
        path: String,
        base: [UInt8],
        ours: [UInt8],
        theirs: [UInt8],
        markerSize: Int = 7
    ) throws(YAMLError) -> Merged {
        let path = pathInTree(path)
        let location = TreeLocation(path: path, layout: nil)
        var merged = try ThreeWayMerge.merged(
            base: base,
            ours: ours,
            theirs: theirs,
            rules: rules(for: path, location),
            markerSize: markerSize
        )
        if case .record(let kind) = location, merged.conflicts.isEmpty,
            let bytes = canonical(merged.bytes, kind, path)
        {
            merged.bytes = bytes
        }
        return merged
    }

    private static func rules(for path: String, _ location: TreeLocation) -> MergeRules {
        switch location {
        case .record:
            MergeRules(identity: { _, element in identity(ofValue: element) }, absentIsEmpty: { _ in true })
        default:
            MergeRules(
                order: { KeyOrder.keys(ofFile: path, at: $0) },
                identity: { path, element in path.last == "grants" ? scope(of: element) : nil },
                // No `groups` means the group of the team's name, and no `grants` that they are not managed.
                absentIsEmpty: { !["groups", "grants"].contains($0.last) }
            )
        }
    }

    /// One value of a multi-valued attribute, such as the address of type `work`.
    private static func identity(ofValue element: Node) -> String? {
        element["type"]?.text.map { "type \($0)" } ?? element["value"]?.text
    }

    /// A principal has one grant a scope.
    private static func scope(of grant: Node) -> String? {
        if grant["organization"] != nil { return "organization" }
        for key in ["deployment", "branchDeployments"] {
            if let name = grant[key]?.text { return "\(key) \(name)" }
        }
        return nil
    }

    private static func canonical(_ bytes: [UInt8], _ kind: RecordKind, _ path: String) -> [UInt8]? {
        switch kind {
        case .user: UserFile.read(bytes, file: path).user.map(UserFile.bytes)
        case .group: GroupFile.read(bytes, file: path).contents.map(GroupFile.bytes(of:))
        }
    }

    private static func pathInTree(_ path: String) -> String {
        let parts = path.split(separator: "/")
        guard let start = parts.lastIndex(where: { $0 == RecordKind.root || $0 == "access" }) else {
            return parts.last.map(String.init) ?? path
        }
        return parts[start...].joined(separator: "/")
    }
}
