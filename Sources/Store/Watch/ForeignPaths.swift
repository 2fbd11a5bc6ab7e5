internal import Roster
internal import Tree

/// Paths where somebody else has changed something that is not part of the state yet.
///
/// They are taken up together, once nothing more has come for a moment: a `git pull` writes its files one after the
/// other.
struct ForeignPaths: Sendable {
    private(set) var paths: Set<String> = []
    /// Whether every folder is to be looked through.
    private(set) var needsScan = false
    /// When the last of them was noticed.
    private var last: ContinuousClock.Instant?

    var isEmpty: Bool { paths.isEmpty && !needsScan }

    /// Takes up news, without those paths that are as they were last read or written.
    mutating func add(_ news: FolderNews, files: RecordFiles) {
        switch news {
        case .anything, .unwatched: noteScan()
        case .files(let some): add(some.filter(files.isForeign))
        }
    }

    mutating func add(_ some: Set<String>) {
        guard !some.isEmpty else { return }
        paths.formUnion(some)
        last = .now
    }

    /// Wants every folder to be looked through.
    mutating func noteScan() {
        needsScan = true
        last = .now
    }

    /// Puts off taking up what is there.
    mutating func postpone(by pause: Duration) { last = .now + pause }

    /// How long it must stay quiet until all is taken up.
    func remaining(of quiet: Duration) -> Duration {
        guard let last else { return .zero }
        return max(.zero, quiet - last.duration(to: .now))
    }

    /// Looks through the folders, if that is wanted.
    mutating func scan(_ files: RecordFiles, disk: Disk) throws(FileError) {
        guard needsScan else { return }
        var found: Set<String> = []
        try Self.list(RecordKind.root, files.root, disk, into: &found)
        paths.formUnion(found.union(files.known).filter(files.isForeign))
        needsScan = false
    }

    /// Forgets what was taken up.
    mutating func remove(_ some: Set<String>) { paths.subtract(some) }

    private static func list(
        _ folder: String,
        _ root: String,
        _ disk: Disk,
        into found: inout Set<String>
    ) throws(FileError) {
        for name in try disk.names(in: root + "/" + folder) where !name.hasPrefix(".") {
            let path = folder + "/" + name
            if !name.hasSuffix(".yaml"), FileMark(path: root + "/" + path)?.isFolder == true {
                try list(path, root, disk, into: &found)
            } else {
                found.insert(path)
            }
        }
    }
}
