/// Carries requests to an organisation; the only thing here that touches the network and the clock.
package protocol Transport: Sendable {
    /// Sends one request and gives the whole answer, whatever its status; it follows no redirect.
    func send(_ request: Request) async throws(TransportFailure) -> Reply
    /// Waits before a request is sent again; ends early, with an error, when the run is stopped.
    func pause(for duration: Duration) async throws
}

/// One POST of a JSON body.
package struct Request: Sendable {
    package var address: Address
    package var token: APIToken
    package var body: [UInt8]
}

/// What a server answered, as a whole.
package struct Reply: Sendable, Hashable {
    package var status: Int
    /// By name in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(status: Int, headers: [String: String] = [:], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why there is no answer.
package enum TransportFailure: Error, Hashable, Sendable {
    /// The request never reached a server: it is safe to send it again.
    case notSent(String)
    /// It was sent, and the answer did not come, or not as a whole: whether it was carried out is not known.
    case noAnswer(String)
    /// The server's certificate is not to be trusted: nothing was sent, and nothing will be.
    case untrusted(String)
}

extension TransportFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notSent(let reason), .noAnswer(let reason), .untrusted(let reason): reason
        }
    }
}
