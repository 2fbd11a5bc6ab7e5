import Foundation
import Glibc
import Testing

/// A running `dagroster serve` on loopback.
final class Server {
    /// Speaks to this server with its token.
    let client: Client
    private let child: ChildProcess

    var port: UInt16 { client.port }
    var token: String { client.token }
    var base: String { client.base }
    var pid: pid_t { child.pid }

    /// The admin port, once the server has named it.
    func adminPort() throws -> UInt16 {
        var found: UInt16?
        Deadline.wait(for: "the line \"status on …\"") {
            found = log.firstMatch(of: /status on http:\/\/127\.0\.0\.1:([0-9]+)\//).flatMap { UInt16($0.1) }
            return found != nil
        }
        guard let found else { throw ChildProcess.Failure(description: "serve named no admin port: \(log)") }
        return found
    }

    /// A page of the admin port.
    func page(_ path: String, headers: [String: String] = [:]) throws -> HTTPResponse {
        let port = try adminPort()
        let all = ["Host": "127.0.0.1:\(port)", "Connection": "close"].merging(headers) { $1 }
        let lines = all.map { "\($0): \($1)\r\n" }.sorted().joined()
        return try Connection.exchange(Array("GET \(path) HTTP/1.1\r\n\(lines)\r\n".utf8), port: port)
    }

    /// Sends the server a signal.
    func signal(_ number: Int32) { child.signal(number) }

    /// What the server has said so far.
    var log: String { child.standardError }

    /// Serves a tree for the length of a closure, then stops the server, which must end with exit 0, unless it may fail.
    static func with<Result>(
        _ tree: TemporaryTree,
        token: String? = nil,
        arguments: [String] = [],
        environment: [String: String] = [:],
        mayFail: Bool = false,
        _ body: (Server) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { scratch in
            let server = try Server(
                tree,
                token: token ?? tree.token(),
                arguments: arguments,
                environment: environment,
                scratch: scratch
            )
            defer { mayFail ? server.kill() : server.stop() }
            return try body(server)
        }
    }

    /// Serves a tree for the length of a closure, then ends the server as a power cut does.
    static func killed(
        _ tree: TemporaryTree,
        token: String,
        environment: [String: String] = [:],
        _ body: (Server) throws -> Void
    ) throws {
        try TemporaryFolder.with { scratch in
            let server = try Server(tree, token: token, arguments: [], environment: environment, scratch: scratch)
            defer {
                server.kill()
                _ = try? server.child.exitCode(within: 10)
            }
            try body(server)
        }
    }

    private init(
        _ tree: TemporaryTree,
        token: String,
        arguments: [String],
        environment: [String: String] = [:],
        scratch: TemporaryFolder
    ) throws {
        child = try ChildProcess(
            Program.path(),
            ["serve", "--host", "127.0.0.1", "--port", "0", "--admin-port", "0"] + arguments,
            environment: Program.environment(home: scratch, environment),
            folder: tree.folder.path,
            scratch: scratch
        )
        do {
            client = Client(port: try Self.port(announcedBy: child), token: token)
        } catch {
            child.signal(SIGKILL)
            _ = try? child.exitCode(within: 10)
            throw error
        }
    }

    /// Ends the server as a power cut does.
    func kill() { child.signal(SIGKILL) }

    /// Asks the server to end, and gives its exit code.
    func terminated(within seconds: Double) throws -> Int32 {
        child.signal(SIGTERM)
        return try child.exitCode(within: seconds)
    }

    /// Asks the server to end as a service manager does; it may be called twice.
    func stop(sourceLocation: SourceLocation = #_sourceLocation) {
        child.signal(SIGTERM)
        do {
            let code = try child.exitCode(within: 30)
            #expect(code == 0, "serve ended with \(code): \(log)", sourceLocation: sourceLocation)
        } catch {
            Issue.record(error, sourceLocation: sourceLocation)
        }
    }

    /// Waits for `serving SCIM on http://127.0.0.1:PORT/scim/v2`, which must stand alone on its line.
    private static func port(announcedBy child: ChildProcess) throws -> UInt16 {
        var found: UInt16?
        let line = /serving SCIM on https?:\/\/127\.0\.0\.1:([0-9]+)\/scim\/v2/
        Deadline.wait(for: "the line \"serving SCIM on …\"", seconds: 30) {
            for text in child.standardError.split(separator: "\n") {
                if let match = text.wholeMatch(of: line) { found = UInt16(match.1) }
            }
            return found != nil || child.exitCodeIfEnded() != nil
        }
        guard let found else {
            throw ChildProcess.Failure(description: "serve said no port: \(child.standardError)")
        }
        return found
    }
}

extension Server {
    /// Sends one request, with this server's token unless another (or none) is given.
    func send(
        _ method: String,
        _ path: String,
        _ body: JSONValue? = nil,
        headers: [String: String] = [:]
    ) throws -> HTTPResponse {
        try client.send(method, path, body, headers: headers)
    }

    /// Creates a user or group that must be taken, and gives its id.
    func create(_ path: String, _ body: JSONValue) throws -> String {
        let answer = try send("POST", path, body)
        guard answer.status == 201, let id = try answer.json()["id"]?.string else {
            throw Connection.Failure(description: "\(answer.status): \(answer.text)")
        }
        return id
    }
}
