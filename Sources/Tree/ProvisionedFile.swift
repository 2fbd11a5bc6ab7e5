package import Roster
package import YAML

/// What stands at one path under `provisioned/`, judged as the reading of a whole tree judges it.
package enum ProvisionedFile: Sendable {
    /// Nothing that is dagroster's.
    case none
    case user(User)
    case group(GroupFile.Contents)
    /// What is no record, and why.
    case broken(Diagnostic)

    /// Looks at a path relative to a tree.
    package init(_ path: String, in tree: String, layout: Layout) {
        self =
            switch TreeLocation(path: path, layout: layout) {
            case .settings, .access, .foreign: .none
            case .record(let kind): Self.read(path, kind, in: tree)
            case .outside(let expected): Self.strange(path, in: tree, expected: expected)
            }
    }

    /// The record's id.
    package var id: String? {
        switch self {
        case .user(let user): user.id
        case .group(let contents): contents.group.id
        case .none, .broken: nil
        }
    }

    private static func read(_ path: String, _ kind: RecordKind, in tree: String) -> ProvisionedFile {
        do throws(FileError) {
            guard let found = try FileStatus(path: tree + "/" + path), found.kind != .folder else { return .none }
            if let fault = Inventory.fault(found.sourceKind) {
                return .broken(Diagnostic(file: path, place: nil, message: fault))
            }
            return parse(try DurableFile.read(tree + "/" + path), path, kind)
        } catch {
            // Gone since it was looked at.
            if error.isMissing { return .none }
            return .broken(Diagnostic(file: path, place: nil, message: "\(error)"))
        }
    }

    private static func parse(_ bytes: [UInt8], _ path: String, _ kind: RecordKind) -> ProvisionedFile {
        let file = bytes.withUnsafeBufferPointer { RecordFileContents(path, kind, $0) }
        switch file.record {
        case .user(let contents): return .user(contents.user)
        case .group(let contents): return .group(contents)
        case nil:
            let problem = file.diagnostics.first { $0.severity == .error }
            return .broken(problem ?? Diagnostic(file: path, place: nil, message: "the file is no record"))
        }
    }

    private static func strange(_ path: String, in tree: String, expected: String) -> ProvisionedFile {
        guard let found = try? FileStatus(path: tree + "/" + path), found.kind != .folder else { return .none }
        let message = "the path is outside the tree's layout"
        return .broken(Diagnostic(file: path, place: nil, message: message, hint: expected))
    }
}

extension FileStatus {
    /// What a listing of the tree calls it.
    fileprivate var sourceKind: SourceFile.Kind {
        switch kind {
        case .regular: isExecutable ? .executable : .regular
        case .symlink: .symlink
        case .special, .folder: .special
        }
    }
}
