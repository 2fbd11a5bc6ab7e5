import Foundation
import Roster
import SCIM
import Store
import Synchronization
import Testing
import Tree

@testable import Git
@testable import Publish

/// A bare repository with a tree in it, and the folders of those who write to it.
final class Shared: Sendable {
    let path: String
    let person: Runner

    init(format: String = "sha1") async throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("shared-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var runner = Runner(environment: CleanEnvironment.make(overrides: Fixture.environment), timeLimit: .seconds(30))
        runner.prefix = ["-C", path, "-c", "user.name=Lin", "-c", "user.email=lin@x", "-c", "init.defaultBranch=main"]
        person = runner
        try await git("init", "-q", "--bare", "--object-format=\(format)", "remote.git")
        // A clone of nothing would have the hash that git has by itself.
        try await git("init", "-q", "--object-format=\(format)", "person")
        try await git("-C", "person", "remote", "add", "origin", "../remote.git")
        _ = try TreeInitializer.create(at: path + "/person")
        try await git("-C", "person", "add", "-A")
        try await git("-C", "person", "commit", "-q", "-m", "a tree")
        try await git("-C", "person", "push", "-q", "origin", "HEAD:main")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What people do: plain git, in the folder of all.
    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        String(decoding: try await person.output(arguments), as: UTF8.self)
    }

    /// Edits a file as somebody at another desk does, and pushes that.
    func pushFromElsewhere(_ text: String, to file: String) async throws {
        try await git("-C", "person", "pull", "-q", "--rebase", "origin", "main")
        try write(text, to: "person/\(file)")
        try await git("-C", "person", "add", "-A")
        try await git("-C", "person", "commit", "-q", "-m", "edit \(file)")
        try await git("-C", "person", "push", "-q", "origin", "HEAD:main")
    }

    func write(_ text: String, to file: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(file)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ file: String) throws -> String { try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) }

    /// The subjects of the remote's branch, oldest first.
    func subjects() async throws -> [String] {
        let log = try await git("-C", "remote.git", "log", "--reverse", "--format=%s", "main")
        return log.split(separator: "\n").map(String.init)
    }

    /// The userNames or displayNames at the remote.
    func names(_ kind: String = "users") async throws -> [String] {
        let list = try await git("-C", "remote.git", "ls-tree", "--name-only", "main", "provisioned/\(kind)/")
        let files = list.split(separator: "\n").compactMap { $0.split(separator: "/").last.map(String.init) }
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    }
}

/// A server without HTTP: a clone with a store and a publisher that pushes.
final class Writer: Sendable {
    let name: String
    let shared: Shared
    let repository: Repository
    let store: Store
    let publisher: Publisher<ContinuousClock>
    let log = Log()
    private let counts = Mutex(Counts())

    /// Changes that were asked for here, those of them that the store has told, and all that it has told.
    private struct Counts {
        var asked = 0
        var told = 0
        var all = 0
    }

    init(
        _ name: String,
        _ shared: Shared,
        cloning: [String] = [],
        branch: String = "main",
        isDurable: Bool = false,
        window: Duration = .zero,
        patience: Duration = .seconds(600),
        timeLimit: Duration = .seconds(60)
    ) async throws {
        (self.name, self.shared) = (name, shared)
        let path = shared.path + "/" + name
        if !FileManager.default.fileExists(atPath: path) {
            _ = try await shared.person.output(["clone", "-q"] + cloning + ["file://\(shared.path)/remote.git", name])
        }
        repository = try #require(
            try await Repository.discover(path, environment: Fixture.environment, timeLimit: timeLimit)
        )
        let confirmations = PushConfirmations(remote: "origin", limit: patience)
        store = try Store.open(
            Recovery(root: path),
            contents: try await TreeReader.read(FolderSource(path)),
            options: StoreOptions(
                gate: BranchGate(repository: repository, branch: "main"),
                confirmation: isDurable ? confirmations : nil
            ),
            now: { Timestamp(milliseconds: 1_795_452_420_125) }
        )
        publisher = Publisher(
            repository: repository,
            branch: "main",
            window: Window(quiet: .zero, longest: .zero),
            push: PushRule(branch: branch, window: window, isDurable: isDurable),
            records: store,
            confirmations: isDurable ? confirmations : nil,
            logger: log.logger,
            now: { Fixture.now }
        )
    }

    /// Lets the publisher run while the test does its part, then stops as a server does.
    func running(_ body: () async throws -> Void) async throws {
        let (publisher, store) = (publisher, store)
        async let run: Void = publisher.run(store.changes.map { [self] in noted($0) })
        let outcome: (any Error)?
        do {
            try await body()
            outcome = nil
        } catch { outcome = error }
        store.close()
        await run
        try await store.closed()
        if let outcome { throw outcome }
    }

    private func noted(_ change: StoredChange) -> StoredChange {
        counts.withLock { counts in
            counts.all += 1
            if change.source == name { counts.told += 1 }
        }
        return change
    }

    func change(_ mutation: Mutation) async throws {
        _ = try await store.change(by: Requester(source: name, requestID: "r")) { _, _ in
            counts.withLock { $0.asked += 1 }
            return mutation
        }
    }

    /// Creates a person whose id says who made it.
    func create(_ user: String, _ attributes: Object = [:]) async throws {
        var attributes = attributes
        attributes["userName"] = .string(user)
        try await change(.createUser(User(id: "\(user)-\(name)", created: nil, attributes: attributes)))
    }

    /// Creates a group whose id says who made it.
    func create(group: String, _ members: [String] = []) async throws {
        let attributes: Object = ["displayName": .string(group)]
        try await change(
            .createGroup(Group(id: "\(group)-\(name)", created: nil, attributes: attributes, members: members))
        )
    }

    /// Waits until the publisher's status is as expected.
    func until(
        _ sourceLocation: SourceLocation = #_sourceLocation,
        _ isExpected: (PublishStatus) -> Bool
    ) async throws {
        for _ in 0..<12_000 {
            if isExpected(await publisher.status()) { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("still waiting, at \(await publisher.status())", sourceLocation: sourceLocation)
    }

    /// Waits until everything is at the remote.
    func untilPushed(_ sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for _ in 0..<12_000 {
            // First what the store has told: a change is in the files before it is told.
            let counts = counts.withLock { $0 }
            let received = await publisher.received
            let isTold = counts.told >= counts.asked && received == counts.all
            let status = await publisher.status()
            if isTold, status.pendingChanges == 0, status.unpushedCommits == 0 { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("still waiting, at \(await publisher.status())", sourceLocation: sourceLocation)
    }

    func names() -> [String] { store.snapshot.directory.users.map(\.userName).sorted() }

    /// What must hold at any rest: nothing to commit, a sound repository, and files that say what memory says.
    func checkAtRest(_ sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(try await repository.status() == [], sourceLocation: sourceLocation)
        let ending = try await repository.runner.outcome(["fsck", "--strict", "--no-dangling"]).ending
        #expect(ending.status == 0, "\(ending.message)", sourceLocation: sourceLocation)
        let files = try await TreeReader.read(FolderSource(shared.path + "/" + name))
        #expect(files.directory == store.snapshot.directory, sourceLocation: sourceLocation)
        let head = try #require(try await repository.head().commit)
        let committed = try await TreeReader.read(CommitSource(repository, at: head))
        #expect(committed.directory == store.snapshot.directory, sourceLocation: sourceLocation)
    }
}
