package import Access
package import Git
internal import Roster

/// Finds the commit since which each link of a path to a role is so, without a break up to a commit.
///
/// History is read by what files say: a member's line that moved with its file, or that names the same person by another
/// name, is no new one. Merges are looked into for the commit behind them.
package struct LinkHistory {
    private var history: BranchHistory
    private var pasts: [String: FilePast] = [:]
    private var names: [String: Set<NameKey>] = [:]
    private var found: [PathLink: (order: Int, note: CommitNote)] = [:]
    /// Of the many things that one commit made so, it is told the same.
    private var notes: [CommitID: CommitNote] = [:]
    private let paths: [String: String]

    /// The first-parent history that ends with a commit; `paths` are the files of records by id at that commit.
    package init(_ repository: Repository, endingAt head: CommitID, paths: [String: String]) async throws {
        history = try await BranchHistory(repository, endingAt: head)
        self.paths = paths
    }

    /// The ways with the commits that opened them and each of their links.
    package mutating func dated(_ trails: [AccessTrail]) async throws -> [AccessTrail] {
        try await history.prepare(trails.flatMap(\.links).map(\.file))
        var result: [AccessTrail] = []
        for var trail in trails {
            var latest: (order: Int, note: CommitNote)?
            for link in trail.links {
                guard let since = try await since(link) else { continue }
                trail.since[link] = since.note
                if since.order < latest?.order ?? .max { latest = since }
            }
            trail.opened = trail.since.count == Set(trail.links).count ? latest?.note : nil
            result.append(trail)
        }
        return result
    }

    /// So many files are worth reading the history of all of them.
    private static let fewFiles = 200

    /// Reads what dates many ways at once, in place of each one's by itself.
    package mutating func prepare(for trails: some Sequence<AccessTrail>) async throws {
        let files = Set(trails.flatMap(\.links).map(\.file))
        if files.count > Self.fewFiles { try await history.prepareAll() } else { try await history.prepare(files) }
    }

    /// The commit since which one thing is so; nil where that is in no commit yet.
    package mutating func opening(of link: PathLink) async throws -> CommitNote? { try await since(link)?.note }

    private mutating func since(_ link: PathLink) async throws -> (order: Int, note: CommitNote)? {
        if let known = found[link] { return known }
        guard !link.file.isEmpty else { return nil }
        for version in try await past(of: link.file).versions {
            if let before = version.before, try await isSo(link, in: before, version) { continue }
            let since = (version.order, try await note(of: version, link))
            found[link] = since
            return since
        }
        return nil
    }

    private mutating func past(of path: String) async throws -> FilePast {
        if let past = pasts[path] { return past }
        let past = try await history.past(of: path)
        pasts[path] = past
        return past
    }
}

extension LinkHistory {
    /// Whether a link was so in a former content of its file, one step before a change of it.
    private mutating func isSo(_ link: PathLink, in object: ObjectID, _ version: FileVersion) async throws -> Bool {
        guard let bytes = try await history.bytes(of: object) else { return false }
        let test = LinkTest(bytes: bytes, path: version.path)
        switch link.statement {
        case .active: return test.isActive == true
        case .inactive: return test.isActive == false
        case .holdsAppRole(_, let value): return test.holdsAppRole(value)
        case .member(let user, _):
            guard let name = try await name(of: user, at: version.order + 1) else { return false }
            return test.listsMember(name)
        case .nested(let group, _):
            guard let name = try await name(of: group, at: version.order + 1) else { return false }
            return test.listsGroup(name)
        case .listed(let user): return test.lists(try await everyName(of: user))
        case .takesGroup(let group): return test.takesGroup(try await everyName(of: group))
        case .takesAppRole(let value): return test.takesAppRole(value)
        case .grant(let scope, let role, let location):
            let day = CalendarDate(secondsSince1970: Double(version.commit.committer.seconds))
            return test.gives(role, at: scope, location: location, on: day)
        case .customRole(let role): return test.defines(role)
        }
    }

    /// What a person or group was called at a moment; nil where there was none.
    private mutating func name(of id: String, at order: Int) async throws -> String? {
        guard let path = paths[id], let object = try await past(of: path).content(at: order) else { return nil }
        return try await history.bytes(of: object).flatMap { LinkTest(bytes: $0, path: path).name }
    }

    /// Every name that a person or group has had: files of people are not edited on the day on which somebody is renamed.
    private mutating func everyName(of id: String) async throws -> Set<NameKey> {
        if let known = names[id] { return known }
        var result: Set<NameKey> = []
        if let path = paths[id] {
            for version in try await past(of: path).versions {
                guard let object = version.after, let bytes = try await history.bytes(of: object),
                    let name = LinkTest(bytes: bytes, path: version.path).name
                else { continue }
                result.insert(NameKey(name))
            }
        }
        names[id] = result
        return result
    }
}

extension LinkHistory {
    /// What to say about the commit that made a link so; of a merge, about the commit that it brought.
    private mutating func note(of version: FileVersion, _ link: PathLink) async throws -> CommitNote {
        let repository = history.repository
        guard version.commit.parents.count > 1, let first = version.commit.parents.first else {
            if let known = notes[version.commit.id] { return known }
            let isCut = try await repository.isCutOff(version.commit)
            let note = CommitNote(version.commit, isOldestHere: isCut)
            notes[version.commit.id] = note
            return note
        }
        let brought = try await repository.log(
            of: [version.path],
            from: version.commit.id,
            excluding: first,
            walk: .everything
        )
        for step in brought where step.info.id != version.commit.id {
            guard let change = step.files.first(where: { $0.path == version.path }), let after = change.after,
                try await isSo(link, in: after, version)
            else { continue }
            if let before = change.before, try await isSo(link, in: before, version) { continue }
            return CommitNote(step.info, merge: version.commit.id.hex)
        }
        return CommitNote(version.commit)
    }
}

extension CommitNote {
    /// What a commit says of itself.
    package init(_ commit: CommitInfo, merge: String? = nil, isOldestHere: Bool = false) {
        func values(_ key: String) -> [String] { commit.trailers.filter { $0.key == key }.map(\.value) }
        self.init(
            id: commit.id.hex,
            author: commit.author.name,
            seconds: commit.committer.seconds,
            subject: commit.subject,
            source: values("Dagroster-Source").first,
            requests: values("Dagroster-Request-Id"),
            handEdit: values(HandEdits.trailer).first,
            merge: merge,
            isOldestHere: isOldestHere
        )
    }
}
