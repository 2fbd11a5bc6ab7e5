extension Repository {
    /// A change of the index: what a path holds from now on; nil: nothing.
    typealias IndexChange = (path: String, object: ObjectID?)

    /// Makes the shared index hold what HEAD holds at these paths, for paths that an earlier commit left behind.
    package func updateIndex(for paths: [String], patience: Duration = .seconds(3)) async throws {
        guard workTree != nil, !paths.isEmpty, let head = try await commit(at: "HEAD") else { return }
        // A command line has an end; beyond it, everything is listed.
        let entries = try await entries(of: head, under: paths.count > 500 ? [] : paths)
        let objects = Dictionary(entries.map { ($0.path, $0.object) }) { first, _ in first }
        var changes: [IndexChange] = []
        for path in paths { changes.append((try full(path), objects[path])) }
        try await tell(changes, patience)
    }

    /// The result of a commit, after the index was told; what could not be told is in it.
    func adding(
        _ changes: [IndexChange],
        to committed: Committed,
        on branch: String,
        _ patience: Duration
    ) async -> Committed {
        guard workTree != nil else { return committed }
        do {
            // Who switched branches since has an index that is none of ours.
            guard try await self.branch() == branch else { return committed }
            try await tell(changes, patience)
            return committed
        } catch {
            let paths = changes.compactMap { relative($0.path) }
            return Committed(id: committed.id, pathsBehind: paths, indexError: error as? GitError)
        }
    }

    /// Changes as `git update-index --index-info` reads them.
    func indexInput(_ changes: [IndexChange]) -> [UInt8] {
        var input: [UInt8] = []
        for change in changes {
            input.append(contentsOf: "\(change.object == nil ? "0" : "100644") \(change.object?.hex ?? zero)\t".utf8)
            input.append(contentsOf: change.path.utf8)
            input.append(0)
        }
        return input
    }

    /// Tells the shared index what paths hold, and waits for it while another program has it.
    func tell(_ changes: [IndexChange], _ patience: Duration) async throws {
        guard workTree != nil, !changes.isEmpty else { return }
        let input = indexInput(changes)
        let end = ContinuousClock.now + patience
        var pause = Duration.milliseconds(20)
        while true {
            do {
                try await runner.output(["update-index", "-z", "--index-info"], input: input)
                break
            } catch let error as GitError where error.isLock && ContinuousClock.now < end {
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .milliseconds(500))
            }
        }
        try await refresh(changes.compactMap { $0.object == nil ? nil : $0.path })
    }

    /// Notes how the files look on disk, so that the next `git status` need not read them.
    ///
    /// It changes no content, and who holds the index now will find out alone: nothing is lost when it fails.
    private func refresh(_ paths: [String]) async throws {
        guard !paths.isEmpty else { return }
        // Git compares every entry of the index with every path that it is given.
        guard paths.count <= 64 else {
            _ = try await runner.outcome(["update-index", "-q", "--refresh"])
            return
        }
        let input = Array(paths.joined(separator: "\0").utf8)
        let arguments = ["add", "--refresh", "--pathspec-from-file=-", "--pathspec-file-nul"]
        _ = try await runner.outcome(arguments, input: input)
    }
}
