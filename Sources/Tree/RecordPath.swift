/// The path of a record's file, as most of a tree's files have one, taken apart without copies of its parts.
struct RecordPath {
    let kind: RecordKind
    /// The number of folders that the layout has which has such a path.
    let shards: Int

    /// Takes a path that some layout has; nil for everything else, of which ``TreeLocation`` says what it is.
    init?(_ path: String) {
        let bytes = path.utf8
        guard let kind = RecordKind.allCases.first(where: { path.hasPrefix($0.folder) }) else { return nil }
        var name = bytes.dropFirst(kind.folder.utf8.count)
        guard name.first == Self.slash, bytes.suffix(5).elementsEqual(".yaml".utf8) else { return nil }
        name = name.dropFirst()
        let slashes = name.count { $0 == Self.slash }
        if slashes == 1, let slash = name.firstIndex(of: Self.slash), Shard.isFolder(Substring(name[..<slash])) {
            name = name[name.index(after: slash)...]
        } else if slashes != 0 {
            return nil
        }
        guard let first = name.first, first != UInt8(ascii: ".") else { return nil }
        self.kind = kind
        shards = slashes == 0 ? 0 : 256
    }

    private static let slash = UInt8(ascii: "/")
}
