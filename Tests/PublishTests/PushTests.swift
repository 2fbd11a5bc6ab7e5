import Foundation
import Roster
import SCIM
import Store
import Testing

@testable import Git
@testable import Publish

/// Pushes that work, fail and are made up for, by one server.
struct PushTests {
    @Test func `what a remote cannot take now is pushed when it can`() async throws {
        let shared = try await Shared()
        let writer = try await Writer("one", shared)
        try await writer.running {
            try FileManager.default.moveItem(atPath: shared.path + "/remote.git", toPath: shared.path + "/away")
            try await writer.create("ada")
            try await writer.until { $0.pushFailures > 0 }
            let status = await writer.publisher.status()
            #expect(status.unpushedCommits == 1)
            #expect(status.lastPushError?.contains("git push") == true)
            #expect(status.lastPushTime == nil)
            try FileManager.default.moveItem(atPath: shared.path + "/away", toPath: shared.path + "/remote.git")
            try await writer.untilPushed()
        }
        let status = await writer.publisher.status()
        #expect(status.lastPushError == nil && status.pushFailures == 0 && status.lastPushTime == Fixture.now)
        #expect(writer.log.warnings.filter { $0 == "commits are not pushed yet" }.count == 1)
        #expect(try await shared.names() == ["ada"])
    }

    @Test func `a start pushes what an earlier run left`() async throws {
        let shared = try await Shared()
        let writer = try await Writer("one", shared)
        try FileManager.default.moveItem(atPath: shared.path + "/remote.git", toPath: shared.path + "/away")
        try await writer.running {
            try await writer.create("ada")
            try await writer.until { $0.commits == 1 }
        }
        #expect(await writer.publisher.status().unpushedCommits == 1)
        try FileManager.default.moveItem(atPath: shared.path + "/away", toPath: shared.path + "/remote.git")
        let next = try await Writer("one", shared)
        try await next.running { try await next.until { $0.lastPushTime != nil } }
        #expect(try await shared.names() == ["ada"])
    }

    @Test func `the branch at the remote may have another name, and is made by the first push`() async throws {
        let shared = try await Shared()
        let writer = try await Writer("one", shared, branch: "identity")
        try await writer.running {
            try await writer.create("ada")
            try await writer.untilPushed()
        }
        #expect(try await shared.names() == [])
        let head = try #require(try await writer.repository.head().commit)
        #expect(try await shared.git("-C", "remote.git", "rev-parse", "identity") == "\(head)\n")
    }

    @Test func `a remote that refuses by a rule of its own is told as it says it, and nothing is made again`()
        async throws
    {
        let shared = try await Shared()
        let hook = shared.path + "/remote.git/hooks/pre-receive"
        try shared.write("#!/bin/sh\necho 'main is protected' >&2\nexit 1\n", to: "remote.git/hooks/pre-receive")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
        let writer = try await Writer("one", shared)
        try await writer.running {
            try await writer.create("ada")
            try await writer.until { $0.pushFailures > 0 }
            let status = await writer.publisher.status()
            #expect(status.lastPushError?.contains("pre-receive hook declined") == true)
            #expect(status.reapplied == 0)
            try FileManager.default.removeItem(atPath: hook)
            try await writer.untilPushed()
        }
        #expect(try await shared.names() == ["ada"])
    }

