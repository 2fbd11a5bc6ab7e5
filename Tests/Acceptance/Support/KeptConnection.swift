import Glibc

/// A connection on which a client sends one request after the other, as identity providers do.
final class KeptConnection {
    private let descriptor: Int32
    private let token: String

    init(to server: Server) throws {
        descriptor = try Connection.opened(port: server.port)
        token = server.token
    }

    deinit { close(descriptor) }

    /// Sends a request and reads its answer; the connection stays open.
    func send(_ method: String, _ path: String, _ body: JSONValue? = nil) throws -> HTTPResponse {
        let bytes = body.map { Array($0.text.utf8) } ?? []
        let head =
            "\(method) /scim/v2\(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n"
            + "Content-Type: application/scim+json\r\nContent-Length: \(bytes.count)\r\n\r\n"
        try Connection.send(Array(head.utf8) + bytes, to: descriptor)
        var answer: [UInt8] = []
        while true {
            if let response = try? Connection.response(from: answer) {
                let length = response.headers["content-length"].flatMap { Int($0) } ?? 0
                if response.body.count >= length { return response }
            }
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Connection.Failure(description: "the server hung up") }
            answer += buffer[..<count]
        }
    }
}
