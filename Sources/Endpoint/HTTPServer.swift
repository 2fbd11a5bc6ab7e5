internal import HTTPTypes
internal import Hummingbird
package import Logging
internal import NIOCore
package import ServiceLifecycle

/// The HTTP server in front of an endpoint.
package enum HTTPServer {
    /// A server that runs until it is told to shut down; requests that are under way are then finished.
    ///
    /// - Parameters:
    ///   - endpoint: what answers.
    ///   - host: the address to listen on.
    ///   - port: the port to listen on; 0 takes a free one.
    ///   - logger: where the server's own words go.
    ///   - onRunning: called once connections are accepted, with the port.
    /// - Returns: the server, not running yet.
    package static func service(
        for endpoint: SCIMEndpoint,
        host: String,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        Application(
            responder: EndpointResponder(endpoint: endpoint),
            // Whoever stops in the middle of a request, or says nothing, does not keep a connection or a shutdown.
            server: .http1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }
}

/// Turns what the server receives into the endpoint's request, and the endpoint's answer into a response.
struct EndpointResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let endpoint: SCIMEndpoint

    func respond(to request: Request, context: Context) async throws -> Response {
        let id = RequestIDs.accepted(request.headers[.init("X-Request-Id") ?? .userAgent]) ?? "\(context.id)"
        // Nobody's body is read before it is known who sends it.
        let head = endpointRequest(request, id: id, body: [])
        if let denial = endpoint.denial(of: head) { return response(denial, id: id) }
        do {
            var whole = head
            whole.body = Array(buffer: try await request.body.collect(upTo: endpoint.limits.bodyBytes))
            return response(await endpoint.answer(whole), id: id)
        } catch is NIOTooManyBytesError {
            return response(endpoint.bodyTooLarge(), id: id)
        }
    }

    private func endpointRequest(_ request: Request, id: String, body: [UInt8]) -> EndpointRequest {
        var headers: [String: String] = [:]
        for field in request.headers {
            let name = field.name.canonicalName
            headers[name] = headers[name].map { $0 + ", " + field.value } ?? field.value
        }
        let authority = Self.authority(request.head.authority)
        return EndpointRequest(
            method: request.method.rawValue,
            path: request.uri.path,
            query: request.uri.query,
            headers: headers,
            body: body,
            id: id,
            baseURL: endpoint.baseURL ?? "http://\(authority)"
        )
    }

    /// The host and port that a request names, for the URLs in its answer; anything that is none is left out.
    private static func authority(_ text: String?) -> String {
        guard let text, !text.isEmpty, text.utf8.allSatisfy(isPartOfAuthority) else { return "localhost" }
        return text
    }

    private static func isPartOfAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
            UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    private func response(_ answer: EndpointAnswer, id: String) -> Response {
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if let name = HTTPField.Name("X-Request-Id") { fields[name] = id }
        let body = answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        return Response(status: .init(code: answer.status), headers: fields, body: body)
    }
}

/// Ids of requests: a client's own where it is harmless, so that its log and ours can be laid side by side.
enum RequestIDs {
    static func accepted(_ text: String?) -> String? {
        guard let text, (8...64).contains(text.utf8.count), text.utf8.allSatisfy(isPlain) else { return nil }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
