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

extension RecordFileContents {
    /// Reads one file of a record that a source has listed.
    ///
    /// - Parameters:
    ///   - file: as it was listed.
    ///   - tag: what the bytes are known by.
    ///   - bytes: what it holds.
    init(_ file: SourceFile, _ tag: ContentTag?, _ bytes: UnsafeBufferPointer<UInt8>) {
        self.init(file.path, file.recordKind, bytes)
        // A blob's says nothing about a file.
        self.tag = file.object == nil ? tag : nil
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
