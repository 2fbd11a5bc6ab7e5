internal import Tree

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Takes files away without losing what somebody makes of one in that very moment.
///
/// To look at a file and then to remove it would leave a moment in between. It is moved aside instead, which is one step,
/// and looked at there: one that is not what it was when its end was decided gets its name back. What a crash leaves
/// aside is given back at the next start, by the journal, which names the place before anything is moved there.
struct FileRemoval {
    /// What became of a file.
    enum Outcome {
        /// It is aside, where nobody needs it.
        case taken(FileMark)
        /// There was none any more.
        case missing
        /// Another one is aside, which ``putBack(_:from:through:)`` is to be asked for.
        case changed
    }

    let root: String
    let disk: Disk

    /// Moves a file aside.
    ///
    /// - Parameters:
    ///   - path: the file, relative to the tree.
    ///   - was: what it is to be.
    ///   - aside: where it goes, relative to the tree; nothing is there.
    /// - Returns: what became of it.
    /// - Throws: `FileError`; then the file is where it was.
    func take(_ path: String, was: FileMark, to aside: String) throws(FileError) -> Outcome {
        guard try move(path, to: aside), let found = FileMark(path: root + "/" + aside) else { return .missing }
        return was.isSameFile(as: found) ? .taken(found) : .changed
    }

    private func move(_ path: String, to aside: String) throws(FileError) -> Bool {
        let (file, place) = (root + "/" + path, root + "/" + aside)
        do throws(FileError) {
            try disk.moveAway(file, to: place)
        } catch {
            guard error.code == ENOENT else { throw error }
            if FileMark(path: file) == nil { return false }
            // Somebody removed the folder that it goes to.
            try disk.makeFolder(root + "/" + FileBatch.folder(of: aside), in: root)
            try disk.moveAway(file, to: place)
        }
        return true
    }

    /// Gives a file that was moved aside its name back.
    ///
    /// - Parameters:
    ///   - path: the name.
    ///   - aside: where the file is.
    ///   - through: the change for which it was to go.
    /// - Returns: where it is kept instead, because there is a file of that name again; nil: it has its name.
    /// - Throws: `FileError`; then it is aside still.
    func putBack(_ path: String, from aside: String, through: Int) throws(FileError) -> String? {
        let (file, place) = (root + "/" + path, root + "/" + aside)
        do throws(FileError) {
            try disk.place(place, at: file)
            return nil
        } catch {
            switch error.code {
            case EEXIST: break
            case ENOENT:
                if FileMark(path: place) == nil { return nil }
                try disk.makeFolder(root + "/" + FileBatch.folder(of: path), in: root)
                try disk.place(place, at: file)
                return nil
            default: throw error
            }
        }
        let kept = try SetAside(root: root).keep(edited: try disk.read(place), of: path, at: through)
        try disk.remove(place)
        return kept
    }
}
