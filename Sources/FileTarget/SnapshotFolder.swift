package import Reconcile
internal import Tree
internal import YAML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The snapshots of one tree: `.dagroster/snapshots/<target>-<time>.yaml`, the last ones of each target.
package struct SnapshotFolder: SnapshotStore {
    /// How many snapshots of one target are kept.
    package static let limit = 30

    /// The folder's path on this machine.
    package let path: String

    /// The folder of a tree.
    package init(tree: String) { path = "\(tree)/\(TreeLocation.stateFolder)/snapshots" }

    /// Writes one whole, then removes those that are too many.
    package func keep(_ snapshot: Snapshot) async throws {
        let bytes = SnapshotFile.bytes(of: snapshot)
        let taken = Set(names(of: snapshot.target))
        // Two applies within one second have names of their own.
        let numbered = (2...Self.limit + 2).lazy.map { "\(snapshot.name)-\($0)" }
        let name = taken.contains(snapshot.name) ? numbered.first { !taken.contains($0) } : snapshot.name
        let file = "\(path)/\(name ?? snapshot.name).yaml"
        try DurableFile.apply([DurableFile.Change(path: file, bytes: bytes, isPrivate: true)])
        for old in names(of: snapshot.target).dropLast(Self.limit) { try DurableFile.remove("\(path)/\(old).yaml") }
    }

    /// The names of a target's snapshots, oldest first.
    package func names(of target: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasSuffix(".yaml"), !name.hasPrefix(DurableFile.temporaryPrefix) else { continue }
            let stem = String(name.dropLast(5))
            // A target's name may begin another one's, "acme-2026" too: what follows it is a time and nothing else.
            let isTime = /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}Z(-[0-9]+)?/
            guard stem.hasPrefix(target + "-"), stem.dropFirst(target.count + 1).wholeMatch(of: isTime) != nil
            else { continue }
            names.append(stem)
        }
        // "…Z-10" comes after "…Z-9", and "…Z" before both.
        return names.sorted {
            ($0.prefix(target.count + 21), $0.count, $0) < ($1.prefix(target.count + 21), $1.count, $1)
        }
    }

    /// The snapshot of a name, or in a file that is named by its path.
    package func snapshot(_ name: String, of target: String) throws -> Snapshot {
        let file = name.contains("/") || name.hasSuffix(".yaml") ? name : "\(path)/\(name).yaml"
        let bytes: [UInt8]
        do {
            bytes = try DurableFile.read(file)
        } catch {
            let known = names(of: target).suffix(3).reversed().joined(separator: ", ")
            let hint = known.isEmpty ? "there is none yet" : "the last ones are \(known)"
            throw Refusal.noSnapshot(name: name, reason: "\(error.description)\nhint: \(hint)")
        }
        let (snapshot, diagnostics) = SnapshotFile.read(bytes, file: name)
        guard let snapshot else {
            let reason = diagnostics.map(\.description).joined(separator: "\n")
            throw Refusal.noSnapshot(name: name, reason: reason)
        }
        guard snapshot.target == target else {
            throw Refusal.noSnapshot(name: name, reason: "it is one of target \"\(snapshot.target)\"")
        }
        return snapshot
    }
}
