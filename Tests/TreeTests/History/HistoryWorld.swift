import Access
import Git
import Roster
import Testing
import YAML

@testable import Tree

/// A repository with a tree in it, whose commits are made one by one.
final class HistoryWorld {
    let folder = try? TemporaryFolder()
    let repository: Repository
    private(set) var commits: [CommitID] = []

    init() async throws {
        let path = try #require(folder).path
        repository = try await Repository.create(at: path, branch: "main", environment: Self.environment)
        try await commit(["dagroster.yaml": String(decoding: Settings.fresh(), as: UTF8.self)])
    }

    static let environment = [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent",
    ]

    /// Commits files given as text; nil: gone.
    @discardableResult
    func commit(_ files: [String: String?], _ message: String = "change") async throws -> CommitID {
        try await commit(bytes: files.mapValues { $0.map { Array($0.utf8) } }, message)
    }

    @discardableResult
    func commit(bytes files: [String: [UInt8]?], _ message: String = "change") async throws -> CommitID {
        let changes = files.sorted { $0.key < $1.key }.map { TreeChange(path: $0.key, bytes: $0.value) }
        let author = Signature(name: "entra-prod", email: "e@x", seconds: 1_790_000_000)
        let made = try await repository.commit(changes, message: message + "\n", author: author, on: "main")
        let commit = try #require(made).id
        commits.append(commit)
        return commit
    }

    /// What a tree asks for at a commit, on a day before which no grant ends.
    func state(at commit: CommitID) async throws -> (contents: TreeContents, wanted: Wanted) {
        let contents = try await TreeReader.read(CommitSource(repository, at: commit))
        #expect(contents.isValid, "\(contents.diagnostics)")
        return (contents, try Self.wanted(contents.access, contents.directory))
    }

    static func wanted(_ access: AccessFiles, _ directory: Directory) throws -> Wanted {
        let day = try #require(CalendarDate("2026-11-01"))
        return Resolution.wanted(access, directory, policy: ResolutionPolicy(), today: day).wanted
    }

    /// The ways of a person at a point of the last commit, with the commits that opened them.
    func trails(of key: String, at point: AccessPoint) async throws -> [AccessTrail] {
        let head = try #require(try await repository.head().commit)
        let (contents, wanted) = try await state(at: head)
        let finder = TrailFinder(wanted, contents.access, contents.directory, paths: contents.paths)
        var history = try await LinkHistory(repository, endingAt: head, paths: contents.paths)
        return try await history.dated(finder.trails(of: key, at: point))
    }
}
