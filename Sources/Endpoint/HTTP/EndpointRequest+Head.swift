internal import NIOHTTP1

extension EndpointRequest {
    /// The request that a head announces, without its body.
    ///
    /// - Parameters:
    ///   - head: as it came.
    ///   - id: names the request.
    ///   - peer: who sends it.
    ///   - baseURL: what clients call the server; nil: what the head says.
    init(_ head: HTTPRequestHead, id: String, from peer: Peer, baseURL: String?) {
        var fields = HeaderFields(capacity: head.headers.count)
        for (name, value) in head.headers { fields.append(name, value) }
        let target = Self.originForm(head.uri)
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        self.init(
            method: head.method.rawValue,
            path: mark.map { String(target[..<$0]) } ?? String(target),
            query: mark.map { String(target[target.utf8.index(after: $0)...]) },
            headers: fields,
            id: id,
            baseURL: baseURL ?? peer.baseURL(head.headers),
            client: peer.client(head.headers)
        )
    }

    /// The path and query of a target, which may be a whole URL (RFC 9112 section 3.2.2).
    private static func originForm(_ target: String) -> Substring {
        guard !target.hasPrefix("/"), let scheme = target.firstRange(of: "://") else { return target[...] }
        let rest = target[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
    }
}
