import Foundation
import Testing

/// A tree made by `dagroster init`, for the length of a closure.
struct TemporaryTree {
    let folder: TemporaryFolder

    /// Settings with a window that only ends with the server, so that the commits do not depend on time.
    static let settings = """
        version: 1
        git: {window: 1h, maxWindow: 1h}
        targets:
          sandbox: {kind: file, path: target.yaml}

        """

    /// Makes a tree; without `settings` it has those that `init` writes.
    static func with<Result>(
        arguments: [String] = [],
        settings: String? = settings,
        git: Bool = true,
        _ body: (TemporaryTree) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { folder in
            let tree = TemporaryTree(folder: folder)
            let made = try tree.run(["init"] + arguments)
            try #require(made.exitCode == 0, "\(made)")
            if let settings { try tree.write("dagroster.yaml", settings) }
            if !git { try folder.remove(".git") }
            return try body(tree)
        }
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> CommandResult {
        try Program.run(arguments, in: folder, environment: environment)
    }

    /// Writes a file and commits it, as a person does.
    func write(_ path: String, _ text: String) throws {
        try folder.write(text, to: path)
        try commit("write \(path)")
    }

    func remove(_ path: String) throws {
        try folder.remove(path)
        try commit("remove \(path)")
    }

    func commit(_ message: String) throws {
        guard folder.exists(".git") else { return }
        try git("add", "--all")
        try git("commit", "--quiet", "--allow-empty", "-m", message)
    }

    /// Runs git in the tree as a person with a name, who tries again while somebody else's git holds the index, and
    /// gives what it printed.
    @discardableResult
    func git(_ arguments: String...) throws -> String { try git(arguments) }

    @discardableResult
    func git(_ arguments: [String]) throws -> String {
        let person = ["user.name=Lin Chen", "user.email=lin@example.com"].flatMap { ["-c", $0] }
        var result = try Program.run(executable: "git", person + arguments, in: folder)
        let end = ContinuousClock.now + .seconds(20)
        while result.exitCode == 128, result.errors.contains("index.lock': File exists"), ContinuousClock.now < end {
            result = try Program.run(executable: "git", person + arguments, in: folder)
        }
        try #require(result.exitCode == 0, "git \(arguments.joined(separator: " ")): \(result)")
        return result.output
    }

    /// A new bearer token.
    func token(_ name: String = "entra-prod") throws -> String {
        let made = try run(["token", "create", name])
        try #require(made.exitCode == 0, "\(made)")
        return made.output.trimmingCharacters(in: .newlines)
    }

    /// What must not change when a request is refused: every file of the tree and every commit.
    func state() throws -> [String: String] {
        var state = try folder.files()
        if folder.exists(".git") { state["HEAD"] = try git("rev-parse", "HEAD") }
        return state
    }
}
