import Foundation
import Glibc

/// A program that runs beside the tests, with its output in files, so that no full pipe can stop it.
///
/// Foundation's `Process` needs run loops and threads to learn that a child ended; a test only needs its id.
final class ChildProcess {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let pid: pid_t
    private let outputPath: String
    private let errorPath: String
    private var status: Int32?

    init(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String],
        folder: String,
        input: String = "/dev/null",
        scratch: TemporaryFolder
    ) throws {
        let stem = scratch.path("output-\(UUID().uuidString)")
        outputPath = stem + ".out"
        errorPath = stem + ".err"
        let writing = O_WRONLY | O_CREAT | O_APPEND
        // The C library's own change of folder in a spawned program is not visible from Swift; env(1) has it.
        pid = try Self.spawn(
            ["env", "-C", folder, executable] + arguments,
            environment: environment,
            files: [
                (STDIN_FILENO, input, O_RDONLY),
                (STDOUT_FILENO, outputPath, writing),
                (STDERR_FILENO, errorPath, writing),
            ]
        )
    }

    var standardOutput: String { Self.text(outputPath) }
    var standardError: String { Self.text(errorPath) }

    func signal(_ number: Int32) {
        guard status == nil else { return }
        kill(pid, number)
    }

    /// The exit code once the program has ended, 128 + N when signal N ended it; nil while it runs.
    func exitCodeIfEnded() -> Int32? {
        if let status { return status }
        var raw: Int32 = 0
        guard waitpid(pid, &raw, WNOHANG) == pid else { return nil }
        let signal = raw & 0x7f
        status = signal == 0 ? (raw >> 8) & 0xff : 128 + signal
        return status
    }

    /// Waits for the end; a program that takes longer is killed, and that is an error.
    func exitCode(within seconds: Double) throws -> Int32 {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if let code = exitCodeIfEnded() { return code }
            Thread.sleep(forTimeInterval: 0.005)
        }
        signal(SIGKILL)
        while exitCodeIfEnded() == nil { Thread.sleep(forTimeInterval: 0.005) }
        throw Failure(description: "the program still ran after \(seconds) s; standard error: \(standardError)")
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func spawn(
        _ command: [String],
        environment: [String: String],
        files: [(descriptor: Int32, path: String, flags: Int32)]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for file in files {
            posix_spawn_file_actions_addopen(&actions, file.descriptor, file.path, file.flags, 0o600)
        }
        let argv = command.map { strdup($0) } + [nil]
        let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawnp(&pid, command[0], &actions, nil, argv, envp)
        guard code == 0 else {
            throw Failure(
                description: "cannot start \"\(command.joined(separator: " "))\": \(String(cString: strerror(code)))"
            )
        }
        return pid
    }
}
