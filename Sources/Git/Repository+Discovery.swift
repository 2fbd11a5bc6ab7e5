extension Repository {
    /// The repository that a folder lies in; nil when it lies in none.
    ///
    /// The folder may be anywhere inside a work tree, or a bare repository. Throws where git is missing, the folder does not
    /// exist, or git refuses the repository (another owner).
    ///
    /// - Parameters:
    ///   - path: the tree's folder.
    ///   - environment: variables to set for every command beside the process's own.
    ///   - timeLimit: how long a command may do nothing before it is stopped.
    /// - Returns: nil for a folder that is in no repository.
    /// - Throws: ``GitError``.
    package static func discover(
        _ path: String,
        environment: [String: String] = [:],
        timeLimit: Duration = .seconds(60)
    ) async throws -> Repository? {
        var runner = Runner(environment: CleanEnvironment.make(overrides: environment), timeLimit: timeLimit)
        runner.prefix = ["-C", path]
        let question = ["rev-parse", "--is-inside-work-tree", "--show-object-format"]
        let places = ["--absolute-git-dir", "--show-toplevel", "--show-prefix"]
        let (whole, lines) = try await runner.outcome(question + places)
        let parts = lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        // One command for all, as long as each answer is one line.
        if whole.status == 0, parts.count == 6 {
            return Repository(runner, folder: parts[2], workTree: parts[3], prefix: parts[4], format: parts[1])
        }
        let (ending, output) = try await runner.outcome(question)
        guard ending.status == 0 else {
            if ending.message.contains("not a git repository") { return nil }
            throw runner.failure(question, ending)
        }
        let answers = String(decoding: output, as: UTF8.self).split(separator: "\n")
        guard answers.count == 2 else { throw runner.notUnderstood(question, output) }
        // By a command each, because a folder's name may hold a line's end; beside one another.
        let (asking, isWorkTree) = (runner, answers[0] == "true")
        async let topLevel = isWorkTree ? asking.line(["rev-parse", "--show-toplevel"]) : nil
        async let pathInside = isWorkTree ? asking.line(["rev-parse", "--show-prefix"]) : ""
        let folder = try await asking.line(["rev-parse", "--absolute-git-dir"])
        let (workTree, prefix) = (try await topLevel, try await pathInside)
        return Repository(runner, folder: folder, workTree: workTree, prefix: prefix, format: String(answers[1]))
    }

    private init(_ runner: Runner, folder: String, workTree: String?, prefix: String, format: String) {
        var runner = runner
        // Named from now on: were the repository removed, git would go on searching in the folders above.
        runner.prefix = ["-C", workTree ?? folder, "--git-dir=\(folder)"]
        if let workTree { runner.prefix.append("--work-tree=\(workTree)") }
        self.init(
            folder: folder,
            workTree: workTree,
            prefix: prefix,
            zero: String(repeating: "0", count: format == "sha256" ? 64 : 40),
            runner: runner
        )
    }

    /// Makes a repository whose first branch has the given name; the folder must exist.
    package static func create(
        at path: String,
        branch: String,
        environment: [String: String] = [:],
        timeLimit: Duration = .seconds(60)
    ) async throws -> Repository {
        guard isSafeName(branch) else { throw GitError.unsafeReference(branch) }
        var runner = Runner(environment: CleanEnvironment.make(overrides: environment), timeLimit: timeLimit)
        runner.prefix = ["-C", path]
        let arguments = ["init", "--quiet", "--initial-branch=\(branch)"]
        try await runner.output(arguments)
        guard let repository = try await discover(path, environment: environment, timeLimit: timeLimit) else {
            throw runner.notUnderstood(arguments, [])
        }
        return repository
    }
}
