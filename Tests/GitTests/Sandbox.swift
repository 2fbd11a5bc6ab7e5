import Foundation
import Testing

@testable import Git

/// A folder of its own with a repository in it, removed at the end; nobody's configuration counts there.
final class Sandbox: Sendable {
    static let environment = [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent",
        "GIT_CEILING_DIRECTORIES": FileManager.default.temporaryDirectory.path,
    ]

    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("git-tests-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A repository with one commit, which holds `README` at its root.
    func repository(_ name: String = "work", tree: String = "", format: String = "sha1") async throws -> Repository {
        try makeFolder(name)
        try await git(["init", "-q", "-b", "main", "--object-format=\(format)", name])
        try write("hello\n", to: "\(name)/README")
        try await git(["-C", name, "add", "README"])
        try await git(["-C", name, "-c", "user.name=P", "-c", "user.email=p@x", "commit", "-q", "-m", "first"])
        if !tree.isEmpty { try makeFolder("\(name)/\(tree)") }
        return try #require(try await Repository.discover("\(path)/\(name)/\(tree)", environment: Self.environment))
    }

    /// What people do beside us: plain git, run in the sandbox's folder.
    @discardableResult
    func git(_ arguments: [String], input: String = "") async throws -> String {
        var runner = Runner(environment: CleanEnvironment.make(overrides: Self.environment), timeLimit: .seconds(30))
        runner.prefix = ["-C", path]
        return String(decoding: try await runner.output(arguments, input: Array(input.utf8)), as: UTF8.self)
    }

    func write(_ text: String, to file: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(file)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ file: String) throws -> String { try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(file)") }

    /// Makes a hook of the repository "work", or of another folder of hooks.
    func hook(_ name: String, in folder: String = "work/.git/hooks", mode: Int = 0o755, _ script: String) throws {
        try write("#!/bin/sh\n" + script, to: "\(folder)/\(name)")
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: mode]
        try FileManager.default.setAttributes(attributes, ofItemAtPath: "\(path)/\(folder)/\(name)")
    }

    /// Runs a script in the work tree whenever the branch has just been moved.
    func afterMove(_ script: String) throws {
        let isMain = "[ \"$1\" = committed ] && grep -q ' refs/heads/main$' || exit 0\n"
        try hook("reference-transaction", isMain + "cd \(path)/work\n" + script)
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }
}

extension Signature {
    static let entra = Signature(name: "entra-prod", email: "entra-prod@dagroster.invalid", seconds: 1_790_000_000)
}

extension Repository {
    /// Whether git finds nothing wrong with the repository.
    func isSound() async throws -> Bool {
        try await runner.outcome(["fsck", "--strict", "--no-dangling"]).ending.status == 0
    }

    /// Commits files given as text, on `main`.
    @discardableResult
    func commit(_ files: [String: String?], _ message: String = "provision: a change") async throws -> Committed? {
        let changes = files.map { TreeChange(path: $0.key, bytes: $0.value.map { Array($0.utf8) }) }
        return try await commit(changes, message: message, author: .entra, on: "main", patience: .milliseconds(200))
    }
}
