import Foundation
import Glibc

/// What a command printed and how it ended.
struct CommandResult: Equatable, CustomStringConvertible {
    var exitCode: Int32
    var output: String
    var errors: String

    var description: String { "exit \(exitCode)\n--- output\n\(output)--- errors\n\(errors)---" }
}

/// The built program, run as a user runs it.
enum Program {
    struct NotBuilt: Error, CustomStringConvertible {
        let path: String
        var description: String { "there is no program at \"\(path)\"\nhint: swift build" }
    }

    /// `DAGROSTER_BINARY`, or the program that was built beside these tests.
    static func path() throws -> String {
        if let named = ProcessInfo.processInfo.environment["DAGROSTER_BINARY"] { return named }
        let tests = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let besideTests = tests.deletingLastPathComponent().appending(path: "dagroster").path
        guard FileManager.default.isExecutableFile(atPath: besideTests) else { throw NotBuilt(path: besideTests) }
        return besideTests
    }

    /// Nothing of the machine's own git configuration or identity; temporary files go where those of the tests go.
    static func environment(home: TemporaryFolder, _ more: [String: String] = [:]) -> [String: String] {
        let isolated = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": home.path,
            "TMPDIR": FileManager.default.temporaryDirectory.path,
            "LANG": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_NOSYSTEM": "1",
        ]
        return isolated.merging(more) { $1 }
    }

    static func run(
        _ arguments: [String],
        in folder: TemporaryFolder,
        environment more: [String: String] = [:],
        seconds: Double = 60
    ) throws -> CommandResult {
        try run(executable: path(), arguments, in: folder, environment: more, seconds: seconds)
    }

    static func run(
        executable: String,
        _ arguments: [String],
        in folder: TemporaryFolder,
        environment more: [String: String] = [:],
        seconds: Double = 60
    ) throws -> CommandResult {
        try TemporaryFolder.with { scratch in
            let child = try ChildProcess(
                executable,
                arguments,
                environment: environment(home: scratch, more),
                folder: folder.path,
                scratch: scratch
            )
            let code = try child.exitCode(within: seconds)
            return CommandResult(exitCode: code, output: child.standardOutput, errors: child.standardError)
        }
    }
}
