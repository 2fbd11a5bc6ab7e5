import Foundation
import Logging
import Roster
import Store
import Synchronization
import Testing

@testable import Git
@testable import Publish

/// A repository in a folder of its own, a publisher for it, and a clock that only the test moves.
final class Fixture: Sendable {
    static let environment = [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent",
        "GIT_CEILING_DIRECTORIES": FileManager.default.temporaryDirectory.path,
    ]
    static let now = 1_790_000_100

    let path: String
    let repository: Repository
    let clock = ManualClock()
    let log = Log()
    let publisher: Publisher<ManualClock>
    let changes: AsyncStream<StoredChange>
    let store: AsyncStream<StoredChange>.Continuation

    /// A repository in a folder that is made for it, or in one that is there.
    init(at folder: String? = nil) async throws {
        let name = "publish-tests-\(UUID().uuidString)"
        path = folder ?? FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        repository = try await Repository.create(at: path, branch: "main", environment: Self.environment)
        publisher = Publisher(
            repository: repository,
            branch: "main",
            clock: clock,
            patience: .milliseconds(50),
            logger: log.logger,
            now: { Self.now }
        )
        (changes, store) = AsyncStream.makeStream()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Lets the publisher run while the test does its part, then ends the store's changes and waits.
    func running(_ body: () async throws -> Void) async throws {
        let (publisher, changes) = (publisher, changes)
        async let run: Void = publisher.run(changes)
        do {
            try await body()
            store.finish()
        } catch {
            store.finish()
            throw error
        }
        await run
    }

    /// Waits until the publisher's status is as expected.
    func until(_ isExpected: (PublishStatus) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if isExpected(await publisher.status()) { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("still waiting, at \(await publisher.status())")
    }

    /// Hands the publisher a change as the store does, once its file is written, and waits until it is taken up.
    func send(_ change: StoredChange) async throws {
        for file in change.files {
            let place = "\(path)/\(file.path)"
            if let bytes = file.bytes { try Data(bytes).write(to: URL(fileURLWithPath: place)) }
        }
        let status = await publisher.status()
        let before = status.pendingChanges + status.commits * 1000
        store.yield(change)
        try await until { $0.pendingChanges + $0.commits * 1000 > before }
    }

    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        String(decoding: try await repository.runner.output(arguments), as: UTF8.self)
    }

    /// The commits on the branch, oldest first.
    func history() async throws -> [CommitInfo] {
        guard let head = try await repository.head().commit else { return [] }
        return try await repository.history(of: [], from: head).reversed()
    }

    /// The files of a commit as text.
    func files(of commit: CommitInfo) async throws -> [String: String] {
        var files: [String: String] = [:]
        for entry in try await repository.entries(of: commit.id) {
            let bytes = try #require(try await repository.contents(of: entry.path, in: commit.id))
            files[entry.path] = String(decoding: bytes, as: UTF8.self)
        }
        return files
    }
}

extension StoredChange {
    /// A change of one user's file.
    static func user(
        _ name: String,
        _ content: String? = "1\n",
        sign: ChangeLine.Sign = .created,
        source: String = "entra-prod",
        request: String = "r1",
        time: Double = 1_790_000_000.5
    ) -> StoredChange {
        StoredChange(
            mutation: .deleteUser(id: name),
            source: source,
            requestID: request,
            time: time,
            lines: [ChangeLine(sign: sign, kind: .user, name: "\(name)@example.com", detail: "active")],
            files: [FileChange(path: "\(name).yaml", bytes: content.map { Array($0.utf8) })]
        )
    }
}

/// What was logged.
final class Log: LogHandler, Sendable {
    private let messages = Mutex<[String]>([])

    var warnings: [String] { messages.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { [self] _ in self } }

    func log(event: LogEvent) {
        guard event.level >= .warning else { return }
        messages.withLock { $0.append("\(event.message)") }
    }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
}
