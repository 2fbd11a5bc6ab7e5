internal import Roster
internal import Tree

/// What was answered and could not go into a file that somebody else changed, kept with words on what to do.
struct SetAside {
    static let folder = ".dagroster/set-aside"

    private let root: String

    init(root: String) { self.root = root }

    /// Keeps what a record's file would have become.
    ///
    /// - Returns: where, relative to the tree.
    func keep(_ bytes: [UInt8]?, of path: String, at sequence: Int) throws(FileError) -> String {
        let words = [
            "\(path) was changed by somebody else while a change of the identity provider was to be written,",
            "so that it was left as it is. Below is what it would have become"
                + (bytes == nil ? ": it would have been removed." : "."),
            "Put into the file what should be kept of both, or remove it; then remove this file.",
        ]
        let head = words.map { "# \($0)\n" }.joined()
        let name = "\(sequence)-" + path.split(separator: "/").suffix(2).joined(separator: "-")
        return try write(Array(head.utf8) + (bytes ?? []), to: name)
    }

    /// Keeps what somebody else made of a file while it was to go.
    ///
    /// - Returns: where, relative to the tree.
    func keep(edited bytes: [UInt8], of path: String, at sequence: Int) throws(FileError) -> String {
        let words = [
            "Somebody changed \(path) while dagroster removed it, because its record was deleted or renamed in the",
            "identity provider. Below is what they made of it. Change what should be kept of it in the identity provider,",
            "or in the record's file if it has one; then remove this file.",
        ]
        let head = words.map { "# \($0)\n" }.joined()
        let name = "\(sequence)-edited-" + path.split(separator: "/").suffix(2).joined(separator: "-")
        var free = name
        var count = 1
        while FileMark(path: root + "/" + Self.folder + "/" + free) != nil {
            count += 1
            free = "\(count)-\(name)"
        }
        return try write(Array(head.utf8) + bytes, to: free)
    }

    /// Keeps changes that do not fit the files they were meant for.
    func keep(_ changes: [LoggedChange], reasons: [String: String]) throws(FileError) -> String {
        let words = [
            "These changes were answered before dagroster stopped, and somebody else has changed the files they belong",
            "to since. The files were left as they are. Make each change in the identity provider again (a new full",
            "synchronisation does), or put it into the file by hand; then remove this file.",
        ]
        let lines = changes.map { change in
            "# \(reasons[change.mutation.id] ?? "")\n\(change.line)\n"
        }
        let text = words.map { "# \($0)\n" }.joined() + lines.joined()
        return try write(Array(text.utf8), to: "\(changes.first?.sequence ?? 0)-changes.jsonl")
    }

    /// Keeps the new content of a file that a crash left beside it.
    func keep(temporary bytes: [UInt8], of path: String, through sequence: Int) throws(FileError) -> String {
        try keep(bytes, of: path, at: sequence)
    }

    private func write(_ bytes: [UInt8], to name: String) throws(FileError) -> String {
        let path = Self.folder + "/" + name
        try DurableFile.replace(root + "/" + path, with: bytes)
        return path
    }
}
