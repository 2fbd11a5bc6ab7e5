internal import Tree

/// Finishes the batch of files that a crash interrupted, and clears what earlier attempts left.
struct RollForward {
    let root: String
    let disk: Disk

    /// The last change that the journal says is in the files.
    static func done(in entries: [JournalEntry]) -> Int {
        entries.reduce(0) { through, entry in
            if case .done(let number) = entry { max(through, number) } else { through }
        }
    }

    /// Finishes what the journal says was begun.
    ///
    /// - Returns: the last change that is in the files then, and files that somebody else has changed since, with where
    ///   their new content is kept.
    func finish(_ entries: [JournalEntry]) throws(FileError) -> (through: Int, conflicts: [String: String]) {
        var through = 0
        var open: FileBatch?
        for entry in entries {
            switch entry {
            case .change: break
            case .batch(let batch): open = batch
            case .done(let number):
                through = max(through, number)
                if let batch = open, batch.through <= number { open = nil }
            }
        }
        let batches = BatchWriter(root: root)
        var conflicts: [String: String] = [:]
        if let open, open.through > through {
            conflicts = try giveBack(open)
            if isWhole(open) {
                conflicts = try batches.put { () throws(FileError) in try finish(open, beside: conflicts) }
                try disk.synchronizeFolders(open.folders, in: root)
                through = open.through
            }
        }
        // Where the run ended between the last file and its word that the batch is done, the files are whole, too.
        batches.settle()
        try clear()
        return (through, conflicts)
    }

    /// Whether the batch may have begun: an attempt that failed took its temporary files away, all of them, and was
    /// followed by another, or by the end with nothing replaced.
    private func isWhole(_ batch: FileBatch) -> Bool {
        batch.replacements.allSatisfy { isWaiting($0) || isReplaced($0) }
    }

    /// Whether the new content has not taken the file's place yet: what it replaces lies there otherwise, or nothing.
    private func isWaiting(_ replacement: FileBatch.Replacement) -> Bool {
        guard let found = FileMark(path: root + "/" + replacement.temporary) else { return false }
        return replacement.new.map(found.isSameFile) ?? true
    }

    private func isReplaced(_ replacement: FileBatch.Replacement) -> Bool {
        FileMark(path: root + "/" + replacement.path) != replacement.was
    }

    /// Gives back what somebody else had made of files that went, where the run ended between taking them away and
    /// looking at them.
    private func giveBack(_ batch: FileBatch) throws(FileError) -> [String: String] {
        var conflicts: [String: String] = [:]
        for removal in batch.removals {
            guard let aside = removal.aside, let found = FileMark(path: root + "/" + aside),
                removal.was?.isSameFile(as: found) != true
            else { continue }
            let kept = try removing.putBack(removal.path, from: aside, through: batch.through)
            let answered = try keepRemoval(of: removal.path, batch)
            conflicts[removal.path] = kept ?? answered
        }
        return conflicts
    }

    private var removing: FileRemoval { FileRemoval(root: root, disk: disk) }

    private func keepRemoval(of path: String, _ batch: FileBatch) throws(FileError) -> String {
        try SetAside(root: root).keep(nil, of: path, at: batch.through)
    }

    private func finish(
        _ batch: FileBatch,
        beside known: [String: String]
    ) throws(FileError) -> [String: String] {
        var conflicts = known
        for replacement in batch.replacements where isWaiting(replacement) {
            let temporary = root + "/" + replacement.temporary
            guard isReplaced(replacement) else {
                try disk.rename(temporary, to: root + "/" + replacement.path)
                continue
            }
            let bytes = try disk.read(temporary)
            conflicts[replacement.path] = try SetAside(root: root)
                .keep(bytes, of: replacement.path, at: batch.through)
            try disk.remove(temporary)
        }
        for removal in batch.removals where conflicts[removal.path] == nil {
            if try finish(removal, through: batch.through) { continue }
            conflicts[removal.path] = try keepRemoval(of: removal.path, batch)
        }
        return conflicts
    }

    /// Takes a file away; false where it is another one than it was.
    private func finish(_ removal: FileBatch.Removal, through: Int) throws(FileError) -> Bool {
        // What went already is aside; a file of its name is a new one, as where there was none.
        guard let was = removal.was, let found = FileMark(path: root + "/" + removal.path) else { return true }
        if let aside = removal.aside, FileMark(path: root + "/" + aside) != nil { return true }
        guard was.isSameFile(as: found) else { return false }
        guard let aside = removal.aside else {
            try disk.remove(root + "/" + removal.path)
            return true
        }
        switch try removing.take(removal.path, was: was, to: aside) {
        case .missing: break
        case .taken: try disk.remove(root + "/" + aside)
        case .changed:
            _ = try removing.putBack(removal.path, from: aside, through: through)
            return false
        }
        return true
    }

    /// Removes contents that waited for files and belong to nothing any more.
    private func clear() throws(FileError) {
        for name in try disk.names(in: root + "/" + Staging.folder) {
            try disk.remove(root + "/" + Staging.folder + "/" + name)
        }
    }

    /// Removes those that waited beside their files.
    ///
    /// - Parameter found: their paths, if a listing of the folders has found them; nil: they are looked for.
    /// - Throws: `FileError`; then some of them may be left.
    func clear(_ found: [String]?) throws(FileError) {
        let paths: [String]
        if let found { paths = found } else { paths = try temporaries() }
        for path in paths { try disk.remove(root + "/" + path) }
    }

    private func temporaries() throws(FileError) -> [String] {
        var found: [String] = []
        for kind in RecordKind.allCases {
            let shards = try disk.names(in: root + "/" + kind.folder)
                .filter { $0.utf8.count == 2 && $0.allSatisfy(\.isHexDigit) }
            for folder in [kind.folder] + shards.map({ kind.folder + "/" + $0 }) {
                found += try disk.names(in: root + "/" + folder)
                    .filter { $0.hasPrefix(DurableFile.temporaryPrefix) }
                    .map { folder + "/" + $0 }
            }
        }
        return found
    }
}
