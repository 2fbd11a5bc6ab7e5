internal import Roster
package import YAML

/// What brings a tree to canonical form: the files that are not in it, as they are to become.
package struct TreeFormat: Sendable {
    /// One file with its canonical bytes.
    package struct Change: Hashable, Sendable {
        /// The path in the tree.
        package var path: String
        /// The canonical content.
        package var bytes: [UInt8]
    }

    /// The files that change, by path; none when the tree is in canonical form already.
    package var changes: [Change]
    /// What is wrong with the tree, and what could not be formatted without a loss.
    package var diagnostics: [Diagnostic]

    /// Decides what `fmt` changes; nothing is written.
    ///
    /// Records' files are written anew; what people write is edited, so that comments stay. A file with an error stays as
    /// it is, and so does one that cannot be formatted without a loss, which is an error itself. No file moves. What the
    /// source throws when it cannot be read at all is thrown on.
    package init(of source: some FileSource) async throws {
        let source = try await CopiedSource(source)
        let contents = try await TreeReader.read(source)
        let broken = Set(contents.diagnostics.filter { $0.severity == .error }.map(\.file))
        changes = []
        diagnostics = contents.diagnostics + (source.doubt.map { [$0] } ?? [])
        let files = try await source.files().filter { $0.kind == .regular }.sorted { $0.path < $1.path }
        let ids = Dictionary(uniqueKeysWithValues: contents.paths.map { ($1, $0) })
        for (file, bytes) in zip(files, try await source.contents(of: files)) {
            guard let bytes else { continue }
            if let id = ids[file.path], !broken.contains(file.path) {
                add(contents.canonicalBytes(ofRecord: id), to: file.path, insteadOf: bytes)
            } else if Self.isHandWritten(file.path) {
                format(bytes, file.path, hasError: broken.contains(file.path))
            }
        }
        diagnostics.sort()
    }

    private static func isHandWritten(_ path: String) -> Bool {
        let location = TreeLocation(path: path, layout: nil)
        return location == .settings || location == .access
    }

    private mutating func format(_ bytes: [UInt8], _ path: String, hasError: Bool) {
        do throws(YAMLError) {
            let formatted = try CanonicalEdit.formatted(bytes) { KeyOrder.keys(ofFile: path, at: $0) }
            add(formatted, to: path, insteadOf: bytes)
        } catch {
            // A file that is no YAML has been named already.
            if !hasError { diagnostics.append(Diagnostic(error, file: path)) }
        }
    }

    private mutating func add(_ canonical: [UInt8]?, to path: String, insteadOf bytes: [UInt8]) {
        guard let canonical, canonical != bytes else { return }
        changes.append(Change(path: path, bytes: canonical))
    }
}

extension TreeContents {
    /// The canonical bytes of a record's file; nil when the directory has no such record.
    fileprivate func canonicalBytes(ofRecord id: String) -> [UInt8]? {
        switch directory.member(id: id) {
        case .user: directory.user(id: id).map(UserFile.bytes)
        case .group: directory.group(id: id).map { GroupFile.bytes(of: $0, in: directory) }
        case nil: nil
        }
    }
}
