#if os(Linux)
    internal import Tree

    import Glibc
    // Where the C structures come from when several modules bring them.
    import SwiftOverlayShims

    /// The folders that an inotify descriptor watches, by its numbers for them.
    struct WatchedFolders: Sendable {
        private let descriptor: Int32
        private let root: String
        private let disk: Disk
        private var folders: [Int32: String] = [:]

        private static let ofFiles = UInt32(
            IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
                | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK
        )
        /// What the tree's own folder is watched for: those of records that come, and its own end.
        ///
        /// A folder that some process is in does not tell that it is removed; that of local state goes with it, and is
        /// told.
        private static let ofTree = UInt32(
            IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR
        )

        /// Watches the tree's own folder, for whoever adds those of records before listing them.
        init(of root: String, _ disk: Disk) throws(FileError) {
            self.root = root
            self.disk = disk
            descriptor = inotify_init1(Int32(IN_CLOEXEC))
            guard descriptor >= 0 else { throw FileError(action: "watch", path: root, code: errno) }
            do throws(FileError) {
                try add("")
            } catch {
                close()
                throw error
            }
        }

        /// Watches the folders of records that there are.
        init(root: String, _ disk: Disk) throws(FileError) {
            try self.init(of: root, disk)
            do throws(FileError) {
                try addBelow(RecordKind.root)
            } catch {
                close()
                throw error
            }
        }

        /// Whether a folder is one of records, or holds such.
        static func isOfRecords(_ folder: String) -> Bool {
            folder == RecordKind.root || folder.hasPrefix(RecordKind.root + "/")
        }

        func close() { _ = Glibc.close(descriptor) }

        /// Ends the reading on another thread: the tree's own folder is watched no more, which is an event.
        func stop() {
            for (number, folder) in folders where folder.isEmpty { inotify_rm_watch(descriptor, number) }
        }

        /// Waits for events and reads them.
        ///
        /// - Returns: what they tell; nil when the watch was stopped, or the tree's folder is gone.
        mutating func read() -> FolderNews? {
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { return .files([]) }
            guard count > 0 else { return nil }
            var news: FolderNews?
            var offset = 0
            while offset + Self.headSize <= count {
                let event = buffer.withUnsafeBytes { Event($0, at: offset) }
                offset += Self.headSize + event.nameSize
                if event.has(IN_IGNORED), folders[event.folder]?.isEmpty == true { return nil }
                if let told = tell(event) { news.take(told) }
            }
            return news ?? .files([])
        }

        private static let headSize = 16

        /// `struct inotify_event`, whose name has no size that Swift could know.
        private struct Event {
            var folder: Int32
            var mask: UInt32
            var nameSize: Int
            var name: String

            init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
                folder = bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)
                mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                nameSize = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                let start = offset + WatchedFolders.headSize
                let end = min(start + nameSize, bytes.count)
                name = String(decoding: bytes[start..<max(start, end)].prefix { $0 != 0 }, as: UTF8.self)
            }

            func has(_ flags: Int32...) -> Bool { flags.contains { mask & UInt32($0) != 0 } }
        }

        private mutating func tell(_ event: Event) -> FolderNews? {
            if event.has(IN_Q_OVERFLOW) { return .anything }
            guard let folder = folders[event.folder] else { return nil }
            if event.has(IN_IGNORED, IN_DELETE_SELF, IN_MOVE_SELF) {
                if event.has(IN_IGNORED) { folders[event.folder] = nil }
                return .anything
            }
            let path = folder.isEmpty ? event.name : folder + "/" + event.name
            if event.has(IN_ISDIR) {
                if folder.isEmpty, event.has(IN_DELETE), event.name == TreeLocation.stateFolder { return .anything }
                guard folder.isEmpty ? event.name == RecordKind.root : !event.name.hasPrefix(".") else { return nil }
                do throws(FileError) {
                    try addBelow(path)
                } catch {
                    return .unwatched(reason: "\(WatchTrouble(error))")
                }
                return .anything
            }
            return folder.isEmpty || event.name.hasPrefix(".") ? nil : .files([path])
        }

        /// Watches a folder and those in it.
        private mutating func addBelow(_ folder: String) throws(FileError) {
            guard try add(folder) else { return }
            let names = try disk.names(in: root + "/" + folder)
            for name in names where !name.hasPrefix(".") && !name.hasSuffix(".yaml") {
                try addBelow(folder + "/" + name)
            }
        }

        /// Watches one folder; false where there is none.
        @discardableResult
        mutating func add(_ folder: String) throws(FileError) -> Bool {
            let path = folder.isEmpty ? root : root + "/" + folder
            try disk.check(.watch, path, "watch")
            let flags = folder.isEmpty ? Self.ofTree : Self.ofFiles
            let number = inotify_add_watch(descriptor, path, flags)
            guard number < 0 else {
                folders[number] = folder
                return true
            }
            if errno == ENOENT || errno == ENOTDIR { return false }
            throw FileError(action: "watch", path: path, code: errno)
        }
    }

    /// Why folders cannot be watched, with what to do about it: the system's own words would send people to look for a
    /// full disk.
    struct WatchTrouble: Error, CustomStringConvertible {
        private let error: FileError

        init(_ error: FileError) { self.error = error }

        var description: String {
            let setting: String
            switch error.code {
            case ENOSPC: setting = "fs.inotify.max_user_watches"
            case EMFILE: setting = "fs.inotify.max_user_instances"
            default: return error.description
            }
            return "cannot watch \"\(error.path)\": this user has as many as \(setting) allows, which sysctl(8) raises"
        }
    }
#endif
