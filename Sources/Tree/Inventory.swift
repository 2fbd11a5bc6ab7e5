internal import YAML

/// The files of a tree by what they are, and what is wrong with the way they stand there.
struct Inventory {
    /// `dagroster.yaml`, or nothing.
    private(set) var settings: [SourceFile] = []
    private(set) var access: [SourceFile] = []
    /// What is under `provisioned/`, by path; where records may be there, the settings say.
    private var provisioned: [(file: SourceFile, place: RecordPath?)] = []
    private var diagnostics: [Diagnostic] = []

    /// Sorts what a source lists; what is no plain file is an error and left out.
    init(_ listing: [SourceFile]) async {
        let files = Self.sorted(listing)
        provisioned.reserveCapacity(files.count)
        let places = Slots<RecordPath>(count: files.count)
        let pieces = Pieces(of: files.count)
        await Crew.work(pieces: pieces.count) { piece in
            for number in pieces[piece] where files[number].kind == .regular {
                places[number] = RecordPath(files[number].path)
            }
        }
        for (number, file) in files.enumerated() {
            if let place = places[number] {
                provisioned.append((file, place))
                continue
            }
            let location = TreeLocation(path: file.path, layout: nil)
            guard location != .foreign else { continue }
            if let message = Self.fault(file.kind) {
                diagnostics.append(Diagnostic(file: file.path, place: nil, message: message))
                continue
            }
            switch location {
            case .settings: settings.append(file)
            case .access: access.append(file)
            case .outside(let expected) where file.path.hasPrefix("access"): refuse(file, expected: expected)
            case .outside, .record: provisioned.append((file, nil))
            case .foreign: break
            }
        }
    }

    /// Files by path, as most sources list them already.
    private static func sorted(_ files: [SourceFile]) -> [SourceFile] {
        let isSorted = zip(files, files.dropFirst()).allSatisfy { $0.path < $1.path }
        return isSorted ? files : files.sorted { $0.path < $1.path }
    }

    /// What there is under a layout; without one, under any.
    struct Judgement {
        /// The records' files that stand where the layout has them.
        var records: [(file: SourceFile, kind: RecordKind)]
        /// What is wrong with everything else.
        var diagnostics: [Diagnostic]
        /// Those of them that hide any number of records, and not one file's.
        var folderFaults: [Diagnostic]
    }

    /// Judges each path under `provisioned/` by the layout.
    func judged(by layout: Layout?) -> Judgement {
        var judged = self
        let records = provisioned.compactMap { file, place -> (file: SourceFile, kind: RecordKind)? in
            if let place, layout.map({ $0.shards == place.shards }) ?? true { return (file, place.kind) }
            switch TreeLocation(path: file.path, layout: layout) {
            case .record(let kind): return (file, kind)
            case .outside(let expected): judged.refuse(file, expected: expected)
            case .settings, .access, .foreign: break
            }
            return nil
        }
        let folders = judged.diagnostics.filter { Self.isRecordFolder($0.file, layout) }
        let misplaced = judged.diagnostics.filter { $0.file.hasPrefix(RecordKind.root + "/") }
        let isNoneInPlace = records.isEmpty && folders.isEmpty
        return Judgement(
            records: records,
            diagnostics: judged.diagnostics,
            folderFaults: isNoneInPlace ? misplaced.filter { Self.isRecordFile($0.file) } : folders
        )
    }

    /// Whether a path is that of a folder of records; without a layout, in any.
    private static func isRecordFolder(_ path: String, _ layout: Layout?) -> Bool {
        let hasShards = layout?.shards != 0
        return path == RecordKind.root
            || RecordKind.allCases.contains { kind in
                guard path.hasPrefix(kind.folder) else { return false }
                let rest = path.dropFirst(kind.folder.count)
                return rest.isEmpty || hasShards && rest.first == "/" && Shard.isFolder(rest.dropFirst())
            }
    }

    /// Whether a path is that of a record's file, in any layout.
    private static func isRecordFile(_ path: String) -> Bool {
        if case .record = TreeLocation(path: path, layout: nil) { return true }
        return false
    }

    private mutating func refuse(_ file: SourceFile, expected: String) {
        let message = "the path is outside the tree's layout"
        diagnostics.append(Diagnostic(file: file.path, place: nil, message: message, hint: expected))
    }

    /// What is wrong with a file for what it is; nil for a plain one.
    static func fault(_ kind: SourceFile.Kind) -> String? {
        switch kind {
        case .regular: nil
        case .executable: "the file is executable, which no file of a tree is"
        case .symlink: "the file is a symbolic link, which is not followed"
        case .submodule: "the folder is a repository of its own, which is not read"
        case .special: "this is neither a file nor a folder"
        }
    }
}
