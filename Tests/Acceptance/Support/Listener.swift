import Foundation
import Glibc

/// A socket on loopback that takes one request at a time and answers it as it is told to.
final class Listener {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A request as it came.
    struct Request {
        /// `POST /hook HTTP/1.1`.
        var line: String
        var head: String
        var body: [UInt8]

        func json() throws -> JSONValue { try JSONValue(parsing: body) }
    }

    let port: UInt16
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isBound else { throw Failure(description: "no socket: \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Whether somebody is waiting to be answered.
    func isAsked(within milliseconds: Int32 = 0) -> Bool { Self.canRead(descriptor, milliseconds) }

    /// Takes the next request and answers it; an error when none comes in time.
    func answer(_ status: String = "204 No Content", within milliseconds: Int32 = 30_000) throws -> Request {
        guard isAsked(within: milliseconds) else { throw Failure(description: "nobody asked") }
        let connection = accept(descriptor, nil, nil)
        defer { close(connection) }
        var received: [UInt8] = []
        while true {
            if let request = Self.request(received) {
                let answer = Array("HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
                guard write(connection, answer, answer.count) == answer.count else {
                    throw Failure(description: "nobody listens to the answer")
                }
                return request
            }
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            guard Self.canRead(connection, milliseconds) else { throw Failure(description: "half a request") }
            let count = read(connection, &bytes, bytes.count)
            guard count > 0 else { throw Failure(description: "half a request") }
            received += bytes[..<count]
        }
    }

    private static func canRead(_ descriptor: Int32, _ milliseconds: Int32) -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, milliseconds) > 0
    }

    /// The request, once it is there as a whole.
    private static func request(_ bytes: [UInt8]) -> Request? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let head = String(text[..<end.lowerBound])
        let length = head.lowercased().firstMatch(of: /content-length: ([0-9]+)/).flatMap { Int($0.1) } ?? 0
        let body = Array(text[end.upperBound...].utf8)
        guard body.count >= length else { return nil }
        let line = head.split(separator: "\r\n").first.map { String($0) } ?? ""
        return Request(line: line, head: head, body: body)
    }
}
