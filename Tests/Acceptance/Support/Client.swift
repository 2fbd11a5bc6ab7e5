/// Sends requests to a server on loopback as an identity provider does.
struct Client: Sendable {
    let port: UInt16
    let token: String

    /// The address that clients are given.
    var base: String { "http://127.0.0.1:\(port)/scim/v2" }

    /// Sends one request, with the token unless another (or none) is given.
    func send(
        _ method: String,
        _ path: String,
        _ body: JSONValue? = nil,
        headers: [String: String] = [:]
    ) throws -> HTTPResponse {
        try send(method, path, bytes: body.map { Array($0.text.utf8) }, headers: headers)
    }

    /// Sends a body that need not be JSON.
    func send(
        _ method: String,
        _ path: String,
        bytes: [UInt8]?,
        headers: [String: String] = [:]
    ) throws -> HTTPResponse {
        var all = ["Host": "127.0.0.1:\(port)", "Authorization": "Bearer \(token)", "Connection": "close"]
        if let bytes {
            all["Content-Type"] = "application/scim+json; charset=utf-8"
            all["Content-Length"] = String(bytes.count)
        }
        for (name, value) in headers { all[name] = value.isEmpty ? nil : value }
        let head = "\(method) /scim/v2\(path) HTTP/1.1\r\n" + all.map { "\($0): \($1)\r\n" }.sorted().joined() + "\r\n"
        return try Connection.exchange(Array(head.utf8) + (bytes ?? []), port: port)
    }
}
