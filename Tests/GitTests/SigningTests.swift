import Foundation
import Testing

@testable import Git

/// Commits signed as git is configured, with keys made for the test, and verified by git.
struct SigningTests {
    enum Kind: CaseIterable {
        case ssh
        case gpg

        var program: String { self == .ssh ? "/usr/bin/ssh-keygen" : "/usr/bin/gpg" }
    }

    /// `Tests/run.sh` installs what is missing.
    private static let kinds = Kind.allCases.filter { FileManager.default.isExecutableFile(atPath: $0.program) }

    private let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test(arguments: kinds)
    func `a commit is signed when git is configured so, hooks or none`(kind: Kind) async throws {
        try await withKey(of: kind) { repository in
            try sandbox.hook("commit-msg", "echo 'Checked: yes' >> \"$1\"\n")
            let first = try #require(try await repository.commit(["a.yaml": "1\n"]))
            try sandbox.remove("work/.git/hooks/commit-msg")
            let second = try #require(try await repository.commit(["a.yaml": "2\n"]))
            for id in [first.id, second.id] {
                let ending = try await repository.runner.outcome(["verify-commit", id.hex]).ending
                #expect(ending.status == 0 && ending.message.contains("Good"), "\(ending.message)")
                #expect(try await repository.info(of: id).author == .entra)
            }
            #expect(try await repository.isSound())
        }
    }

    @Test(arguments: kinds)
    func `without its key nothing is committed unsigned`(kind: Kind) async throws {
        try await withKey(of: kind) { repository in
            try await sandbox.git(["-C", "work", "config", "user.signingKey", "nobody@example.com"])
            let head = try await repository.head()
            await #expect(throws: GitError.self) { try await repository.commit(["a.yaml": "1\n"]) }
            #expect(try await repository.head() == head)
        }
    }

    /// Configures a repository to sign by a new key; what gpg leaves running ends with it.
    private func withKey(of kind: Kind, _ body: (Repository) async throws -> Void) async throws {
        _ = try await sandbox.repository()
        var settings = [("commit.gpgSign", "true")]
        switch kind {
        case .ssh:
            try run(kind.program, ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", sandbox.path + "/key"])
            let key = try sandbox.read("key.pub").split(separator: " ").prefix(2).joined(separator: " ")
            try sandbox.write("dagroster@localhost \(key)\n", to: "allowed")
            settings += [
                ("gpg.format", "ssh"), ("user.signingKey", sandbox.path + "/key"),
                ("gpg.ssh.allowedSignersFile", sandbox.path + "/allowed"),
            ]
        case .gpg:
            try sandbox.makeFolder("gpg")
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: sandbox.path + "/gpg")
            let secret = ["--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""]
            try run(kind.program, secret + ["--quick-gen-key", "dagroster@localhost", "ed25519", "sign", "never"])
            settings.append(("user.signingKey", "dagroster@localhost"))
        }
        defer { if kind == .gpg { try? run("/usr/bin/gpgconf", ["--kill", "gpg-agent"]) } }
        for (name, value) in settings { try await sandbox.git(["-C", "work", "config", name, value]) }
        let environment = Sandbox.environment.merging(["GNUPGHOME": sandbox.path + "/gpg"]) { $1 }
        let repository = try await Repository.discover(sandbox.path + "/work", environment: environment)
        try await body(try #require(repository))
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ["GNUPGHOME": sandbox.path + "/gpg", "PATH": "/usr/bin:/bin"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
