internal import YAML

/// The files of a tree by what they are, and what is wrong with the way they stand there.
struct Inventory {
    /// `dagroster.yaml`, or nothing.
    private(set) var settings: [SourceFile] = []
    private(set) var access: [SourceFile] = []
    /// What is under `provisioned/`, by path.
    private var provisioned: [SourceFile] = []
    /// The layout that has each of these paths; nil of one that is no record's in any.
    private var places: [RecordPath?] = []
    private var diagnostics: [Diagnostic] = []

    /// Sorts what a source lists; what is no plain file is an error and left out.
    init(_ listing: SourceListing) async {
        let others = takeRecords(of: listing)
        for file in others.sorted(by: { $0.path < $1.path }) { add(file) }
        places = await Self.places(of: provisioned)
        guard places.contains(where: { $0 == nil }) else { return }
        let kept = zip(provisioned, places).filter { file, place in place != nil || isSound(file) }
        (provisioned, places) = (kept.map(\.0), kept.map(\.1))
    }

    /// Takes what is under `provisioned/`, which is nearly everything and mostly sorted, and returns the rest.
    private mutating func takeRecords(of listing: SourceListing) -> [SourceFile] {
        func isInside(_ path: String) -> Bool { path == RecordKind.root || path.hasPrefix(RecordKind.root + "/") }
        var others: [SourceFile] = []
        provisioned.reserveCapacity(listing.folders.reduce(0) { $0 + $1.files.count })
        for folder in listing.folders {
            if isInside(folder.path) {
                provisioned += folder.files
                continue
            }
            for file in folder.files {
                if isInside(file.path) { provisioned.append(file) } else { others.append(file) }
            }
        }
        // By numbers, because a copy of each file would be counted.
        let isSorted = provisioned.indices.dropFirst()
            .allSatisfy { provisioned[$0 - 1].path < provisioned[$0].path }
        if !isSorted { provisioned.sort { $0.path < $1.path } }
        return others
    }

    private static func places(of files: [SourceFile]) async -> [RecordPath?] {
        let places = Slots<RecordPath>(count: files.count)
        let pieces = Pieces(of: files.count)
        await Crew.work(pieces: pieces.count) { piece in
            for number in pieces[piece] where files[number].kind == .regular {
                places[number] = RecordPath(files[number].path)
            }
        }
        return places.take()
    }

    /// Adds a file that is not under `provisioned/`.
    private mutating func add(_ file: SourceFile) {
        guard isSound(file) else { return }
        switch TreeLocation(path: file.path, layout: nil) {
        case .settings: settings.append(file)
        case .access: access.append(file)
        case .outside(let expected): refuse(file, expected: expected)
        case .record, .foreign: break
        }
    }

    /// Whether a file is dagroster's and plain; it is an error if it is not plain.
    private mutating func isSound(_ file: SourceFile) -> Bool {
        guard TreeLocation(path: file.path, layout: nil) != .foreign else { return false }
        guard let message = Self.fault(file.kind) else { return true }
        diagnostics.append(Diagnostic(file: file.path, place: nil, message: message))
        return false
    }

    /// What there is under a layout; without one, under any.
    struct Judgement {
        /// The records' files that stand where the layout has them.
        var records: [SourceFile]
        /// What is wrong with everything else.
        var diagnostics: [Diagnostic]
        /// Those of them that hide any number of records, and not one file's.
        var folderFaults: [Diagnostic]
    }

    /// Judges each path under `provisioned/` by the layout.
    func judged(by layout: Layout?) -> Judgement {
        var judged = self
        let isInPlace = places.map { place in place.map { layout == nil || layout?.shards == $0.shards } ?? false }
        let isPlain = isInPlace.allSatisfy(\.self)
        var records = provisioned
        if !isPlain {
            let files = zip(provisioned, isInPlace)
            records = files.filter { $1 || judged.isRecord($0, layout) }.map(\.0)
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

    /// Whether the layout has a record's file there; where it has none, that is an error.
    private mutating func isRecord(_ file: SourceFile, _ layout: Layout?) -> Bool {
        switch TreeLocation(path: file.path, layout: layout) {
        case .record: return true
        case .outside(let expected): refuse(file, expected: expected)
        case .settings, .access, .foreign: break
        }
        return false
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
