internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Sends requests over the network, by TLS where the address says so.
package struct NetworkTransport: Transport {
    /// The program's name and version, for the server's log.
    private let agent: String
    private let timeout: Duration

    /// The largest answer that is read: an organisation of 10,000 people and 500 teams takes some tens of MiB.
    private static let limit = 512 << 20

    /// Lives as long as the process, as AsyncHTTPClient's own shared client does, which would follow redirects and take
    /// the token along.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(configuration: configuration)
    }()

    /// - Parameters:
    ///   - agent: the program's name and version.
    ///   - timeout: how long one answer may take.
    package init(agent: String, timeout: Duration = .seconds(60)) {
        self.agent = agent
        self.timeout = timeout
    }

    package func pause(for duration: Duration) async throws { try await Task.sleep(for: duration) }

    package func send(_ request: Request) async throws(TransportFailure) -> Reply {
        var message = HTTPClientRequest(url: request.address.description)
        message.method = .POST
        message.headers.add(name: "Content-Type", value: "application/json")
        message.headers.add(name: "Accept", value: "application/json")
        message.headers.add(name: "User-Agent", value: agent)
        message.headers.add(name: "Dagster-Cloud-Api-Token", value: request.token.revealed)
        message.body = .bytes(ByteBuffer(bytes: request.body))
        do {
            let response = try await Self.client.execute(message, timeout: .nanoseconds(timeout.wholeNanoseconds))
            var headers: [String: String] = [:]
            for field in response.headers { headers[field.name.lowercased()] = field.value }
            let body = try await response.body.collect(upTo: Self.limit)
            return Reply(status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView))
        } catch {
            throw Self.failure(error)
        }
    }

    private static func failure(_ error: any Error) -> TransportFailure {
        if let error = error as? HTTPClientError {
            switch error {
            case .connectTimeout: return .notSent("no connection within 10 s")
            case .tlsHandshakeTimeout: return .notSent("no TLS handshake within 10 s")
            case .deadlineExceeded, .readTimeout: return .noAnswer("no answer in time")
            case .remoteConnectionClosed: return .noAnswer("the connection was closed before the answer came")
            case .getConnectionFromPoolTimeout: return .notSent("no connection in time")
            case .emptyHost, .invalidURL: return .untrusted("the address is not one of a server")
            default: return .noAnswer(error.shortDescription)
            }
        }
        let words = String(describing: error)
        // The errors of sockets and TLS are types of packages that nothing else here needs.
        let type = String(reflecting: Swift.type(of: error))
        if type.hasPrefix("NIOPosix.") || type.hasPrefix("NIOCore.IOError") {
            return type.contains("Connection") ? .notSent("no connection: \(connectionWords(words))") : .noAnswer(words)
        }
        if type.hasPrefix("NIOSSL.") { return .untrusted("no TLS connection: \(words)") }
        if type.contains("HTTPParserError") { return .noAnswer("the answer was cut") }
        return .noAnswer(words)
    }

    /// The system's own word for a refused connection, out of a long description of all attempts.
    private static func connectionWords(_ words: String) -> String {
        if words.contains("refused") { return "connection refused" }
        return words.contains("dns") ? "the host's name is not known" : "the host cannot be reached"
    }
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
