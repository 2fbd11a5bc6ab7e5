import Glibc

/// An answer as it came over the wire.
struct HTTPResponse {
    var status: Int
    /// By lower-case name.
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; null when there is none.
    func json() throws -> JSONValue { body.isEmpty ? .null : try JSONValue(parsing: body) }
}

/// One TCP connection that sends exactly the bytes that it is given, malformed ones too.
enum Connection {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A connection to a server on loopback, which the caller closes.
    static func opened(port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("socket") }
        do {
            try connect(descriptor, port: port)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    static func exchange(_ request: [UInt8], port: UInt16) throws -> HTTPResponse {
        try response(from: bytes(answering: request, port: port))
    }

    /// All that comes until the server hangs up.
    static func bytes(answering request: [UInt8], port: UInt16) throws -> [UInt8] {
        let descriptor = try opened(port: port)
        defer { close(descriptor) }
        try send(request, to: descriptor)
        return try readAll(descriptor)
    }

    private static func connect(_ descriptor: Int32, port: UInt16) throws {
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw failure("connect") }
    }

    static func send(_ bytes: [UInt8], to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // A server may answer and hang up before it has read everything; the answer then still counts.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func readAll(_ descriptor: Int32) throws -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { return all }
            // Somebody has stopped this process for a while: signal(7), "Interruption of system calls … by stop signals".
            if count < 0, errno == EINTR { continue }
            if count < 0, all.isEmpty { throw failure("recv") }
            if count < 0 { return all }
            all += buffer[..<count]
        }
    }

    static func response(from bytes: [UInt8]) throws -> HTTPResponse {
        let end: [UInt8] = [13, 10, 13, 10]
        guard let split = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
            throw Failure(description: "no HTTP answer in \"\(String(decoding: bytes, as: UTF8.self))\"")
        }
        let lines = String(decoding: bytes[..<split], as: UTF8.self).split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let body = Array(bytes[(split + 4)...])
        let isChunked = headers["transfer-encoding"]?.lowercased() == "chunked"
        return HTTPResponse(status: status, headers: headers, body: isChunked ? unchunked(body) : body)
    }

    private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var all: [UInt8] = []
        var rest = bytes[...]
        while let lineEnd = rest.firstIndex(of: 10) {
            let digits = String(decoding: rest[..<lineEnd], as: UTF8.self).prefix { $0.isHexDigit }
            guard let count = Int(digits, radix: 16), count > 0 else { break }
            all += rest[(lineEnd + 1)...].prefix(count)
            rest = rest[(lineEnd + 1)...].dropFirst(count + 2)
        }
        return all
    }

    private static func failure(_ call: String) -> Failure {
        Failure(description: "\(call): \(String(cString: strerror(errno)))")
    }
}
