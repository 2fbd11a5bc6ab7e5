#if os(Linux)
    internal import Synchronization
    internal import Tree

    import Glibc

    /// The folders of records as Linux's inotify(7) watches them: one watch a folder, 514 in a tree with shards.
    ///
    /// Folders that are made later are watched, too. A class, because its thread shares the descriptor with whoever
    /// stops it.
    package final class InotifyWatch: FolderWatch {
        private let root: String
        /// What is watched; nil when nothing is, or not any more.
        private let open = Mutex<WatchedFolders?>(nil)

        package init(root: String) { self.root = root }

        package func start(_ tell: @escaping @Sendable (FolderNews) -> Void) throws {
            let watched = try WatchedFolders(root: root)
            open.withLock { $0 = watched }
            let isStarted = Worker.start { [self] in
                var folders = watched
                while let news = folders.read() { tell(news) }
                close(watched)
            }
            guard isStarted else {
                close(watched)
                throw FileError(action: "watch", path: root, code: EAGAIN)
            }
        }

        /// Under the lock, so that nobody else's file has the descriptor's number by then.
        package func stop() { open.withLock { $0?.stop() } }

        private func close(_ folders: WatchedFolders) {
            open.withLock { open in
                open = nil
                folders.close()
            }
        }
    }
#endif
