import Foundation
import Glibc
import Testing

/// What is told about the end of a run beside its output: metrics, and a notification where the outcome changes.
struct RunAftermathTests {
    private static let broken = "team: Data Platform\ngruops: []\n"

    /// A way for a run to end, with its exit code.
    struct Case: Sendable, CustomTestStringConvertible {
        var code: Int32
        var arguments: [String] = []
        var prepare: @Sendable (TemporaryTree) throws -> Void = { _ in }

        var testDescription: String { "exit \(code) \(arguments)" }
    }

    private static let cases: [Case] = [
        Case(code: 0),
        Case(code: 0, arguments: ["--apply"]),
        Case(code: 1) { try $0.write("target.yaml", "organization: acme\n") },
        Case(code: 1) { try $0.folder.write("nonsense\n", to: ".git/HEAD") },
        Case(code: 1) { try $0.git("update-ref", "refs/dagroster/applied/sandbox", "HEAD") },
        Case(code: 2, arguments: ["--detailed-exitcode"]) { tree in
            try tree.write("provisioned/users/bob@example.com.yaml", Acme.user("bob"))
        },
        Case(code: 3) { try $0.write("access/data-platform.yaml", broken) },
        Case(code: 3, arguments: ["--tree", "/"]),
        Case(code: 4) { tree in
            for name in ["ada", "lin"] {
                try tree.folder.write(Acme.user(name, active: false), to: "provisioned/users/\(name)@example.com.yaml")
            }
            try tree.commit("leavers")
        },
        Case(code: 5, arguments: ["--apply", "--at", "HEAD~2"]),
        Case(code: 7, arguments: ["--apply"]) { tree in
            let lock = open(tree.folder.path(".dagroster/locks/reconcile-sandbox.lock"), O_RDWR | O_CLOEXEC)
            try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        },
        Case(code: 64, arguments: ["--at", "nowhere"]),
        Case(code: 64, arguments: ["--no-such-word"]),
    ]

    @Test(arguments: cases)
    func `metrics are written however a run ends`(_ ending: Case) throws {
        try Acme.applied { tree in
            try ending.prepare(tree)
            try tree.folder.write("old\n", to: "metrics/dagroster.prom")
            let path = tree.folder.path("metrics/dagroster.prom")
            let result = try tree.run(["reconcile", "--metrics-file", path] + ending.arguments)
            #expect(result.exitCode == ending.code, "\(result)")
            let text = try tree.folder.text("metrics/dagroster.prom")
            let code = /dagroster_reconcile_last_exit_code\{target="[a-z]*"\} ([0-9]+)/
            #expect(text.firstMatch(of: code).map { Int32($0.1) } == ending.code, "\(text)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: tree.folder.path("metrics")).count == 1)
            try expectWellFormed(text)
        }
    }

    @Test func `metrics of a run that fails early keep the name of their target`() throws {
        try Acme.applied { tree in
            let path = tree.folder.path("a.prom")
            try #require(try tree.reconcile("--metrics-file", path).exitCode == 0)
            try tree.write("access/data-platform.yaml", Self.broken)
            #expect(try tree.reconcile("--metrics-file", path).exitCode == 3)
            #expect(try tree.folder.text("a.prom").contains("last_exit_code{target=\"sandbox\"} 3\n"))
        }
    }

    @Test func `changes are counted from run to run`() throws {
        try Acme.with { tree in
            let path = tree.folder.path("a.prom")
            let count = "applied_changes_total{target=\"sandbox\",class=\"user\",action=\"create\",result=\"applied\"}"
            try #require(try tree.reconcile("--apply", "--metrics-file", path).exitCode == 0)
            #expect(try tree.folder.text("a.prom").contains("\(count) 3\n"))
            #expect(try tree.folder.text("a.prom").contains("commit_to_applied_seconds{target=\"sandbox\"}"))
            try tree.write("provisioned/users/bob@example.com.yaml", Acme.user("bob"))
            try #require(try tree.reconcile("--apply", "--metrics-file", path).exitCode == 0)
            #expect(try tree.folder.text("a.prom").contains("\(count) 4\n"))
        }
    }

