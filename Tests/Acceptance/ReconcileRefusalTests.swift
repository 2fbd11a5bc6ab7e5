import Foundation
import Glibc
import Testing

/// `dagroster reconcile` when it must not go on: the exit code, the words, and an untouched target.
@Suite struct ReconcileRefusalTests {
    @Test func `a plan that removes too many is refused with its numbers`() throws {
        try TemporaryTree.with { tree in
            let names = (10...49).map { "user\($0)" }
            for name in names {
                try tree.folder.write(Acme.user(name), to: "provisioned/users/\(name)@example.com.yaml")
            }
            try tree.write("target.yaml", Acme.target)
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            let before = try tree.target()
            for name in names.prefix(11) { try tree.folder.remove("provisioned/users/\(name)@example.com.yaml") }
            try tree.commit("an accident")
            for arguments in [["reconcile"], ["reconcile", "--apply"]] {
                let refused = try tree.run(arguments)
                #expect(refused.exitCode == 4, "\(refused)")
                let words = refused.output + refused.errors
                #expect(words.contains("11 of 40") && words.contains("guards.removals"), "\(refused)")
                #expect(words.contains("nothing was"), "\(refused)")
            }
            #expect(try tree.target() == before)
        }
    }

    @Test func `the last administrators are not taken away`() throws {
        try Acme.applied { tree in
            try tree.remove("access/admins.yaml")
            let refused = try tree.reconcile("--apply")
            #expect(refused.exitCode == 4, "\(refused)")
            #expect((refused.output + refused.errors).contains("minAdmins"), "\(refused)")
            #expect(try tree.target() == Acme.applied)
        }
    }

