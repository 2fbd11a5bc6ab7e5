internal import HashTreeCollections
internal import Roster
internal import Tree
internal import YAML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// One batch of files: written aside, announced, put in place.
extension FileWork {
    /// Writes new contents aside, and waits until they are on disk.
    mutating func prepare(
        _ changes: [FileChange],
        through sequence: Int,
        state: Snapshot
    ) throws(StoreError) -> FileBatch {
        var batch = FileBatch(through: sequence)
        let syncsEach = changes.count <= 8 || !Disk.canSynchronizeAll
        do throws(FileError) {
            for change in changes {
                let was = files.mark(of: change.path)
                guard let bytes = change.bytes else {
                    let aside = try staging.name(for: change.path)
                    batch.removals.append(.init(path: change.path, was: was, aside: aside))
                    continue
                }
                let time = files.id(at: change.path).flatMap { state.modified(id: $0) }
                let staged = try staging.write(bytes, for: change.path, modified: time, syncs: syncsEach)
                batch.replacements.append(
                    .init(temporary: staged.path, path: change.path, was: was, new: staged.mark)
                )
            }
            if !syncsEach { try disk.synchronizeAll(files.root) }
        } catch {
            release(batch)
            throw .notWritten(error.description)
        }
        return batch
    }

    /// Puts new contents in their files' places.
    ///
    /// - Returns: paths that could not be replaced because of what somebody else put there, which are held; and what
    ///   lies aside of the batch, which nothing needs once it is done.
    mutating func make(_ batch: FileBatch) throws(StoreError) -> (refused: Set<String>, spare: [(String, FileMark)]) {
        do throws(FileError) {
            let made = try batches.put { () throws(FileError) in try put(batch) }
            try disk.synchronizeFolders(batch.folders, in: files.root)
            return made
        } catch {
            throw .notWritten(error.description)
        }
    }

    /// Puts them there one by one; readers wait meanwhile.
    private mutating func put(
        _ batch: FileBatch
    ) throws(FileError) -> (refused: Set<String>, spare: [(String, FileMark)]) {
        var (refused, spare): (Set<String>, [(String, FileMark)]) = ([], [])
        for replacement in batch.replacements {
            do throws(FileError) {
                if let old = try put(replacement) { spare.append((replacement.temporary, old)) }
            } catch {
                guard Self.isObstacle(error), let id = files.id(at: replacement.path) else { throw error }
                hold(id, replacement.path, Diagnostic(file: replacement.path, place: nil, message: "\(error)"))
                refused.insert(replacement.path)
                if let new = replacement.new { spare.append((replacement.temporary, new)) }
                continue
            }
            // What somebody else has put there since is noticed.
            if let mark = FileMark(path: files.root + "/" + replacement.path), mark.isSameFile(as: replacement.new) {
                files.note(mark, of: replacement.path)
            }
        }
        for removal in batch.removals { try put(removal, through: batch.through) }
        return (refused, spare)
    }

    /// Puts one new content in its file's place, so that readers find the old or the new one and never none.
    ///
    /// - Returns: what it was, which lies where the new content lay; nil: nothing does.
    /// - Throws: `FileError`, with `EEXIST` where somebody else has written the file in this very moment; it is left as
    ///   it is.
    private func put(_ replacement: FileBatch.Replacement) throws(FileError) -> FileMark? {
        let staged = files.root + "/" + replacement.temporary
        let path = files.root + "/" + replacement.path
        guard let was = replacement.was else {
            try place(staged, at: path)
            return nil
        }
        do throws(FileError) {
            guard try disk.exchange(staged, with: path) else {
                try disk.rename(staged, to: path)
                return nil
            }
        } catch {
            // Somebody removed it.
            guard error.code == ENOENT else { throw error }
            try place(staged, at: path)
            return nil
        }
        let old = FileMark(path: staged)
        if was.isSameFile(as: old) { return old }
        _ = try disk.exchange(staged, with: path)
        throw FileError(action: "replace what somebody else is writing at", path: path, code: EEXIST)
    }

    private func place(_ staged: String, at path: String) throws(FileError) {
        do throws(FileError) {
            try disk.place(staged, at: path)
        } catch {
            guard error.code == ENOENT else { throw error }
            try disk.makeFolder(FileBatch.folder(of: path), in: files.root)
            try disk.place(staged, at: path)
        }
    }

    /// Whether a rename failed for what stands at the path, which waiting does not change.
    private static func isObstacle(_ error: FileError) -> Bool {
        [EISDIR, ENOTEMPTY, EEXIST].contains(error.code)
    }

    /// Gives up what lies aside of a batch: new contents of one that was given up, and what the others replaced.
    mutating func release(_ batch: FileBatch) {
        for replacement in batch.replacements { staging.release(replacement.temporary) }
    }
}
