import Foundation
import Logging
import Roster
import Store
import Testing

@testable import Git
@testable import Publish

struct PublisherTests {
    @Test func `changes are one commit when nothing follows for the quiet time`() async throws {
        let fixture = try await Fixture()
        try await fixture.running {
            try await fixture.send(.user("ada", request: "r1"))
            fixture.clock.advance(by: .milliseconds(1900))
            try await fixture.send(.user("grace", request: "r2", time: 1_790_000_002))
            fixture.clock.advance(by: .milliseconds(1900))
            let waiting = PublishStatus(isRepository: true, pendingChanges: 2, oldestAge: .milliseconds(3800))
            #expect(await fixture.publisher.status() == waiting)
            fixture.clock.advance(by: .milliseconds(100))
            try await fixture.until { $0.commits == 1 }
        }

        let history = try await fixture.history()
        let commit = try #require(history.first)
        #expect(history.count == 1)
        #expect(try await fixture.files(of: commit) == ["ada.yaml": "1\n", "grace.yaml": "1\n"])
        let author = Signature(name: "entra-prod", email: "entra-prod@dagroster.invalid", seconds: 1_790_000_002)
        #expect(commit.author == author)
        #expect(
            commit.committer == Signature(name: "dagroster", email: "dagroster@localhost", seconds: Fixture.now)
        )
        #expect(commit.subject == "provision: 2 users created (entra-prod)")
        #expect(try await fixture.repository.status() == [])
        let done = PublishStatus(isRepository: true, lastCommit: commit.id, lastCommitTime: Fixture.now, commits: 1)
        #expect(await fixture.publisher.status() == done)
    }

    @Test func `a window that never gets quiet ends after the longest time`() async throws {
        let fixture = try await Fixture()
        try await fixture.running {
            for second in 0..<10 {
                try await fixture.send(.user("user\(second)"))
                fixture.clock.advance(by: .seconds(1))
            }
            try await fixture.until { $0.commits == 1 }
            #expect(await fixture.publisher.status().pendingChanges == 0)
        }
        #expect(try await fixture.history().count == 1)
    }

    @Test func `two sources are never in one commit, and their order is kept`() async throws {
        let fixture = try await Fixture()
        try await fixture.running {
            try await fixture.send(.user("ada", "1\n", source: "entra"))
            try await fixture.send(.user("ada", "2\n", source: "entra"))
            // Without any time passing: the other source closes the window.
            try await fixture.send(.user("ada", "3\n", source: "okta"))
            try await fixture.until { $0.commits == 1 }
            try await fixture.send(.user("ada", "4\n", source: "entra"))
            try await fixture.until { $0.commits == 2 }
        }
        let history = try await fixture.history()
        #expect(history.map(\.author.name) == ["entra", "okta", "entra"])
        var contents: [String?] = []
        for commit in history { contents.append(try await fixture.files(of: commit)["ada.yaml"]) }
        #expect(contents == ["2\n", "3\n", "4\n"])
    }

    @Test func `changes that undo each other make no commit`() async throws {
        let fixture = try await Fixture()
        try await fixture.running {
            try await fixture.send(.user("ada"))
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.commits == 1 }
            try await fixture.send(.user("grace"))
            try await fixture.send(.user("grace", nil, sign: .removed))
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.pendingChanges == 0 }
        }
        #expect(try await fixture.history().count == 1)
    }

    @Test func `what is open is committed by a flush, and when the changes end`() async throws {
        let fixture = try await Fixture()
        try await fixture.running {
            try await fixture.send(.user("ada"))
            let status = await fixture.publisher.flush()
            #expect(status.commits == 1)
            #expect(status.pendingChanges == 0)
            try await fixture.send(.user("grace"))
        }
        #expect(try await fixture.history().count == 2)
    }

    @Test func `who is cancelled commits first what the store has handed over`() async throws {
        let fixture = try await Fixture()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await fixture.publisher.run(fixture.changes) }
            for number in 0..<50 { fixture.store.yield(.user("user\(number)")) }
            group.cancelAll()
        }
        let commit = try #require(try await fixture.history().first)
        #expect(try await fixture.files(of: commit).count == 50)
        #expect(try await fixture.git("fsck", "--strict", "--no-dangling").isEmpty)
    }

    @Test func `on another branch nothing is committed and nothing is lost`() async throws {
        let fixture = try await Fixture()
        try await fixture.running {
            try await fixture.send(.user("ada"))
            await fixture.publisher.flush()
            try await fixture.git("switch", "-q", "-c", "feature")
            try await fixture.send(.user("grace", "1\n"))
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.failures == 1 }
            try await fixture.send(.user("grace", "2\n"))
            let status = await fixture.publisher.status()
            let words = "HEAD is on branch \"feature\", not on branch \"main\"; nothing was committed"
            #expect(status.lastError == words)
            #expect(status.pendingChanges == 2)

            try await fixture.git("switch", "-q", "main")
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.commits == 2 }
            #expect(await fixture.publisher.status().lastError == nil)
        }
        let last = try #require(try await fixture.history().last)
        #expect(try await fixture.files(of: last) == ["ada.yaml": "1\n", "grace.yaml": "2\n"])
        #expect(try await fixture.git("for-each-ref", "--format=%(refname)") == "refs/heads/feature\nrefs/heads/main\n")
    }

    @Test func `a commit that fails is tried again, less and less often`() async throws {
        let fixture = try await Fixture()
        let lock = fixture.path + "/.git/refs/heads/main.lock"
        try await fixture.running {
            try Data().write(to: URL(fileURLWithPath: lock))
            try await fixture.send(.user("ada"))
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.failures == 1 }
            fixture.clock.advance(by: .seconds(1))
            try await fixture.until { $0.failures == 2 }
            fixture.clock.advance(by: .seconds(1))
            let status = await fixture.publisher.status()
            #expect(status.failures == 2)
            #expect(status.pendingChanges == 1)
            #expect(status.oldestAge == .seconds(4))
            #expect(status.lastError?.contains("main.lock': File exists") == true)

            try FileManager.default.removeItem(atPath: lock)
            fixture.clock.advance(by: .seconds(1))
            try await fixture.until { $0.commits == 1 }
        }
        #expect(fixture.log.warnings == ["changes are not committed yet"])
        #expect(try await fixture.repository.status() == [])
    }

    @Test func `what a hook refuses is not lost, and is tried again less and less often`() async throws {
        let fixture = try await Fixture()
        let hook = fixture.path + "/.git/hooks/pre-commit"
        try await fixture.running {
            try Data("#!/bin/sh\necho 'freeze until Monday' >&2\nexit 1\n".utf8).write(to: URL(filePath: hook))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
            try await fixture.send(.user("ada"))
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.failures == 1 }
            let status = await fixture.publisher.status()
            #expect(status.lastError == "the hook \"pre-commit\" refused the commit: freeze until Monday")
            #expect(status.pendingChanges == 1)
            fixture.clock.advance(by: .seconds(1))
            try await fixture.until { $0.failures == 2 }
            try FileManager.default.removeItem(atPath: hook)
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.commits == 1 }
        }
        #expect(fixture.log.warnings == ["changes are not committed yet"])
        #expect(try await fixture.repository.status() == [])
    }

    @Test func `an index that is held is told later`() async throws {
        let fixture = try await Fixture()
        let lock = fixture.path + "/.git/index.lock"
        try await fixture.running {
            try Data().write(to: URL(fileURLWithPath: lock))
            try await fixture.send(.user("ada"))
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.commits == 1 }
            #expect(try await fixture.repository.status() != [])
            try FileManager.default.removeItem(atPath: lock)
            for _ in 0..<200 where try await fixture.repository.status() != [] {
                fixture.clock.advance(by: .seconds(5))
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await fixture.repository.status() == [])
        }
    }

    @Test func `what people commit in between stays, and their staged work, too`() async throws {
        let fixture = try await Fixture()
        try await fixture.running {
            try await fixture.send(.user("ada"))
            await fixture.publisher.flush()
            try Data("team: x\n".utf8).write(to: URL(fileURLWithPath: fixture.path + "/team.yaml"))
            try await fixture.git("add", "team.yaml")
            try await fixture.git("-c", "user.name=P", "-c", "user.email=p@x", "commit", "-q", "-m", "mine")
            try Data("staged\n".utf8).write(to: URL(fileURLWithPath: fixture.path + "/other.yaml"))
            try await fixture.git("add", "other.yaml")
            try await fixture.send(.user("grace"))
        }
        let history = try await fixture.history()
        let last = try #require(history.last)
        #expect(history.map(\.author.name) == ["entra-prod", "P", "entra-prod"])
        #expect(try await fixture.files(of: last).keys.sorted() == ["ada.yaml", "grace.yaml", "team.yaml"])
        #expect(try await fixture.repository.status() == [PathStatus(path: "other.yaml", isStaged: true)])
    }

    @Test func `a folder in no repository is told once and nothing is kept`() async throws {
        let log = Log()
        let publisher = Publisher(
            repository: nil,
            branch: "main",
            clock: ManualClock(),
            logger: log.logger,
            now: { 0 }
        )
        let (changes, store) = AsyncStream<StoredChange>.makeStream()
        for _ in 0..<3 { store.yield(.user("ada")) }
        store.finish()
        await publisher.run(changes)
        #expect(await publisher.flush() == PublishStatus(isRepository: false))
        #expect(log.warnings == ["the tree is in no git repository; changes are written to files and not committed"])
    }

    @Test func `on a real clock a window ends by itself`() async throws {
        let fixture = try await Fixture()
        let publisher = Publisher(
            repository: fixture.repository,
            branch: "main",
            window: Window(quiet: .milliseconds(50), longest: .seconds(10)),
            logger: fixture.log.logger,
            now: { Fixture.now }
        )
        async let run: Void = publisher.run(fixture.changes)
        fixture.store.yield(.user("ada"))
        for _ in 0..<2000 where await publisher.status().commits == 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(await publisher.status().commits == 1)
        fixture.store.finish()
        await run
    }

    @Test func `the tree is written on its branch only`() async throws {
        let fixture = try await Fixture()
        let gate = BranchGate(repository: fixture.repository, branch: "main")
        #expect(gate.refusal() == nil)
        try await fixture.git("switch", "-q", "-c", "feature")
        #expect(gate.refusal() == "HEAD is on branch \"feature\", not on branch \"main\"")
        _ = try await fixture.repository.commit(
            [TreeChange(path: "a", bytes: [])],
            message: "m",
            author: Signature(name: "a", email: "a", seconds: 0),
            on: "feature"
        )
        try await fixture.git("checkout", "-q", "--detach")
        #expect(gate.refusal() == "HEAD is detached, not on branch \"main\"")
        let head = fixture.repository.folder + "/HEAD"
        let unreadable = "HEAD of the repository cannot be read; it must be on branch \"main\""
        try Data("ref: refs/heads/.invalid\n".utf8).write(to: URL(fileURLWithPath: head))
        #expect(gate.refusal() == unreadable)
        // Where references are kept there, HEAD's file never says anything else.
        let references = fixture.repository.folder + "/reftable"
        try FileManager.default.createDirectory(atPath: references, withIntermediateDirectories: true)
        #expect(gate.refusal() == nil)
        try FileManager.default.removeItem(atPath: head)
        #expect(gate.refusal() == unreadable)
    }
}
