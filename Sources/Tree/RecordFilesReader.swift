internal import Roster
internal import YAML

/// A provisioned file as it was read, before its names are looked up.
struct RecordFileContents: Sendable {
    enum Record: Sendable {
        case user(UserFile.Contents)
        indirect case group(GroupFile.Contents)
    }

    var path: String
    /// What the file system said of it before it was read, if it comes from a folder.
    var tag: ContentTag?
    /// Nil when the file has an error.
    var record: Record?
    var diagnostics: [Diagnostic]
}

/// Reads many provisioned files.
struct RecordFilesReader<Source: FileSource> {
    let source: Source

    /// The files in the given order, without those that are gone since they were listed.
    func read(_ files: [SourceFile]) async throws -> [RecordFileContents] {
        let contents = Slots<RecordFileContents>(count: files.count)
        try await source.read(files) { index, bytes in
            contents[index] = RecordFileContents(files[index], bytes)
        }
        return contents.takePresent()
    }
}

extension RecordFileContents {
    /// Reads one file of a record that a source has listed.
    init(_ file: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>) {
        self.init(file.path, file.recordKind, bytes)
        // A blob's says nothing about a file.
        tag = file.object == nil ? file.tag : nil
    }

    /// Reads one file of a kind.
    init(_ path: String, _ kind: RecordKind, _ bytes: UnsafeBufferPointer<UInt8>) {
        switch kind {
        case .user:
            let (user, diagnostics) = UserFile.read(bytes, file: path)
            self.init(path: path, tag: nil, record: user.map(Record.user), diagnostics: diagnostics)
        case .group:
            let (group, diagnostics) = GroupFile.read(bytes, file: path)
            self.init(path: path, tag: nil, record: group.map(Record.group), diagnostics: diagnostics)
        }
    }
}
