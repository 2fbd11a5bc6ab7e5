internal import Roster
internal import Tree
internal import YAML

/// What others left at some paths, and whose record each of these files is.
struct FoundEdits: Sendable {
    var edits = RecordEdits()
    /// The file of each record that they are about, by id.
    private(set) var places: [String: String] = [:]
    /// What each path looked like before it was read: a change after that is noticed again.
    private(set) var marks: [String: FileMark?] = [:]
    /// Records whose files hold what the last commit holds of them, and lack what was answered since.
    private(set) var putBack: Set<String> = []
    /// Files of that kind where the record has no file any more: it was deleted or renamed.
    private(set) var leftovers: Set<String> = []
    /// What is wrong with files that are no record, by path.
    var broken: [String: Diagnostic] = [:]

    /// Reads what is at some paths.
    ///
    /// - Parameters:
    ///   - paths: the paths.
    ///   - files: where records' files are.
    ///   - uncommitted: what was answered and is in no commit.
    init(at paths: Set<String>, of files: RecordFiles, since uncommitted: UncommittedChanges) {
        var found: [String: ProvisionedFile] = [:]
        for path in paths {
            marks[path] = .some(FileMark(path: files.root + "/" + path))
            let file = ProvisionedFile(path, in: files.root, layout: files.layout)
            if let id = file.id, uncommitted.isPutBack(file) {
                guard files.path(of: id) == path || files.id(at: path) != nil else {
                    leftovers.insert(path)
                    continue
                }
                if files.path(of: id) == path { putBack.insert(id) }
            }
            found[path] = file
        }
        // Of two files with one id the one stays the record's that was it before.
        let inOrder = found.keys.sorted { left, right in
            let isStaying = [left, right].map {
                found[$0]?.id.map { $0 } == files.id(at: $0) && files.id(at: $0) != nil
            }
            return isStaying[0] == isStaying[1] ? left < right : isStaying[0]
        }
        for path in inOrder {
            switch found[path] {
            case .user(let user)? where claim(user.id, path, found, files): edits.users.append(user)
            case .group(let contents)? where claim(contents.group.id, path, found, files):
                edits.groups.append(contents)
            case .broken(let problem)?: broken[path] = problem
            default: break
            }
        }
        for path in inOrder {
            // A file that cannot be read keeps its record as it last could be.
            guard let id = files.id(at: path), places[id] == nil, broken[path] == nil else { continue }
            edits.removed.insert(id)
        }
    }

    /// Makes a path the file of a record, unless another one is.
    private mutating func claim(
        _ id: String,
        _ path: String,
        _ found: [String: ProvisionedFile],
        _ files: RecordFiles
    ) -> Bool {
        let owner = places[id] ?? files.path(of: id).flatMap { $0 != path && found[$0] == nil ? $0 : nil }
        guard owner == nil else {
            let message = "a second record with id \"\(id)\"; the first one is \(owner ?? "")"
            broken[path] = Diagnostic(file: path, place: nil, message: message)
            return false
        }
        places[id] = path
        return true
    }

    /// Notes that a record's file cannot be taken over.
    mutating func refuse(_ id: String, because reason: RosterError) {
        guard let path = places[id] else { return }
        broken[path] = Diagnostic(file: path, place: nil, message: "\(reason)")
    }

    /// When each file was last written, by its record's id.
    var modified: [String: Timestamp] {
        places.compactMapValues { path in (marks[path] ?? nil)?.modified }
    }
}
