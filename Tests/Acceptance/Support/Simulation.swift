import Foundation
import Glibc

/// A running `dagroster simulate` on loopback.
final class Simulation {
    /// The token that it takes, unless it is told others.
    static let token = "user:simulated-admin"

    let url: String
    private let child: ChildProcess

    /// Simulates for the length of a closure, then ends the program.
    static func with<Result>(_ arguments: [String] = [], _ body: (Simulation) throws -> Result) throws -> Result {
        try TemporaryFolder.with { scratch in
            let simulation = try Simulation(arguments, scratch: scratch)
            defer { simulation.stop() }
            return try body(simulation)
        }
    }

    private init(_ arguments: [String], scratch: TemporaryFolder) throws {
        child = try ChildProcess(
            Program.path(),
            ["simulate", "--port", "0"] + arguments,
            environment: Program.environment(home: scratch),
            folder: scratch.path,
            scratch: scratch
        )
        var found: String?
        let child = child
        Deadline.wait(for: "the line \"simulating Dagster+ on …\"", seconds: 60) {
            found = child.standardError.firstMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+/).map { String($0.0) }
            return found != nil || child.exitCodeIfEnded() != nil
        }
        guard let found else {
            child.signal(SIGKILL)
            _ = try? child.exitCode(within: 10)
            throw ChildProcess.Failure(description: "simulate said no port: \(child.standardError)")
        }
        url = found
    }

    private func stop() {
        child.signal(SIGTERM)
        _ = try? child.exitCode(within: 30)
    }
}
