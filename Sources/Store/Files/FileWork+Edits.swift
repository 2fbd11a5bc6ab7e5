internal import Roster
internal import Tree
internal import YAML

/// A file that is left as somebody else made it.
struct HeldFile: Sendable {
    var path: String
    /// What it looked like when it was last judged.
    var mark: FileMark?
    /// The directory as the file had it.
    var base: Directory
    /// Whether something was answered that the file does not have.
    var owes = false
}

extension FileWork {
    /// Reads files that somebody else changed since they were last read or written, and makes that part of the state.
    ///
    /// A file that cannot be read is held: it stays as it is, and its record takes no writes until it is mended.
    ///
    /// - Returns: whether there were any.
    mutating func takeOverEdits(of ids: Set<String>) -> Bool {
        var isEdited = false
        for id in ids.sorted() where held[id] == nil && files.isEdited(id) {
            guard let path = files.path(of: id) else { continue }
            isEdited = true
            takeOver(id, path, mustWrite: false)
        }
        return isEdited
    }

    /// Looks whether held files were mended.
    mutating func lookAtHeldFiles() {
        guard gate.refusal() == nil else { return }
        for (id, file) in held where FileMark(path: files.root + "/" + file.path) != file.mark {
            takeOver(id, file.path, mustWrite: file.owes)
        }
    }

    /// Leaves a file as it is.
    mutating func hold(_ id: String, _ path: String, _ problem: Diagnostic) {
        let mark = FileMark(path: files.root + "/" + path)
        let before = held[id]
        held[id] = HeldFile(path: path, mark: mark, base: before?.base ?? written, owes: before?.owes ?? false)
        latest.note(problem, at: path, of: id)
    }

    /// Keeps what held files would have become.
    mutating func setAside(_ touched: Set<String>, at last: AppliedChange) {
        for id in touched.sorted() where held[id] != nil {
            guard let path = held[id]?.path else { continue }
            held[id]?.owes = true
            let directory = last.after.directory
            let bytes =
                directory.user(id: id).map(UserFile.bytes)
                ?? directory.group(id: id).map { GroupFile.bytes(of: $0, in: directory) }
            let kept = try? SetAside(root: files.root).keep(bytes, of: path, at: last.sequence)
            guard let kept, var problem = latest.value.snapshot.broken.problems[path] else { continue }
            problem.hint = "what was answered since then is in \(kept)"
            latest.note(problem, at: path, of: id)
        }
    }

    private mutating func takeOver(_ id: String, _ path: String, mustWrite: Bool) {
        // Before the file is read: an edit in between is noticed again.
        let mark = FileMark(path: files.root + "/" + path)
        let edit: @Sendable (Directory) -> Mutation?
        do {
            let bytes = try disk.read(files.root + "/" + path)
            let outside = try OutsideEdit(path: path, bytes: bytes, of: id, written: held[id]?.base ?? written)
            edit = { now in
                let mutation = outside.mutation(in: now)
                return mutation?.isEmpty == true && !mustWrite ? nil : mutation
            }
        } catch let error as FileError where error.isMissing {
            edit = { now in mustWrite ? Mutation(touching: id, in: now) : nil }
        } catch StoreError.broken(let problem) {
            return hold(id, path, problem)
        } catch {
            return hold(id, path, Diagnostic(file: path, place: nil, message: "\(error)"))
        }
        latest.mend(id)
        if let refusal = adopt(edit) {
            let message = "the change that somebody made of this file cannot be taken over: \(refusal)"
            return hold(id, path, Diagnostic(file: path, place: nil, message: message))
        }
        files.note(mark, of: path)
        if held.removeValue(forKey: id) != nil { removeIfGone(id, path) }
    }

    /// Removes a mended file whose record was deleted while it could not be written.
    private mutating func removeIfGone(_ id: String, _ path: String) {
        guard latest.value.snapshot.directory.member(id: id) == nil else { return }
        guard (try? disk.remove(files.root + "/" + path)) != nil else { return }
        try? disk.synchronizeFolder(files.root + "/" + FileBatch.folder(of: path))
        _ = files.changes(for: [id], in: latest.value.snapshot)
        files.note(nil, of: path)
    }
}

extension Mutation {
    /// A change of a record that changes nothing, so that its file is written; nil when there is no such record.
    fileprivate init?(touching id: String, in directory: Directory) {
        switch directory.member(id: id) {
        case .user: self = .changeUser(id: id, Assignments())
        case .group: self = .changeGroup(id: id, GroupChange())
        case nil: return nil
        }
    }

    fileprivate var isEmpty: Bool {
        switch self {
        case .changeUser(_, let assignments): assignments.isEmpty
        case .changeGroup(_, let change): change.isEmpty
        case .createUser, .deleteUser, .createGroup, .deleteGroup: false
        }
    }
}