    @Test func `a refusal names the override that lets exactly these losses pass`() throws {
        try Acme.applied { tree in
            try tree.remove("access/admins.yaml")
            let refused = try tree.reconcile("--apply")
            let hint = try #require(
                refused.output.firstMatch(of: /--override (admins=[0-9a-f]+) --reason/),
                "\(refused)"
            )
            let override = String(hint.1)
            #expect(try tree.reconcile("--apply", "--override", "admins=0123456789ab", "--reason", "x").exitCode == 4)
            #expect(try tree.reconcile("--apply", "--override", override).exitCode == 64)
            #expect(try tree.target() == Acme.applied)
            let passed = try tree.reconcile("--apply", "--override", override, "--reason", "DATA-1234")
            #expect(passed.exitCode == 0, "\(passed)")
            #expect(try !tree.target().contains("organization: admin"))
        }
    }

    @Test func `a run that another one holds up ends with 7`() throws {
        try Acme.with { tree in
            // The lock's file is there after any run that applies.
            #expect(try tree.reconcile("--apply").exitCode == 0)
            let lock = ".dagroster/locks/reconcile-sandbox.lock"
            try tree.folder.write("pid=4711 host=ci-3 since=2026-11-23T16:47:00Z command=x\n", to: lock)
            let descriptor = open(tree.folder.path(lock), O_RDWR | O_CLOEXEC)
            try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            let held = try tree.reconcile("--apply")
            #expect(held.exitCode == 7 && held.errors.contains("4711"), "\(held)")
            close(descriptor)
            #expect(try tree.reconcile("--apply").exitCode == 0)
        }
    }

    @Test func `protected people stay`() throws {
        try Acme.with { tree in
            try tree.write("access/protected.yaml", "users:\n  - grace@example.com\n")
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            try tree.write("provisioned/users/grace@example.com.yaml", Acme.user("grace", active: false))
            let refused = try tree.reconcile("--apply")
            #expect(
                refused.exitCode == 4 && (refused.output + refused.errors).contains("grace@example.com"),
                "\(refused)"
            )
            #expect(try tree.target() == Acme.applied)
        }
    }

    /// What never resolved, and where the message must point.
    @Test(arguments: [
        ("role: viewer", "role: edtor", "access/data-platform.yaml:4:11: error: ", "editor"),
        ("deployment: prod", "deployment: prd", "access/data-platform.yaml:3:17: error: ", "prod"),
        ("      finance: editor", "      finanse: editor", "access/data-platform.yaml:6:7: error: ", "finance"),
        (
            "team: Data Platform", "team: Data Platform\nusers: [grce@example.com]",
            "access/data-platform.yaml:2:9: error: ", "grace@example.com"
        ),
        (
            "team: Data Platform", "team: Data Platform\ngroups: [Data Platfrm]",
            "access/data-platform.yaml:2:10: error: ", "Data Platform"
        ),
    ])
    func `a name that nobody knows ends the run with 3`(
        old: String,
        new: String,
        place: String,
        suggestion: String
    ) throws {
        try Acme.with { tree in
            try tree.write("access/data-platform.yaml", Acme.dataPlatform.replacing(old, with: new))
            for arguments in [["reconcile"], ["reconcile", "--apply"]] {
                let result = try tree.run(arguments)
                let words = result.output + result.errors
                #expect(result.exitCode == 3, "\(result)")
                #expect(words.contains(place) && words.contains("did you mean \"\(suggestion)\""), "\(result)")
            }
            #expect(try tree.target() == Acme.target)
        }
    }

    @Test(arguments: [nil, "organization: acme\ndeployments: [prod]\n", "organization: acme\n  x", ""])
    func `a target that cannot be read ends the run with 1`(text: String?) throws {
        try Acme.with { tree in
            try tree.remove("target.yaml")
            if let text { try tree.write("target.yaml", text) }
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 1 && result.errors.contains("target.yaml"), "\(result)")
            #expect((tree.folder.exists("target.yaml") ? try tree.target() : nil) == text)
        }
    }

    @Test func `an older commit than the applied one is refused`() throws {
        try Acme.applied { tree in
            let old = try tree.git("rev-parse", "HEAD").prefix(40)
            try tree.write("provisioned/users/grace@example.com.yaml", Acme.user("grace", active: false))
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            let after = try tree.target()
            let refused = try tree.reconcile("--apply", "--at", String(old))
            #expect(refused.exitCode == 5 && refused.errors.contains(old.prefix(7)), "\(refused)")
            #expect(try tree.target() == after)
        }
    }

    @Test func `the work tree can be looked at, never applied`() throws {
        try Acme.with { tree throws in
            #expect(try tree.reconcile("--worktree", "--apply").exitCode == 64)
            #expect(try tree.target() == Acme.target)
        }
    }

    @Test(arguments: [
        ["reconcile", "--target", "sandbox", "--aply"], ["reconcile", "--at", "HEAD", "--worktree"],
        ["reconcile", "x"],
        ["reconcile", "--format", "xml"], ["recncile"], ["token", "create"], ["reconcile", "--reason", "because"],
    ])
    func `wrong usage ends with 64`(arguments: [String]) throws {
        try Acme.with { tree in
            let result = try tree.run(arguments)
            #expect(result.exitCode == 64 && !result.errors.isEmpty, "\(result)")
            #expect(try tree.target() == Acme.target)
        }
    }

    @Test func `a target that the settings do not name is told with those they do`() throws {
        try Acme.with { tree in
            let result = try tree.reconcile("--target", "sandbx")
            #expect(result.exitCode == 64 || result.exitCode == 3, "\(result)")
            #expect(result.errors.contains("sandbx") && result.errors.contains("sandbox"), "\(result)")
        }
    }

    @Test(arguments: ["nothing", "HEAD~99"])
    func `a revision that is not there is told`(revision: String) throws {
        try Acme.with { tree in
            let result = try tree.reconcile("--at", revision)
            #expect(result.exitCode != 0 && result.errors.contains(revision), "\(result)")
        }
    }

    @Test func `help names every option`() throws {
        try TemporaryFolder.with { folder in
            let help = try Program.run(["reconcile", "--help"], in: folder)
            #expect(help.exitCode == 0)
            for option in [
                "--target", "--at", "--worktree", "--apply", "--adopt", "--format", "--detailed-exitcode", "--quiet",
                "--out", "--plan", "--restore", "--settings-at", "--no-removals", "--lock-timeout",
                "--metrics-file", "--notify-url",
                "--allow-host", "--retry-budget", "--parallel",
            ] {
                #expect(help.output.contains(option), "\(option)")
            }
        }
    }
}
