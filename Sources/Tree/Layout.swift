/// Where in the tree each record's file is: in one flat folder a kind, or in 256 folders of it.
///
/// Paths are relative to the tree, with `/` between folders. Readers find records by content; only writers ask for
/// paths.
package struct Layout: Hashable, Sendable {
    /// The numbers of folders that the settings may ask for.
    package static let allowedShards = [0, 256]

    /// 0: flat; 256: a folder for the first two hexadecimal digits of SHA-256 of the record's id.
    package let shards: Int

    /// A layout; any number but 256 is flat.
    package init(shards: Int = 0) { self.shards = shards == 256 ? 256 : 0 }

    /// The folder of a record's file.
    package func folder(of kind: RecordKind, id: String) -> String {
        shards == 0 ? kind.folder : kind.folder + "/" + Shard.folder(ofID: id)
    }

    /// The path of a record's file: the first that the record's name allows and that is not another record's.
    ///
    /// A file that is at `current` stays there as long as the record's name allows that, so that it does not move when
    /// the record that had the plain name goes.
    package func path(
        of kind: RecordKind,
        id: String,
        name: String,
        current: String? = nil,
        isTaken: (String) -> Bool
    ) -> String {
        let folder = folder(of: kind, id: id)
        let fileName = FileName(of: name, kind: kind)
        let plain = folder + "/" + fileName.plain
        // A name of its own, as almost everybody has.
        if current == plain || current == nil && !isTaken(plain) { return plain }
        let paths = fileName.candidates.map { folder + "/" + $0 }
        if let current, paths.contains(current) { return current }
        return paths.first { !isTaken($0) } ?? paths[paths.count - 1]
    }
}
