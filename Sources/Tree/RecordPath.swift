/// The path of a record's file, as most of a tree's files have one, taken apart without copies of its parts.
struct RecordPath {
    let kind: RecordKind
    /// The number of folders that the layout has which has such a path.
    let shards: Int

    /// Takes a path that some layout has; nil for everything else, of which ``TreeLocation`` says what it is.
    init?(_ path: String) {
        var path = path
        guard let parts = path.withUTF8(Self.parts) else { return nil }
        (kind, shards) = parts
    }

    private static func parts(of path: UnsafeBufferPointer<UInt8>) -> (RecordKind, Int)? {
        guard let (kind, folder) = folders.first(where: { path.starts(with: $0.1) }) else { return nil }
        var name = path[folder.count...]
        guard name.suffix(5).elementsEqual(".yaml".utf8) else { return nil }
        var shards = 0
        if name.count > 3, name[name.startIndex + 2] == slash {
            guard Shard.isFolder(name.prefix(2)) else { return nil }
            name = name.dropFirst(3)
            shards = 256
        }
        guard let first = name.first, first != UInt8(ascii: "."), !name.contains(slash) else { return nil }
        return (kind, shards)
    }

    private static let slash = UInt8(ascii: "/")
    /// With a slash behind each.
    private static let folders = RecordKind.allCases.map { ($0, Array(($0.folder + "/").utf8)) }
}
