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
        private let disk: Disk
        /// What is watched.
        private let open = Mutex(State.none)

        private enum State: Sendable {
            /// Nothing, or nothing any more.
            case none
            /// Folders that are listed right now; nobody is told yet.
            case begun(WatchedFolders)
            case failed(FileError)
            case telling(WatchedFolders)
            /// Nothing is to be told any more.
            case stopping
        }

        /// How long events gather until they are read, in microseconds.
        private static let pause: UInt32 = 10_000

        package init(root: String, disk: Disk = Disk()) {
            self.root = root
            self.disk = disk
        }

        package func begin(_ folder: String) { open.withLock { Self.begin(folder, of: root, disk, &$0) } }

        private static func begin(_ folder: String, of root: String, _ disk: Disk, _ state: inout State) {
            switch state {
            case .none where folder.isEmpty:
                do throws(FileError) {
                    state = .begun(try WatchedFolders(of: root, disk))
                } catch {
                    state = .failed(error)
                }
            case .begun(var folders) where WatchedFolders.isOfRecords(folder):
                // Held once only, so that adding to it copies nothing.
                state = .none
                do throws(FileError) {
                    try folders.add(folder)
                    state = .begun(folders)
                } catch {
                    folders.close()
                    state = .failed(error)
                }
            case .none, .begun, .failed, .telling, .stopping: break
            }
        }

        package var hasBegun: Bool {
            open.withLock { state in
                switch state {
                case .begun, .telling: true
                case .none, .failed, .stopping: false
                }
            }
        }

        deinit { if case .begun(let folders) = open.withLock({ $0 }) { folders.close() } }

        package func start(_ tell: @escaping @Sendable (FolderNews) -> Void) throws {
            let watched = try begin()
            let isStarted = Worker.start { [self] in
                var folders = watched
                while let news = folders.read() {
                    tell(news)
                    // What we write ourselves is told, too, file by file; nobody waits for the next of them.
                    usleep(Self.pause)
                }
                if !isStopping {
                    tell(.unwatched(reason: "\"\(root)\" was removed, or its volume is there no more"))
                }
                close(watched)
            }
            guard isStarted else {
                close(watched)
                throw FileError(action: "watch", path: root, code: EAGAIN)
            }
        }

        private func begin() throws -> WatchedFolders {
            try open.withLock { state in
                let watched: WatchedFolders
                do throws(FileError) {
                    watched =
                        switch state {
                        case .none, .stopping: try WatchedFolders(root: root, disk)
                        case .failed(let error): throw error
                        case .begun(let folders), .telling(let folders): folders
                        }
                } catch {
                    throw WatchTrouble(error)
                }
                state = .telling(watched)
                return watched
            }
        }

        private var isStopping: Bool {
            open.withLock { state in if case .stopping = state { true } else { false } }
        }

        /// Under the lock, so that nobody else's file has the descriptor's number by then.
        package func stop() {
            open.withLock { state in
                guard case .telling(let folders) = state else { return }
                state = .stopping
                folders.stop()
            }
        }

        private func close(_ folders: WatchedFolders) {
            open.withLock { open in
                open = .none
                folders.close()
            }
        }
    }
#endif
