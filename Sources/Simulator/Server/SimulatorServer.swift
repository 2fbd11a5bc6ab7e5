internal import HTTPTypes
internal import Hummingbird
package import Logging
internal import NIOCore
package import ServiceLifecycle

/// The HTTP server in front of a simulated organisation: on this machine's own address, and no other.
package enum SimulatorServer {
    static let host = "127.0.0.1"

    /// A server that runs until it is told to shut down.
    ///
    /// - Parameters:
    ///   - organization: what answers.
    ///   - port: the port to listen on; 0 takes a free one.
    ///   - logger: where the server's own words go.
    ///   - onRunning: called once connections are accepted, with the port.
    /// - Returns: the server, not running yet.
    package static func service(
        for organization: SimulatedOrganization,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        Application(
            responder: SimulatorResponder(organization: organization),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }

    /// Serves an organisation for the length of a closure, on a free port.
    ///
    /// - Parameters:
    ///   - setup: the organisation.
    ///   - body: gets the organisation and the port.
    /// - Returns: what the closure returns.
    /// - Throws: what the closure throws; ``SimulatorError`` when the server does not start.
    package static func with<Result: Sendable>(
        _ setup: Setup,
        _ body: @Sendable (SimulatedOrganization, Int) async throws -> Result
    ) async throws -> Result {
        let organization = try SimulatedOrganization(setup)
        var logger = Logger(label: "simulator")
        logger.logLevel = .critical
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = service(for: organization, port: 0, logger: logger) { port in
            found.yield(port)
            found.finish()
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { found.finish() }
                try await server.run()
            }
            defer { group.cancelAll() }
            for await port in ports { return try await body(organization, port) }
            try await group.waitForAll()
            throw SimulatorError.notStarted
        }
    }
}

/// Why there is no simulated organisation.
package enum SimulatorError: Error {
    /// The server ended before it accepted anything.
    case notStarted
}

extension SimulatorError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notStarted: "the simulator ended before it accepted requests"
        }
    }
}

/// Turns what the server receives into a call, and the reply into a response.
struct SimulatorResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let organization: SimulatedOrganization
    /// Enough for any document, and for the address of whoever accepts.
    private static let maximumBody = 4 << 20

    func respond(to request: Request, context: Context) async throws -> Response {
        do {
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.canonicalName] = field.value }
            let call = Call(
                method: request.method.rawValue,
                path: request.uri.path,
                headers: headers,
                body: Array(buffer: try await request.body.collect(upTo: Self.maximumBody))
            )
            let reply = await organization.answer(call)
            if let delay = reply.delay { try await Task.sleep(for: delay) }
            if reply.delivery == .silent { try await Task.sleep(for: organization.setup.silence) }
            return response(reply)
        } catch is NIOTooManyBytesError {
            return response(Reply(413, text: "Content Too Large"))
        }
    }

    private func response(_ reply: Reply) -> Response {
        var fields = HTTPFields()
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let whole = ByteBuffer(bytes: reply.body)
        guard reply.delivery == .cut else {
            return Response(status: .init(code: reply.status), headers: fields, body: ResponseBody(byteBuffer: whole))
        }
        let body = ResponseBody(contentLength: reply.body.count) { writer in
            try await writer.write(ByteBuffer(bytes: reply.body.prefix(reply.body.count / 2)))
            throw CutShort()
        }
        return Response(status: .init(code: reply.status), headers: fields, body: body)
    }

    /// Ends the connection in the middle of an answer.
    private struct CutShort: Error {}
}
