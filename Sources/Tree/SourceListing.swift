/// What a source lists, folder by folder, so that a later listing can leave out what has not changed.
package struct SourceListing: Sendable {
    /// One folder.
    struct Folder: Sendable {
        var path = ""
        /// What tells a later change of what is in the folder, where something does.
        var tag: ContentTag?
        var files: [SourceFile] = []
        /// The paths of the folders in it.
        var folders: [String] = []
    }

    /// Those of one depth one after the other, and what is in no folder first.
    var folders: [Folder]

    /// Every file, folder by folder.
    var files: [SourceFile] { folders.flatMap(\.files) }

    /// The files that an earlier listing does not have as they are here.
    func changed(since earlier: SourceListing) -> [SourceFile] {
        let known = earlier.foldersByPath
        return folders.flatMap { folder -> [SourceFile] in
            let before = known[folder.path]
            if folder.tag != nil, folder.tag == before?.tag { return [] }
            let files = Set(before?.files ?? [])
            return folder.files.filter { $0.tag == nil || !files.contains($0) }
        }
    }

    /// Each folder by its path.
    var foldersByPath: [String: Folder] { Dictionary(folders.map { ($0.path, $0) }) { first, _ in first } }
}

/// What has changed since a source was listed, with the bytes.
struct SourceUpdate: Sendable {
    /// The source as it is now.
    let listing: SourceListing
    /// The bytes of every file that differs and is dagroster's, by path; nil of one that is gone again.
    let contents: [String: [UInt8]?]

    /// Lists a source again and reads what differs.
    ///
    /// - Throws: what the source throws.
    init(of source: some FileSource, since earlier: SourceListing) async throws {
        listing = try await source.listing(since: earlier)
        let changed = listing.changed(since: earlier).filter { file in
            guard file.kind == .regular else { return false }
            return switch TreeLocation(path: file.path, layout: nil) {
            case .settings, .record, .access: true
            case .outside, .foreign: false
            }
        }
        let bytes = try await source.contents(of: changed)
        contents = Dictionary(zip(changed.map(\.path), bytes)) { first, _ in first }
    }
}

extension [String: [UInt8]] {
    /// Takes in what has changed.
    mutating func update(with update: SourceUpdate) {
        for (path, bytes) in update.contents { self[path] = bytes }
    }

    /// The bytes of files that were read in this order.
    init(_ files: [SourceFile], _ contents: [[UInt8]?]) {
        let pairs = zip(files, contents).compactMap { file, bytes in bytes.map { (file.path, $0) } }
        self.init(pairs) { first, _ in first }
    }
}
