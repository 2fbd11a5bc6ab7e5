package import YAML

internal import Roster

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which files an import puts in place, in `.dagroster/import` from before the first of them to after the last.
///
/// An import writes all of its files or none. One that is killed between two of them can take nothing back; by this note
/// the next one does, and until then readers say what happened. Files are known by what they hold: one that somebody has
/// changed since is theirs.
///
/// The note is not taken at its word: by one that names another file than an import writes nothing is done.
package struct ImportNote: Sendable {
    /// One file that is to be there.
    private struct File {
        var path: String
        var hash: UInt64
    }

    /// The note, relative to the tree.
    package static let path = TreeLocation.stateFolder + "/import"
    private static let heading = "# Files of an import that has not ended, which process "

    private let root: String
    /// The process whose import it is, which is in the names of its temporary files.
    private let process: String
    private let files: [File]

    /// The note in a tree; nil where there is none.
    ///
    /// - Throws: `Diagnostic` with the line that no import has written.
    package init?(of root: String) throws(Diagnostic) {
        guard let bytes = try? DurableFile.read(root + "/" + Self.path) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, first.hasPrefix(Self.heading) else { return nil }
        self.root = root
        process = String(first.dropFirst(Self.heading.count).prefix { $0.isNumber })
        var files: [File] = []
        for (index, line) in lines.enumerated().dropFirst() where index < lines.count - 1 || !line.isEmpty {
            files.append(try Self.file(line, number: index + 1))
        }
        self.files = files
    }

    private static func file(_ line: Substring, number: Int) throws(Diagnostic) -> File {
        let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let hash = UInt64(parts[0], radix: 16) else {
            let message = "expected a file's hash and its path, found \"\(line)\""
            throw refusal(message, Place(line: number, column: 1))
        }
        switch TreeLocation(path: String(parts[1]), layout: nil) {
        case .record, .access: return File(path: String(parts[1]), hash: hash)
        case .settings, .outside, .foreign:
            let message =
                "\"\(parts[1])\" is no file that an import writes: those are records under \(RecordKind.root)/ and files "
                + "under access/ whose names end in .yaml"
            throw refusal(message, Place(line: number, column: parts[0].count + 2))
        }
    }

    private static func refusal(_ message: String, _ place: Place) -> Diagnostic {
        Diagnostic(
            file: path,
            place: place,
            message: message,
            hint: "somebody else has written this note, and nothing is done by it; look by \"git status\" whether an "
                + "import left files half in place, and remove \(path)"
        )
    }

    /// Keeps word of what is about to be put in place.
    package static func write(_ files: [(path: String, bytes: [UInt8])], in root: String) throws(FileError) {
        let lines = files.map { String(hash(of: $0.bytes), radix: 16) + " " + $0.path + "\n" }
        let text = heading + "\(getpid()) writes:\n" + lines.joined()
        try DurableFile.replace(root + "/" + path, with: Array(text.utf8))
    }

    /// Says that there is nothing to take back.
    package static func remove(from root: String) throws(FileError) { try DurableFile.remove(root + "/" + path) }

    private static func hash(of bytes: [UInt8]) -> UInt64 {
        var hash = ContentHash()
        hash.combine(bytes)
        return hash.mixed
    }
}

extension ImportNote {
    /// The files by their paths, relative to the tree.
    package var paths: [String] { files.map(\.path) }

    /// Whether some of the files are there and some are not.
    package var isHalf: Bool { (1..<max(1, files.count)).contains(placed) }

    private var placed: Int { files.count { FileState(path: root + "/" + $0.path) != nil } }

    /// What there is to be said of files of which only some are there.
    package var problem: Diagnostic {
        Diagnostic(
            file: RecordKind.root,
            place: nil,
            message: "an import was stopped when \(placed) of its \(files.count) files were in place",
            hint: "run \"dagroster import\" again, which takes them back and begins anew; if they are meant to be so, "
                + "remove \(Self.path)"
        )
    }

    /// Takes back what was put in place, unless all of it was, with what was to be put there; the note goes last.
    ///
    /// - Returns: how many files went; those that somebody has changed since stay.
    /// - Throws: `FileError`; then the next import goes on with it.
    package func takeBack() throws(FileError) -> Int {
        let batches = BatchWriter(root: root)
        var changes: [DurableFile.Change] = []
        if isHalf {
            for file in files {
                let path = root + "/" + file.path
                guard let bytes = try? DurableFile.read(path), Self.hash(of: bytes) == file.hash else { continue }
                changes.append(DurableFile.Change(path: path, bytes: nil))
            }
            try DurableFile.apply(changes, in: batches)
        }
        for folder in Set(files.map { DurableFile.folder(of: root + "/" + $0.path) }) {
            guard let names = try OpenFolder(folder)?.names() else { continue }
            for name in names.entries.map({ names.path(of: $0, behind: []) }) where isTemporary(name) {
                unlink(folder + "/" + name)
            }
        }
        batches.settle()
        try Self.remove(from: root)
        return changes.count
    }

    private func isTemporary(_ name: String) -> Bool {
        name.hasPrefix("\(DurableFile.temporaryPrefix)\(process)-") && name.hasSuffix(".tmp")
    }
}
