import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs git as a child process, never through a shell, with bounded output and a limit on its idleness.
struct Runner: Sendable {
    /// How a command ended.
    struct Ending: Hashable, Sendable {
        /// The exit code, or the signal's number negated.
        var status: Int
        var message: String
    }

    /// The most that a command may answer where the answer is kept in one piece.
    static let outputLimit = 256 << 20

    var environment: [String: String]
    let patience: Patience
    /// What stands before every command's own arguments.
    var prefix: [String] = []
    /// Why no command may be run at this moment; nil while they may.
    var objection: @Sendable () -> String? = { nil }

    init(environment: [String: String], timeLimit: Duration) {
        self.environment = environment
        patience = Patience(timeLimit)
    }

    /// A child that ends early must cost us an error, not our life: its pipe would raise SIGPIPE.
    static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}

extension Runner: Hashable {
    /// How patient it is and what may keep it do not count: that changes, and says nothing of whose commands it runs.
    static func == (left: Runner, right: Runner) -> Bool {
        left.environment == right.environment && left.prefix == right.prefix
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(environment)
        hasher.combine(prefix)
    }
}

extension Runner {
    /// What a command wrote; every exit code but 0 is an error.
    @discardableResult
    func output(
        _ arguments: [String],
        adding variables: [String: String] = [:],
        input: [UInt8] = []
    ) async throws -> [UInt8] {
        let (ending, output) = try await outcome(arguments, adding: variables, input: input)
        guard ending.status == 0 else { throw failure(arguments, ending) }
        return output
    }

    /// What a command wrote, less the line's end.
    func line(_ arguments: [String]) async throws -> String {
        var bytes = try await output(arguments)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a command wrote and how it ended; no exit code is an error.
    func outcome(
        _ arguments: [String],
        adding variables: [String: String] = [:],
        input: [UInt8] = []
    ) async throws -> (ending: Ending, output: [UInt8]) {
        var output: [UInt8] = []
        let ending = try await stream(arguments, adding: variables, input: CollectionOfOne(input)) { bytes in
            output.append(contentsOf: bytes)
            guard output.count <= Self.outputLimit else {
                throw GitError.tooMuchOutput(arguments: Self.redacted(arguments), limit: Self.outputLimit)
            }
        }
        return (ending, output)
    }

    /// The error that a command's end stands for.
    func failure(_ arguments: [String], _ ending: Ending) -> GitError {
        .failed(arguments: Self.redacted(arguments), status: ending.status, message: ending.message)
    }

    /// The error for an answer that is not in the command's documented format.
    func notUnderstood(_ arguments: [String], _ output: some Collection<UInt8>) -> GitError {
        .notUnderstood(arguments: Self.redacted(arguments), output: String(Redaction.message(output).prefix(200)))
    }

    private static func redacted(_ arguments: [String]) -> [String] { arguments.map(Redaction.withoutCredentials) }
}

extension Runner {
    /// Runs a command, writing its input and reading its answers at the same time, so that neither side waits for ever.
    func stream(
        _ arguments: [String],
        adding variables: [String: String] = [:],
        input: some Sequence<[UInt8]> & Sendable,
        receive: (UnsafeRawBufferPointer) throws -> Void
    ) async throws -> Ending {
        Self.ignoresBrokenPipes
        let activity = Activity(patience)
        let limit = patience.limit
        do {
            let result = try await run(
                try await configuration(arguments, adding: variables),
                input: .inputWriter,
                output: .sequence,
                error: .sequence
            ) { execution in
                try await Self.attend(execution, input, activity, limit) {
                    for try await buffer in execution.standardOutput {
                        activity.touch()
                        try buffer.withUnsafeBytes(receive)
                    }
                }
            }
            return try ending(result.terminationStatus, result.closureResult, arguments, activity)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw GitError.missing
        }
    }

    /// Writes a command's input and reads its message and its answers at the same time, until it has ended.
    ///
    /// - Returns: the message.
    static func attend<Output>(
        _ execution: Execution<CustomWriteInput, Output, SequenceOutput>,
        _ input: some Sequence<[UInt8]> & Sendable,
        _ activity: Activity,
        _ limit: Duration,
        answers: () async throws -> Void
    ) async throws -> String {
        async let writing: Void = Self.write(input, to: execution.standardInputWriter, activity)
        async let message = Self.message(from: execution.standardError, activity)
        async let _: Void = Self.stop(execution, when: activity)
        try await answers()
        let text = await message
        await writing
        // Signal 0 is none: this waits for the end, and kills what closed its output and lives on.
        await execution.teardown(using: [.send(signal: Signal(rawValue: 0), allowedDurationToNextStep: limit)])
        activity.expireIfIdle()
        return text
    }

    /// How a command ended, unless it was stopped.
    func ending(
        _ status: TerminationStatus,
        _ message: String,
        _ arguments: [String],
        _ activity: Activity
    ) throws -> Ending {
        try Task.checkCancellation()
        let status: Int =
            switch status {
            case .exited(let code): Int(code)
            case .signaled(let signal): -Int(signal)
            }
        if status < 0, activity.isExpired {
            throw GitError.timedOut(arguments: Self.redacted(arguments), limit: patience.limit)
        }
        return Ending(status: status, message: message)
    }

    func configuration(
        _ arguments: [String],
        adding variables: [String: String]
    ) async throws -> Configuration {
        // Here, because every command comes by.
        if let reason = objection() { throw GitError.kept(reason) }
        var options = PlatformOptions()
        // Of its own, so that Ctrl-C on a terminal ends us and not the commit, and so that nothing asks there.
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))
        ]
        var keyed: [Environment.Key: String] = [:]
        for (name, value) in environment.merging(variables, uniquingKeysWith: { _, new in new }) {
            guard let key = Environment.Key(rawValue: name) else { continue }
            keyed[key] = value
        }
        let environment = Environment.custom(keyed)
        // Looked for here: a name would be tried by a child of its own in each folder of PATH before git's.
        let git = try await Executable.name("git").resolveExecutablePath(in: environment)
        return Configuration(
            executable: .path(git),
            arguments: Arguments(prefix + arguments),
            environment: environment,
            platformOptions: options
        )
    }

    /// A command that stops reading says why by its exit code, so that an error here says nothing more.
    private static func write(
        _ input: some Sequence<[UInt8]> & Sendable,
        to writer: StandardInputWriter,
        _ activity: Activity
    ) async {
        writing: for chunk in input {
            var rest = chunk[...]
            while !rest.isEmpty {
                // Nothing written: the command has ended, or is not waited for any more.
                guard let count = try? await writer.write(Array(rest.prefix(1 << 16))), count > 0 else { break writing }
                activity.touch()
                rest = rest.dropFirst(count)
            }
        }
        try? await writer.finish()
    }

    private static func message(from errors: SubprocessOutputSequence, _ activity: Activity) async -> String {
        var bytes: [UInt8] = []
        do {
            for try await buffer in errors {
                activity.touch()
                buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(Redaction.limit - bytes.count)) }
            }
        } catch {}
        return Redaction.message(bytes)
    }

    private static func stop<Input, Output, Failure>(
        _ execution: Execution<Input, Output, Failure>,
        when activity: Activity
    ) async {
        guard await activity.waitForExpiry() else { return }
        await execution.teardown(
            using: [.send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
        )
    }
}
