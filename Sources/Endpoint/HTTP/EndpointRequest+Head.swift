internal import NIOHTTP1

extension EndpointRequest {
    /// The request that a head announces, without its body.
    ///
    /// - Parameters:
    ///   - head: as it came.
    ///   - id: names the request.
    ///   - baseURL: what clients call the server; nil: what the head says.
    init(_ head: HTTPRequestHead, id: String, baseURL: String?) {
        var fields = HeaderFields()
        for (name, value) in head.headers { fields.append(name, value) }
        let target = Self.originForm(head.uri)
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        self.init(
            method: head.method.rawValue,
            path: mark.map { String(target[..<$0]) } ?? String(target),
            query: mark.map { String(target[target.utf8.index(after: $0)...]) },
            headers: fields,
            id: id,
            baseURL: baseURL ?? "http://\(Self.authority(head.headers.first(name: "host")))"
        )
    }

    /// The path and query of a target, which may be a whole URL (RFC 9112 section 3.2.2).
    private static func originForm(_ target: String) -> Substring {
        guard !target.hasPrefix("/"), let scheme = target.firstRange(of: "://") else { return target[...] }
        let rest = target[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
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
}
