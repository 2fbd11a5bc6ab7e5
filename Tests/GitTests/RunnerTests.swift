import Foundation
import Synchronization
import Testing

@testable import Git

struct RunnerTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    /// A program that git runs as one of its own commands: `git <name>`.
    private func runner(_ script: String, limit: Duration = .seconds(20)) throws -> Runner {
        try sandbox.write("#!/bin/sh\n" + script, to: "bin/git-test")
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o755]
        try FileManager.default.setAttributes(attributes, ofItemAtPath: sandbox.path + "/bin/git-test")
        let path = "\(sandbox.path)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
        let environment = CleanEnvironment.make(overrides: Sandbox.environment.merging(["PATH": path]) { $1 })
        return Runner(environment: environment, timeLimit: limit)
    }

    @Test(
        arguments: [
            "sleep 60", "exec >&- 2>&-; sleep 60", "trap '' TERM; sleep 60", "sleep 60 & sleep 60",
        ]
    )
    func `a command that hangs is stopped`(script: String) async throws {
        let runner = try runner(script, limit: .milliseconds(300))
        await #expect(throws: GitError.timedOut(arguments: ["test"], limit: .milliseconds(300))) {
            try await runner.output(["test"])
        }
    }

    @Test func `no command is run while somebody objects`() async throws {
        let objects = Mutex(true)
        let found = try await sandbox.repository()
        let repository = found.unless { objects.withLock { $0 } ? "another one lies there" : nil }
        let tip = try await found.head().commit
        let author = Signature(name: "A", email: "a@x", seconds: 1)
        let change = [TreeChange(path: "a", bytes: [])]
        await #expect(throws: GitError.kept("another one lies there")) {
            _ = try await repository.commit(change, message: "m", author: author, on: "main")
        }
        await #expect(throws: GitError.kept("another one lies there")) {
            _ = try await repository.fetch("refs/heads/main", from: "origin")
        }
        #expect(try await found.head().commit == tip)
        objects.withLock { $0 = false }
        _ = try await repository.commit(change, message: "m", author: author, on: "main")
        #expect(try await found.head().commit != tip)
    }

    @Test func `a command that goes on answering is not stopped`() async throws {
        // Often, so that whoever reads may be kept from it for some of the ten seconds.
        let runner = try runner("for i in $(seq 60); do echo $i; sleep 0.2; done", limit: .seconds(10))
        #expect(try await runner.line(["test"]) == (1...60).map(String.init).joined(separator: "\n"))
    }

    /// Waits until a command has made a file, however long a busy machine takes to start it.
    private func wait(for file: String) async throws {
        while !FileManager.default.fileExists(atPath: file) { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a command that hangs already is stopped soon when there is a hurry`() async throws {
        let started = sandbox.path + "/started"
        let runner = try runner("touch '\(started)'; sleep 3600", limit: .seconds(3600))
        let output = Task { try await runner.output(["test"]) }
        try await wait(for: started)
        runner.patience.shorten(to: .milliseconds(300))
        await #expect(throws: GitError.timedOut(arguments: ["test"], limit: .milliseconds(300))) {
            try await output.value
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a cancelled command is stopped`() async throws {
        let started = sandbox.path + "/started"
        let runner = try runner("touch '\(started)'; sleep 3600", limit: .seconds(3600))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await runner.output(["test"]) }
            }
            try await wait(for: started)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func `a command that does not read its input is no trouble`() async throws {
        let runner = try runner("exec <&-; echo done")
        let input = [UInt8](repeating: 1, count: 4 << 20)
        #expect(try await runner.output(["test"], input: input) == Array("done\n".utf8))
    }

    @Test func `much input and much output at the same time do not block each other`() async throws {
        let runner = try runner("cat")
        let input = [UInt8](repeating: 7, count: 8 << 20)
        #expect(try await runner.output(["test"], input: input) == input)
    }

    @Test func `an error has the arguments, the exit code and the words, without credentials`() async throws {
        let script = "printf 'fatal: https://me:secret@host/x \\033[31m failed\\n\\n' >&2; exit 3"
        let error = await #expect(throws: GitError.self) {
            try await runner(script).output(["test", "https://me:secret@host/x"])
        }
        let expected = GitError.failed(
            arguments: ["test", "https://[hidden]@host/x"],
            status: 3,
            message: "fatal: https://[hidden]@host/x  [31m failed"
        )
        #expect(error == expected)
        let words = "\"git test https://[hidden]@host/x\" ended with exit code 3: "
        #expect(error?.description == words + "fatal: https://[hidden]@host/x  [31m failed")
    }

    @Test func `a machine without git is told so`() async throws {
        let runner = Runner(environment: ["PATH": sandbox.path], timeLimit: .seconds(5))
        await #expect(throws: GitError.missing) { try await runner.output(["version"]) }
    }

    @Test(
        arguments: [
            ("https://a:b@host/p and ssh://u@h", "https://[hidden]@host/p and ssh://[hidden]@h"),
            ("https://host/a@b", "https://host/a@b"), ("no url: a@b", "no url: a@b"), ("://", "://"),
            ("https://a@b@c/d", "https://[hidden]@c/d"), ("'https://t@h'", "'https://[hidden]@h'"),
        ]
    )
    func `credentials are taken out of URLs`(text: String, expected: String) {
        #expect(Redaction.withoutCredentials(text) == expected)
    }

    @Test func `only what is set on purpose reaches git`() {
        let inherited = [
            "PATH": "/bin", "LANGUAGE": "de", "LC_ALL": "de_DE", "GIT_DIR": "/x", "GIT_INDEX_FILE": "/x",
            "GIT_CONFIG_PARAMETERS": "'a.b=c'", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b",
            "GIT_SSH_COMMAND": "s",
            "GIT_OBJECT_DIRECTORY": "/x", "GIT_AUTHOR_NAME": "x", "GIT_CONFIG": "/x", "GIT_QUARANTINE_PATH": "/x",
        ]
        let expected = [
            "PATH": "/bin", "LC_ALL": "C", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b", "GIT_SSH_COMMAND": "s",
            "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1", "HOME": "/h",
        ]
        let overrides = ["HOME": "/h", "GIT_WORK_TREE": "/x"]
        #expect(CleanEnvironment.make(inherited: inherited, overrides: overrides) == expected)
    }

    @Test(
        arguments: [
            ("Ada", "ada@x", "Ada <ada@x> 5 +0000"), ("", "", "unknown <> 5 +0000"),
            ("a\nauthor <b>", "x>\n y", "a author b <xy> 5 +0000"), (" .'x'. ", "a@b;", "x <a@b> 5 +0000"),
            ("\u{202E}evil", "a", "evil <a> 5 +0000"),
        ]
    )
    func `a signature cannot break out of its line`(name: String, email: String, expected: String) {
        #expect(Signature(name: name, email: email, seconds: 5).header == expected)
    }
}