    @Test func `what people push comes into the folder, and what they have staged here stays`() async throws {
        let shared = try await Shared()
        let writer = try await Writer("one", shared, window: .milliseconds(300))
        try await writer.running {
            try await shared.pushFromElsewhere("team: Data\n", to: "access/data.yaml")
            try shared.write("team: Mine\n", to: "one/access/mine.yaml")
            try await shared.git("-C", "one", "add", "access/mine.yaml")
            try shared.write("note\n", to: "one/README.md")
            try await writer.create("ada")
            try await writer.untilPushed()
        }
        #expect(try shared.read("one/access/data.yaml") == "team: Data\n")
        let status = try await writer.repository.status()
        #expect(
            status == [
                PathStatus(path: "access/mine.yaml", isStaged: true),
                PathStatus(path: "README.md", isUnstaged: true, isUntracked: true),
            ]
        )
        #expect(try await shared.subjects() == ["a tree", "edit access/data.yaml", "provision: 1 user created (one)"])
    }

    @Test func `what somebody edits here is not written over; when it is out of the way the push is made up for`()
        async throws
    {
        let shared = try await Shared()
        try await shared.pushFromElsewhere("team: Data\n", to: "access/data.yaml")
        let writer = try await Writer("one", shared)
        try await shared.pushFromElsewhere("team: Data\nusers: [ada]\n", to: "access/data.yaml")
        try shared.write("team: Mine\n", to: "one/access/data.yaml")
        try await writer.running {
            try await writer.create("ada")
            try await writer.until { $0.pushFailures > 0 }
            #expect(await writer.publisher.status().lastPushError?.contains("access/data.yaml") == true)
            #expect(try shared.read("one/access/data.yaml") == "team: Mine\n")
            #expect(try await writer.repository.status() == [PathStatus(path: "access/data.yaml", isUnstaged: true)])
            try await shared.git("-C", "one", "stash", "-q")
            try await writer.untilPushed()
        }
        #expect(try shared.read("one/access/data.yaml") == "team: Data\nusers: [ada]\n")
        try await writer.checkAtRest()
    }

    @Test func `somebody else's commit that is not pushed is not made again by us`() async throws {
        let shared = try await Shared()
        let writer = try await Writer("one", shared)
        try shared.write("team: Mine\n", to: "one/access/mine.yaml")
        try await shared.git("-C", "one", "add", "access/mine.yaml")
        try await shared.git("-C", "one", "commit", "-q", "-m", "mine")
        try await shared.pushFromElsewhere("team: Data\n", to: "access/data.yaml")
        try await writer.running {
            try await writer.create("ada")
            // The person looks before they pull: what is committed meanwhile may make git refuse.
            try await writer.until { $0.pushFailures > 0 && $0.commits == 1 && $0.pendingChanges == 0 }
            #expect(await writer.publisher.status().lastPushError?.contains("(\"mine\") is not pushed") == true)
            try await shared.git("-C", "one", "pull", "-q", "--rebase", "origin", "main")
            try await writer.untilPushed()
        }
        #expect(
            try await shared.subjects()
                == ["a tree", "edit access/data.yaml", "mine", "provision: 1 user created (one)"]
        )
        try await writer.checkAtRest()
    }

    @Test func `a shallow clone pushes, and goes on from what others pushed`() async throws {
        let shared = try await Shared()
        for number in 0..<3 { try await shared.pushFromElsewhere("team: T\(number)\n", to: "access/data.yaml") }
        let writer = try await Writer("one", shared, cloning: ["--depth", "1"])
        #expect(try await writer.repository.runner.line(["rev-parse", "--is-shallow-repository"]) == "true")
        try await writer.running {
            try await writer.create("ada")
            try await writer.untilPushed()
            try await shared.pushFromElsewhere("team: T4\n", to: "access/data.yaml")
            try await writer.create("grace")
            try await writer.untilPushed()
        }
        #expect(try await shared.names() == ["ada", "grace"])
        #expect(try shared.read("one/access/data.yaml") == "team: T4\n")
        try await writer.checkAtRest()
    }

    @Test func `a remote that hangs is given up, told, and tried again, and no secret of its address is told`()
        async throws
    {
        let shared = try await Shared()
        let writer = try await Writer("one", shared, timeLimit: .seconds(4))
        try await shared.git("-C", "one", "config", "core.sshCommand", "sleep 60; :")
        try await shared.git("-C", "one", "remote", "set-url", "origin", "ssh://bot:s3cret@127.0.0.1/x")
        try await writer.running {
            try await writer.create("ada")
            try await writer.until { $0.pushFailures > 0 }
            let text = await writer.publisher.status().lastPushError ?? ""
            #expect(text.contains("did nothing for"), "\(text)")
            #expect(!text.contains("s3cret"))
            try await shared.git("-C", "one", "remote", "set-url", "origin", "https://bot:s3cret@127.0.0.1:1/x")
            try await writer.until { $0.lastPushError?.contains("127.0.0.1:1") == true }
            let other = await writer.publisher.status().lastPushError ?? ""
            #expect(!other.contains("s3cret"), "\(other)")
            try await shared.git("-C", "one", "remote", "set-url", "origin", "file://\(shared.path)/remote.git")
            try await writer.untilPushed()
        }
        #expect(try await shared.names() == ["ada"])
    }
}

/// Requests that are answered only when what they changed is at the remote.
struct DurablePushTests {
    @Test func `an answer comes when the change is at the remote`() async throws {
        let shared = try await Shared()
        let writer = try await Writer("one", shared, isDurable: true, window: .seconds(3600))
        try await writer.running {
            for name in ["ada", "grace"] {
                try await writer.create(name)
                #expect(try await shared.names().contains(name))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 { group.addTask { try await writer.create("user\(number)") } }
                try await group.waitForAll()
            }
            #expect(try await shared.names().count == 22)
            // What changes nothing is answered, too.
            _ = try await writer.store.change(by: Requester(source: "one", requestID: "r")) { _, _ in nil }
        }
        #expect(try await shared.subjects().count < 20)
        try await writer.checkAtRest()
    }

