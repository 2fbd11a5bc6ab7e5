internal import Synchronization
internal import Tree

/// What a store wants to know of the listing with which its files are read: that each folder was watched before, so that
/// nothing which happens from then on is missed, and what temporary files lie there.
package final class RecordListing: ListingObserver {
    /// What watches the folders.
    let watch: any FolderWatch
    private let found = Mutex<[String]?>(nil)

    init(root: String, disk: Disk) {
        #if os(Linux)
            watch = InotifyWatch(root: root, disk: disk)
        #else
            watch = NoWatch()
        #endif
    }

    package func willList(_ folder: String) {
        if folder.isEmpty { found.withLock { $0 = $0 ?? [] } }
        watch.begin(folder)
    }

    package func didFind(temporary path: String) { found.withLock { $0?.append(path) } }

    /// Temporary files, relative to the tree; nil when nothing was listed.
    var temporaries: [String]? {
        found.withLock { $0?.filter { $0.hasPrefix(RecordKind.root + "/") } }
    }
}
