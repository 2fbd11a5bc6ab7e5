extension SourceListing.Folder {
    mutating func add(_ path: String, _ status: FileStatus) {
        if status.kind == .folder {
            folders.append(path)
        } else {
            files.append(SourceFile(path: path, status: status))
        }
    }
}

extension FolderSource {
    /// Lists folders by several threads.
    ///
    /// - Parameters:
    ///   - folders: relative to the tree.
    ///   - known: folders of an earlier listing.
    ///   - now: the time in nanoseconds since 1970.
    ///   - looks: whether to look at each file; else those of records are what their folder says that they are.
    /// - Returns: what is in them, in the same order.
    /// - Throws: ``FileError``.
    func list(
        _ folders: [String],
        _ known: [String: SourceListing.Folder],
        _ now: Int,
        looks: Bool
    ) async throws(FileError) -> [SourceListing.Folder] {
        let listings = Slots<Result<SourceListing.Folder, FileError>>(count: folders.count)
        await Crew.work(pieces: folders.count, yields: yields) { piece in
            let path = folders[piece]
            listings[piece] = Result { () throws(FileError) in try list(path, known[path], now, looks: looks) }
        }
        var found: [SourceListing.Folder] = []
        for listing in listings.take() { if let listing { found.append(try listing.get()) } }
        return found
    }

    private func list(
        _ path: String,
        _ known: SourceListing.Folder?,
        _ now: Int,
        looks: Bool
    ) throws(FileError) -> SourceListing.Folder {
        var listing = SourceListing.Folder(path: path)
        observer?.willList(path)
        // Before its names are read, so that a change meanwhile is seen the next time.
        if let tag = try FileStatus(path: root + "/" + path)?.tag, tag.isSettled(at: now) {
            if let known, known.tag == tag { return known }
            listing.tag = tag
        }
        guard let folder = try OpenFolder(root + "/" + path) else { return listing }
        let names = try folder.names()
        // A folder with a `.git` of its own is another repository, and git sees nothing inside it.
        if names.hasRepository {
            listing.files.append(SourceFile(path: path, kind: .submodule))
            return listing
        }
        let mayLookLater = !looks && path.hasPrefix(RecordKind.root + "/")
        listing.files.reserveCapacity(names.entries.count)
        let prefix = Array((path + "/").utf8)
        for entry in names.entries {
            let inner = names.path(of: entry, behind: prefix)
            if names.isHidden(entry) {
                if inner.utf8.dropFirst(prefix.count).starts(with: DurableFile.temporaryPrefix.utf8) {
                    observer?.didFind(temporary: inner)
                }
            } else if mayLookLater, entry.isPlainFile {
                listing.files.append(SourceFile(path: inner))
            } else if let status = try FileStatus(path: inner, from: prefix.count, in: folder) {
                listing.add(inner, status)
            }
        }
        return listing
    }
}
