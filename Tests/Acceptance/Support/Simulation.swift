import Foundation
import Glibc
import Testing

/// A running `dagroster simulate`.
final class Simulation {
    /// The token that it takes, unless it is told others.
    static let token = "user:simulated-admin"

    /// What it said when it accepted.
    let line: String
    let port: UInt16
    /// Where it is, as settings name it.
    var url: String { "http://127.0.0.1:\(port)" }
    private let child: ChildProcess

    /// Runs it for the length of a closure; it must end with exit 0 then.
    static func with<Result>(
        _ arguments: [String] = [],
        in folder: TemporaryFolder? = nil,
        _ body: (Simulation) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { scratch in
            let simulation = try Simulation(arguments, folder ?? scratch, scratch)
            defer { simulation.stop() }
            return try body(simulation)
        }
    }

    /// Runs it until ``stop()``, on a port of its choice unless one is given.
    init(_ arguments: [String], _ folder: TemporaryFolder, _ scratch: TemporaryFolder, port wanted: UInt16 = 0) throws {
        child = try ChildProcess(
            Program.path(),
            ["simulate", "--port", "\(wanted)"] + arguments,
            environment: Program.environment(home: scratch),
            folder: folder.path,
            scratch: scratch
        )
        var found: (line: String, port: UInt16)?
        Deadline.wait(for: "the line \"simulating Dagster+ on …\"", seconds: 30) { [child] in
            for text in child.standardError.split(separator: "\n") {
                if let match = text.wholeMatch(of: /simulating Dagster\+ on http:\/\/127\.0\.0\.1:([0-9]+) .*/) {
                    found = UInt16(match.1).map { (String(text), $0) }
                }
            }
            return found != nil || child.exitCodeIfEnded() != nil
        }
        guard let found else {
            child.signal(SIGKILL)
            throw ChildProcess.Failure(description: "simulate said no port: \(child.standardError)")
        }
        (line, port) = found
    }

    func stop() {
        child.signal(SIGTERM)
        do {
            let code = try child.exitCode(within: 30)
            #expect(code == 0, "\(child.standardError)")
        } catch {
            Issue.record(error)
        }
    }

    func post(_ body: String, token: String) throws -> HTTPResponse {
        try send("POST", "/graphql", ["Content-Type": "application/json", "Dagster-Cloud-Api-Token": token], body)
    }

    func get(_ path: String) throws -> HTTPResponse { try send("GET", path, [:], "") }

    private func send(
        _ method: String,
        _ path: String,
        _ headers: [String: String],
        _ body: String
    ) throws -> HTTPResponse {
        var all = headers.map { "\($0): \($1)\r\n" }
        all += ["Host: 127.0.0.1:\(port)\r\n", "Connection: close\r\n", "Content-Length: \(body.utf8.count)\r\n"]
        let request = "\(method) \(path) HTTP/1.1\r\n" + all.joined() + "\r\n" + body
        return try Connection.exchange(Array(request.utf8), port: port)
    }
}
