package import Access
package import Tree
package import YAML

/// Judges an import before anything of it is written.
package enum ImportCheck {
    /// How many names are listed one by one.
    static let shown = 5

    /// Refuses a tree that has something already: an import is to start from.
    package static func refuse(_ contents: TreeContents) throws(ImportError) {
        let bindings = contents.access.bindings.map(\.file)
        let roles = contents.access.roles.isEmpty ? [] : [AccessFiles.rolesFile]
        let paths = (contents.paths.values + bindings + roles).sorted()
        guard paths.isEmpty else { throw .occupied(paths) }
    }

    /// Reads what would be written together with what is there, and refuses it if the first plan of that had anything to
    /// do at the organisation as it is.
    package static func refuse(
        _ roster: RosterImport,
        over source: some FileSource,
        target: TargetSettings,
        live: Organization,
        today: CalendarDate
    ) async throws {
        let contents = try await TreeReader.read(ImportedSource(base: source, files: roster.files))
        let errors = contents.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { throw ImportError.invalid(errors) }
        let prepared: Prepared
        do {
            prepared = try await Reconciler.prepare(
                contents,
                record: nil,
                reader: FixedTarget(organization: live),
                options: Reconciler.Options(target: target, today: today)
            )
        } catch Refusal.invalid(let diagnostics) {
            throw ImportError.invalid(diagnostics)
        }
        let due = (prepared.plan.items.map(\.id) + prepared.plan.held.map(\.id)).map(\.text)
        guard due.isEmpty else { throw ImportError.differs(due) }
    }
}

/// Why nothing is imported.
package enum ImportError: Error, Hashable, Sendable {
    /// The tree has these files already.
    case occupied([String])
    /// What would be written is no valid tree together with what is there.
    case invalid([Diagnostic])
    /// These items would be planned for what would be written.
    case differs([String])
}

extension ImportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .occupied(let paths):
            "the tree has \(Self.listed(paths)) already, and an import is to start from; nothing was written\n"
                + "hint: import into a new tree, made by \"dagroster init\", whose settings name the target"
        case .invalid(let diagnostics):
            "what was to be imported does not go with the tree; nothing was written\n"
                + diagnostics.prefix(ImportCheck.shown).map(\.description).joined(separator: "\n")
        case .differs(let items):
            "the organization cannot be written so that nothing is left to do; nothing was written\n"
                + "it would still be due: \(Self.listed(items))"
        }
    }

    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(ImportCheck.shown).map(Printable.line).joined(separator: ", ")
        return names.count > ImportCheck.shown ? "\(shown) and \(names.count - ImportCheck.shown) more" : shown
    }
}

/// A tree as it is to become: the files that are there, and those of an import.
struct ImportedSource<Base: FileSource>: FileSource {
    let base: Base
    private let imported: [String: [UInt8]]

    init(base: Base, files: [RosterImport.File]) {
        self.base = base
        imported = Dictionary(files.map { ($0.path, $0.bytes) }) { first, _ in first }
    }

    func files() async throws -> [SourceFile] {
        try await base.files().filter { imported[$0.path] == nil } + imported.keys.map { SourceFile(path: $0) }
    }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        let others = files.filter { imported[$0.path] == nil }
        let bytes = zip(others, try await base.contents(of: others)).map { ($0.path, $1) }
        let byPath = Dictionary(bytes) { first, _ in first }
        return files.map { imported[$0.path] ?? byPath[$0.path] ?? nil }
    }
}

/// An organisation that was read before.
private struct FixedTarget: TargetReader {
    let organization: Organization

    func read() async throws -> Organization { organization }
}
