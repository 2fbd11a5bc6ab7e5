package import Git
internal import YAML

extension Provenance {
    /// How many changed files are traced to their commits one by one; beyond it the plan's own commit explains them.
    static let limit = 200

    /// Finds which commits changed what since the last apply; `files` are those of the records in the tree.
    package static func read(
        _ repository: Repository,
        from base: CommitID?,
        to commit: CommitID,
        files: [String: String]
    ) async throws -> Provenance {
        var provenance = Provenance(files: files)
        guard let base, base != commit, try await repository.resolve(base.hex) != nil else { return provenance }
        let changes = try await repository.changes(from: base, to: commit, under: ["access", "provisioned"])
            .filter { $0.before != $0.after }
        let changed = changes.map(\.path).sorted()
        guard changed.count <= limit else {
            let all = try await repository.history(of: ["provisioned"], from: commit, excluding: base)
            if all.contains(where: \.isProvisioning) { provenance.provisioned = .any }
            return provenance
        }
        let removed = changes.filter { $0.after == nil }.compactMap { change in change.before.map { (change.path, $0) }
        }
        try await provenance.addFiles(of: removed, repository)
        let last = try await repository.history(of: [], from: commit, limit: 1)
        let isOneStep = last.first?.parents == [base]
        var provisioned: Set<String> = []
        for path in changed {
            let found = isOneStep ? last : try await repository.history(of: [path], from: commit, excluding: base)
            provenance.commits[path] = found.first?.id.hex
            if found.contains(where: \.isProvisioning) { provisioned.insert(path) }
        }
        provenance.provisioned = .paths(provisioned)
        return provenance
    }

    /// The ids of records whose files are gone, from what the files held.
    private mutating func addFiles(
        of removed: [(path: String, object: ObjectID)],
        _ repository: Repository
    ) async throws {
        let contents = try await repository.contents(of: removed.map(\.object))
        for (path, object) in removed where path.hasPrefix("provisioned/") {
            guard let bytes = contents[object], let id = Self.id(in: bytes), files[id] == nil else { continue }
            files[id] = path
        }
    }

    private static func id(in bytes: [UInt8]) -> String? {
        guard case .mapping(let entries)? = try? Reader.read(bytes).content,
            case .scalar(let scalar)? = entries.first(where: { $0.key == "id" })?.value.content
        else { return nil }
        return scalar.text
    }
}

extension CommitInfo {
    /// Whether `serve` made the commit for an identity provider: it names its token then.
    fileprivate var isProvisioning: Bool { trailers.contains { $0.key == "Dagroster-Source" } }
}
