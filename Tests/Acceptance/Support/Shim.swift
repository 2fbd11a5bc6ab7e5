import Foundation
import Testing

/// C that stands between a built program and the system, by LD_PRELOAD.
enum Shim: String {
    /// Makes one system call fail.
    case fault = "FaultShim/fault"
    /// Sets the clock.
    case clock = "ClockShim/clock"

    /// Compiles it.
    func library(in scratch: TemporaryFolder) throws -> String {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let source = tests.appending(path: "Support/\(rawValue).c").path
        let library = scratch.path(rawValue.split(separator: "/").last.map { "\($0).so" } ?? "")
        let made = try Program.run(
            executable: "cc",
            ["-shared", "-fPIC", "-o", library, source, "-ldl"],
            in: scratch
        )
        try #require(made.exitCode == 0, "\(made)")
        return library
    }
}