    @Test func `of two who take one name at the same time the second is refused`() async throws {
        let shared = try await Shared()
        let (first, second) = (
            try await Writer("first", shared, isDurable: true), try await Writer("second", shared, isDurable: true)
        )
        try await first.running {
            try await second.running {
                try await first.create("alice")
                await #expect(throws: RosterError.userNameTaken("alice", by: "alice-first")) {
                    try await second.create("alice")
                }
                try await second.create("bob")
            }
        }
        #expect(second.names() == ["alice", "bob"])
        #expect(second.store.snapshot.directory.user(named: "alice")?.id == "alice-first")
        try await second.checkAtRest()
    }

    @Test func `without the remote nothing is promised, and what was asked for is pushed later`() async throws {
        let shared = try await Shared()
        let writer = try await Writer("one", shared, isDurable: true)
        try await writer.running {
            try FileManager.default.moveItem(atPath: shared.path + "/remote.git", toPath: shared.path + "/away")
            do {
                try await writer.create("ada")
                Issue.record("answered without the remote")
            } catch StoreError.notPushed(let reason) {
                #expect(reason.contains("git push"), "\(reason)")
            }
            #expect(writer.names() == ["ada"])
            try FileManager.default.moveItem(atPath: shared.path + "/away", toPath: shared.path + "/remote.git")
            try await writer.create("grace")
        }
        #expect(try await shared.names() == ["ada", "grace"])
    }

    /// A hook that notes that it was called, each time of which lasts as long as a file of its own is there.
    private func hold(_ hook: String, in shared: Shared, _ numbers: ClosedRange<Int>) throws {
        let path = "\(shared.path)/\(hook)"
        for number in numbers { try shared.write("", to: "\(hook).hold\(number)") }
        let text = """
            #!/bin/sh
            echo >> '\(path).calls'
            number=$(wc -l < '\(path).calls')
            while [ -e "\(path).hold$number" ]; do sleep 0.02; done
            """
        try shared.write(text, to: hook)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    private func letGo(_ hook: String, _ number: Int, in shared: Shared) throws {
        try FileManager.default.removeItem(atPath: "\(shared.path)/\(hook).hold\(number)")
    }

    private func untilCalled(_ hook: String, _ count: Int, in shared: Shared) async throws {
        for _ in 0..<3000 {
            let calls = (try? shared.read(hook + ".calls")) ?? ""
            if calls.utf8.count >= count { return }
            // Looked for again and again: the hook is a program of git's, which can tell nobody here but by its file.
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("\(hook) was not called \(count) times")
    }

    @Test func `a commit that is made while the one before it is pushed is confirmed by that push when it holds it`()
        async throws
    {
        let shared = try await Shared()
        let writer = try await Writer("one", shared, isDurable: true, patience: .seconds(200))
        let (push, commit) = ("remote.git/hooks/pre-receive", "one/.git/hooks/post-commit")
        try await writer.running {
            try hold(push, in: shared, 1...2)
            async let ada: Void = writer.create("ada")
            try await untilCalled(push, 1, in: shared)
            async let grace: Void = writer.create("grace")
            try await writer.until { $0.commits == 2 }
            // A third commit is on the branch, and its maker does not know yet.
            try hold(commit, in: shared, 1...1)
            async let lin: Void = writer.create("lin")
            try await untilCalled(commit, 1, in: shared)
            try letGo(push, 1, in: shared)
            try await ada
            try await untilCalled(push, 2, in: shared)
            try letGo(commit, 1, in: shared)
            try await writer.until { $0.commits == 3 }
            try letGo(push, 2, in: shared)
            try await grace
            try await lin
        }
        #expect(try await shared.names() == ["ada", "grace", "lin"])
    }

    @Test func `a remote that takes too long is not waited for without end`() async throws {
        let shared = try await Shared()
        let writer = try await Writer("one", shared, isDurable: true, patience: .milliseconds(300))
        try await shared.git("-C", "one", "config", "core.sshCommand", "sleep 60; :")
        try await shared.git("-C", "one", "remote", "set-url", "origin", "ssh://127.0.0.1/x")
        try await writer.running {
            await #expect(throws: StoreError.self) { try await writer.create("ada") }
            #expect(writer.names() == ["ada"])
            try await shared.git("-C", "one", "remote", "set-url", "origin", "file://\(shared.path)/remote.git")
        }
    }
}