    @Test func `metrics that cannot be written are said, and change no exit code`() throws {
        try Acme.applied { tree in
            let result = try tree.reconcile("--metrics-file", "dagroster.yaml/a.prom", "--quiet")
            #expect(
                result.exitCode == 0 && result.errors.hasPrefix("warning: the metrics were not written: "),
                "\(result)"
            )
        }
    }

    @Test func `somebody is told when the outcome changes, and not again`() throws {
        try Acme.applied { tree in
            let hook = try Listener()
            let address = "http://127.0.0.1:\(hook.port)/hook?secret=s3cret"
            #expect(try notified(tree, hook, address) == nil)
            try tree.write("access/data-platform.yaml", Self.broken)
            let failed = try #require(try notified(tree, hook, address, code: 3))
            #expect(failed["outcome"] == "failed" && failed["previous"] == "ok" && failed["exit_code"] == 3)
            #expect(failed["message"]?.string?.hasPrefix("access/data-platform.yaml:2:1: error: unknown key") == true)
            #expect(try notified(tree, hook, address, code: 3) == nil)
            try tree.git("revert", "--no-edit", "HEAD")
            #expect(try notified(tree, hook, address)?["outcome"] == "ok")
            #expect(try notified(tree, hook, address) == nil)
            let kept = try tree.folder.text(".dagroster/runs/sandbox.yaml")
            #expect(!kept.contains("s3cret"))
        }
    }

    @Test func `what was not told is told after the next run, and never the address`() throws {
        try Acme.applied { tree in
            let hook = try Listener()
            let address = "http://127.0.0.1:\(hook.port)/s3cret"
            try tree.write("access/data-platform.yaml", Self.broken)
            let refused = try run(tree, hook, address, answering: "500 Oh No")
            #expect(
                refused.exitCode == 3 && refused.errors.contains("warning: nobody was notified: 127.0.0.1 answered 500")
            )
            #expect(!refused.errors.contains("s3cret") && !refused.output.contains("s3cret"))
            #expect(try notified(tree, hook, address, code: 3)?["outcome"] == "failed")
        }
    }

    @Test func `a notification that finds nobody changes no exit code`() throws {
        try Acme.applied { tree in
            let port = try Listener().port
            try tree.write("access/data-platform.yaml", Self.broken)
            let result = try tree.reconcile("--notify-url", "http://127.0.0.1:\(port)/s3cret")
            #expect(
                result.exitCode == 3 && result.errors.contains("warning: nobody was notified: 127.0.0.1"),
                "\(result)"
            )
            #expect(!result.errors.contains("s3cret"))
        }
    }

    @Test(arguments: ["http://example.com/s3cret", "ftp://127.0.0.1/s3cret", "s3cret", "https://", ""])
    func `an address that others could listen to is refused, and not repeated`(address: String) throws {
        try Acme.applied { tree in
            let result = try tree.reconcile("--notify-url", address)
            #expect(result.exitCode == 64 && result.errors.contains("--notify-url is no https address"), "\(result)")
            #expect(!result.errors.contains("s3cret"))
        }
    }
}

extension RunAftermathTests {
    /// Runs once and answers whoever asks; what was posted, if anything.
    private func notified(
        _ tree: TemporaryTree,
        _ hook: Listener,
        _ address: String,
        code: Int32 = 0
    ) throws -> JSONValue? {
        var posted: JSONValue?
        let result = try run(tree, hook, address) { posted = try $0.json() }
        #expect(result.exitCode == code, "\(result)")
        return posted
    }

    private func run(
        _ tree: TemporaryTree,
        _ hook: Listener,
        _ address: String,
        answering status: String = "204 No Content",
        _ take: (Listener.Request) throws -> Void = { _ in }
    ) throws -> CommandResult {
        try TemporaryFolder.with { scratch in
            let child = try ChildProcess(
                Program.path(),
                ["reconcile", "--notify-url", address],
                environment: Program.environment(home: scratch),
                folder: tree.folder.path,
                scratch: scratch
            )
            while child.exitCodeIfEnded() == nil {
                if hook.isAsked(within: 20) { try take(hook.answer(status)) }
            }
            let code = try child.exitCode(within: 1)
            return CommandResult(exitCode: code, output: child.standardOutput, errors: child.standardError)
        }
    }

    /// Judged by Prometheus's own `promtool` where there is one, and by the grammar of the format everywhere.
    private func expectWellFormed(_ text: String) throws {
        let sample = /[a-z_]+\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\} [0-9.]+/
        for line in text.split(separator: "\n") where !line.hasPrefix("# HELP ") && !line.hasPrefix("# TYPE ") {
            #expect(line.wholeMatch(of: sample) != nil, "\(line)")
        }
        let names = text.matches(of: /# TYPE ([a-z_]+) (gauge|counter)\n/).map { String($0.1) }
        #expect(!names.isEmpty && Set(names).count == names.count)
        try TemporaryFolder.with { folder in
            try folder.write(text, to: "metrics.prom")
            let words = ["-c", "command -v promtool >/dev/null || exit 0; promtool check metrics < metrics.prom"]
            let result = try Program.run(executable: "sh", words, in: folder)
            #expect(result.exitCode == 0 && result.errors.isEmpty, "\(result)")
        }
    }
}
