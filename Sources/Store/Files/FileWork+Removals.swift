internal import Tree

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Files that go.
extension FileWork {
    private var removing: FileRemoval { FileRemoval(root: files.root, disk: disk) }

    /// Takes a file away for a batch.
    ///
    /// - Throws: `FileError`, with `EEXIST` where somebody else has written the file since it was looked at: it is there
    ///   again, to be taken up before the batch is tried again, so that it goes with what they wrote or not at all.
    mutating func put(_ removal: FileBatch.Removal, through: Int) throws(FileError) {
        // Where none was known, what is there now is somebody else's.
        guard let was = removal.was, let aside = removal.aside else { return }
        switch try removing.take(removal.path, was: was, to: aside) {
        case .missing: break
        case .taken(let mark): taken.append((aside, mark))
        case .changed:
            displace(removal.path, aside, through: through)
            try putBackDisplaced()
            let path = files.root + "/" + removal.path
            throw FileError(action: "remove what somebody else is writing at", path: path, code: EEXIST)
        }
        files.note(nil, of: removal.path)
    }

    private mutating func displace(_ path: String, _ aside: String, through: Int) {
        displaced.append((path, aside, through))
        foreign.add([path])
    }

    /// Gives others' files their names back.
    ///
    /// Until that is done no further batch is begun, because the next start looks for what was moved aside in the last
    /// one, and nothing is taken up, because they seem to be gone.
    mutating func putBackDisplaced() throws(FileError) {
        while let (path, aside, through) = displaced.last {
            let kept = try removing.putBack(path, from: aside, through: through)
            displaced.removeLast()
            if let kept { report(.setAside(path: path, kept: kept)) }
        }
    }

    /// Gives up the files that batches have taken away, once those are done.
    mutating func releaseTaken() {
        for (path, mark) in taken { staging.release(path, mark) }
        taken = []
    }

    /// Keeps somebody's edit of a file whose record was deleted meanwhile: the file goes, and may be in no commit.
    func keepEdit(of path: String) {
        guard let bytes = try? disk.read(files.root + "/" + path),
            let kept = try? SetAside(root: files.root).keep(edited: bytes, of: path, at: through)
        else { return }
        report(.setAside(path: path, kept: kept))
    }

    /// Removes a mended file whose record was deleted while it could not be written; otherwise the record would be back
    /// after the next start.
    mutating func removeIfGone(_ id: String, _ path: String, _ mark: FileMark?) {
        guard held[id]?.owes == true, remove(path, mark) else { return }
        files.forget(id)
    }

    /// Removes a file whose record has none any more.
    ///
    /// - Returns: whether it is gone, so that its name is free.
    mutating func remove(_ path: String, _ mark: FileMark?) -> Bool {
        guard let mark, let aside = try? staging.name(for: path),
            let outcome = try? removing.take(path, was: mark, to: aside)
        else { return false }
        switch outcome {
        case .changed:
            displace(path, aside, through: through)
            // Otherwise tried again before anything else.
            try? putBackDisplaced()
            return false
        case .missing: break
        case .taken: try? disk.remove(files.root + "/" + aside)
        }
        try? disk.synchronizeFolder(files.root + "/" + FileBatch.folder(of: path))
        files.noteStrange(nil, path)
        return true
    }
}
