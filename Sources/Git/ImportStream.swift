/// One commit in the language of `git fast-import`, and how its answers are read.
///
/// One process writes the files, the folders and the commit, and touches neither the work tree nor an index: its cost
/// is that of the folders that change, however many files the repository holds.
struct ImportStream {
    /// What was made.
    struct Made {
        var commit: CommitID
        var tree: ObjectID
        /// Nil where there is no parent.
        var parentTree: ObjectID?
        /// By path inside the repository; nil: gone.
        var blobs: [(path: String, object: ObjectID?)]

        /// Whether it changes nothing; a first commit that only removes would hold nothing, either.
        var isEmpty: Bool { tree == parentTree || parentTree == nil && blobs.allSatisfy { $0.object == nil } }
    }

    var files: [(path: String, bytes: [UInt8]?)]
    var parents: [CommitID]
    /// Whether the commit holds what its first parent held beside the files.
    var keepsParentsFiles: Bool
    var author: Signature
    var committer: Signature
    var message: String
    /// A reference that exists only while git runs.
    var scratch = "refs/dagroster/import/" + String(UInt64.random(in: 0 ... .max), radix: 16)
    /// The name of nothing in the repository's hash.
    var zero: String

    /// What git is to read, in pieces.
    var chunks: [[UInt8]] {
        var chunks: [[UInt8]] = []
        for (index, file) in files.enumerated() {
            guard let bytes = file.bytes else { continue }
            chunks.append(Array("blob\nmark :\(index + 2)\ndata \(bytes.count)\n".utf8) + bytes + [UInt8(ascii: "\n")])
        }
        chunks.append(Array(commitHeader.utf8))
        for (index, file) in files.enumerated() {
            let path = Self.quoted(file.path)
            chunks.append(Array((file.bytes == nil ? "D \(path)\n" : "M 100644 :\(index + 2) \(path)\n").utf8))
        }
        chunks.append(Array(questions.utf8))
        chunks.append(Array("reset \(scratch)\nfrom \(zero)\n\ndone\n".utf8))
        return chunks
    }

    private var commitHeader: String {
        var text = "commit \(scratch)\nmark :1\nauthor \(author.header)\ncommitter \(committer.header)\n"
        text += "data \(message.utf8.count)\n\(message)\n"
        if let first = parents.first { text += "from \(first.hex)\n" }
        for parent in parents.dropFirst() { text += "merge \(parent.hex)\n" }
        if !keepsParentsFiles { text += "deleteall\n" }
        return text
    }

    /// The names that the answers tell: of the commit, the blobs, the tree and the parent's tree.
    private var questions: String {
        var text = "get-mark :1\n"
        for (index, file) in files.enumerated() where file.bytes != nil { text += "get-mark :\(index + 2)\n" }
        text += "ls :1 \"\"\n"
        if let first = parents.first { text += "ls \(first.hex) \"\"\n" }
        return text
    }

    /// Reads the answers to the questions; nil when they are not what was asked.
    func made(from output: [UInt8]) -> Made? {
        var lines = String(decoding: output, as: UTF8.self).split(separator: "\n").makeIterator()
        guard let commit = lines.next().flatMap({ ObjectID($0) }) else { return nil }
        var blobs: [(path: String, object: ObjectID?)] = []
        for file in files {
            guard file.bytes != nil else {
                blobs.append((file.path, nil))
                continue
            }
            guard let object = lines.next().flatMap({ ObjectID($0) }) else { return nil }
            blobs.append((file.path, object))
        }
        guard let tree = lines.next().flatMap(Self.tree) else { return nil }
        let parentTree = lines.next().flatMap(Self.tree)
        guard parents.isEmpty || parentTree != nil else { return nil }
        return Made(commit: commit, tree: tree, parentTree: parentTree, blobs: blobs)
    }

    /// Reads `040000 tree <object>\t`.
    private static func tree(_ line: Substring) -> ObjectID? {
        let fields = line.prefix { $0 != "\t" }.split(separator: " ")
        return fields.count == 3 ? ObjectID(fields[2]) : nil
    }

    /// A path as git quotes it: of all bytes only these three mean something between the quotes.
    private static func quoted(_ path: String) -> String {
        var text = "\""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
