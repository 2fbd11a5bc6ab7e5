import Foundation
import Testing

/// What `dagroster reconcile` keeps of what it did, when it cannot keep it, and when several run at once.
@Suite struct ReconcileRecordTests {
    /// A tree whose target is outside of it, the bare repository that it is pushed to, and fresh clones like those of a
    /// CI job.
    struct Shared {
        let folder: TemporaryFolder
        let tree: TemporaryTree

        static func with<Result>(_ body: (Shared) throws -> Result) throws -> Result {
            try Acme.with { tree in
                try TemporaryFolder.with { folder in
                    try folder.write(Acme.target, to: "target.yaml")
                    let settings = TemporaryTree.settings.replacing(
                        "path: target.yaml",
                        with: "path: \(folder.path("target.yaml"))"
                    )
                    try tree.remove("target.yaml")
                    try tree.write("dagroster.yaml", settings)
                    try tree.git("clone", "--quiet", "--bare", tree.folder.path, folder.path("origin.git"))
                    try tree.git("remote", "add", "origin", folder.path("origin.git"))
                    return try body(Shared(folder: folder, tree: tree))
                }
            }
        }

        func clone(_ name: String) throws -> TemporaryTree {
            try tree.git("clone", "--quiet", folder.path("origin.git"), folder.path(name))
            return TemporaryTree(folder: TemporaryFolder(path: folder.path(name)))
        }

        /// Lets the remote refuse pushes from now on, the first few excepted.
        func refusePushes(after count: Int = 0) throws {
            let script = """
                #!/bin/sh
                echo x >> "\(folder.path("pushes"))"
                [ $(wc -l < "\(folder.path("pushes"))") -le \(count) ]
                """
            try folder.write(script, to: "origin.git/hooks/pre-receive")
            let path = folder.path("origin.git/hooks/pre-receive")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }

        func allowPushes() throws { try folder.remove("origin.git/hooks/pre-receive") }

        func target() throws -> String { try folder.text("target.yaml") }
    }

    @Test func `a run that may not push its record writes nothing`() throws {
        try Shared.with { shared in
            try shared.refusePushes()
            let job = try shared.clone("job")
            let refused = try job.reconcile("--apply")
            #expect(refused.exitCode == 1 && refused.output.isEmpty, "\(refused)")
            #expect(refused.errors.contains("nothing was applied") && refused.errors.contains("origin"), "\(refused)")
            #expect(try shared.target() == Acme.target)
            // A dry run pushes nothing, and the next run that may push does all of it.
            #expect(try job.reconcile().exitCode == 0)
            try shared.allowPushes()
            #expect(try job.reconcile("--apply").exitCode == 0)
            #expect(try shared.target() == Acme.applied)
        }
    }

    @Test func `what was given is known to be ours when the record could not be saved afterwards`() throws {
        try Shared.with { shared in
            try shared.refusePushes(after: 1)
            let first = try shared.clone("first").reconcile("--apply", "--quiet")
            #expect(first.exitCode == 6 && first.output.contains("applied 12 of 12"), "\(first)")
            #expect(first.errors.contains("the target was written, but the record"), "\(first)")
            #expect(try shared.target() == Acme.applied)
            try shared.allowPushes()
            let second = try shared.clone("second")
            try second.remove("access/data-platform.yaml")
            let revoked = try second.reconcile("--apply")
            #expect(revoked.exitCode == 0, "\(revoked)")
            #expect(try !shared.target().contains("role: viewer"))
        }
    }

    @Test func `a record that the remote does not have yet is pushed by the next run`() throws {
        try Shared.with { shared in
            try shared.refusePushes(after: 1)
            let job = try shared.clone("job")
            #expect(try job.reconcile("--apply").exitCode == 6)
            try shared.allowPushes()
            #expect(try job.reconcile("--apply").exitCode == 0)
            let reference = "refs/dagroster/applied/sandbox"
            let here = try job.git("rev-parse", reference)
            #expect(try job.git("ls-remote", "origin", reference).hasPrefix(here.prefix(40)))
        }
    }

    @Test func `a remote that is not there is named as what shares the record`() throws {
        try Shared.with { shared in
            let job = try shared.clone("job")
            try shared.folder.remove("origin.git")
            let failed = try job.reconcile("--apply")
            #expect(failed.exitCode == 1, "\(failed)")
            #expect(failed.errors.contains("shared through remote \"origin\""), "\(failed)")
            #expect(failed.errors.contains("nothing was applied"), "\(failed)")
            #expect(try shared.target() == Acme.target)
        }
    }

    @Test(arguments: [true, false])
    func `of runs at one time each applies, or finds the lock held`(git: Bool) throws {
        try Acme.applied { tree in
            if !git { try tree.folder.remove(".git") }
            for round in 1...3 {
                let role = ["launcher", "editor", "admin"][round - 1]
                let text = Acme.dataPlatform.replacing("role: viewer", with: "role: \(role)")
                try tree.write("access/data-platform.yaml", text)
                let runs = try (1...8).map { _ in
                    try ChildProcess(
                        Program.path(),
                        ["reconcile", "--apply"],
                        environment: Program.environment(home: tree.folder),
                        folder: tree.folder.path,
                        scratch: tree.folder
                    )
                }
                let results = try runs.map { (try $0.exitCode(within: 60), $0.standardError) }
                for (code, errors) in results { #expect(code == 0 || code == 7, "\(code): \(errors)") }
                #expect(results.contains { $0.0 == 0 })
                #expect(try tree.target().contains("role: \(role)"))
            }
        }
    }

    @Test func `a quiet run says that provisioning is stuck without a commit`() throws {
        let settings = TemporaryTree.settings.replacing("window: 1h, maxWindow: 1h", with: "window: 2s, maxWindow: 10s")
        try Acme.with { tree in
            try tree.write("dagroster.yaml", settings)
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            let file = "provisioned/users/grace@example.com.yaml"
            try tree.folder.write(Acme.user("grace", active: false), to: file)
            // What was written just now is on its way to a commit.
            let silent = CommandResult(exitCode: 0, output: "", errors: "")
            #expect(try tree.reconcile("--apply", "--quiet") == silent)
            let old = Date(timeIntervalSinceNow: -75)
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: tree.folder.path(file))
            let stuck = try tree.reconcile("--apply", "--quiet")
            #expect(stuck.exitCode == 2, "\(stuck)")
            #expect(stuck.errors.contains("1 provisioned file not committed yet, the oldest written at"), "\(stuck)")
        }
    }
}
