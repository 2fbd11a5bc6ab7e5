/// Tells that something happened in the folders of records, whoever did it.
package protocol FolderWatch: Sendable {
    /// Begins to keep what happens in a folder of the tree, for whoever lists it right after; the tree's own, which comes
    /// first, is "".
    func begin(_ folder: String)

    /// Whether it has kept what happened in every folder since it was listed.
    var hasBegun: Bool { get }

    /// Begins to tell, on a thread of the watch's own.
    ///
    /// - Throws: why the system cannot watch; then the folders are looked through from time to time.
    func start(_ tell: @escaping @Sendable (FolderNews) -> Void) throws

    /// Ends the thread; nothing is told afterwards but what was under way.
    func stop()
}

extension FolderWatch {
    package func begin(_ folder: String) {}

    package var hasBegun: Bool { false }
}

/// What a watch tells.
package enum FolderNews: Hashable, Sendable {
    /// Something happened to files at these paths, relative to the tree.
    case files(Set<String>)
    /// Anything may have happened: a folder came or went, or there was more than the system could keep.
    case anything
    /// The same, and that from now on not everything is told: a folder that came cannot be watched, or the watch has
    /// ended.
    case unwatched(reason: String)
}

extension FolderNews? {
    /// Takes up further news.
    mutating func take(_ news: FolderNews) {
        switch (self, news) {
        case (nil, _), (_, .unwatched): self = news
        case (.unwatched, _): break
        case (.anything, _), (_, .anything): self = .anything
        case (.files(var paths), .files(let others)):
            // Let go of first, or all paths so far would be copied.
            self = nil
            paths.formUnion(others)
            self = .files(paths)
        }
    }
}

/// A watch where the system has none; the folders are looked through from time to time.
package struct NoWatch: FolderWatch {
    package init() {}

    package func start(_ tell: @escaping @Sendable (FolderNews) -> Void) throws { throw Unavailable() }

    package func stop() {}

    struct Unavailable: Error, CustomStringConvertible {
        var description: String { "this system tells nobody of changed files" }
    }
}
