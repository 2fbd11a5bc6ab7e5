internal import NIOCore
internal import NIOHTTP1

/// Who is at the other end of a connection, and how requests from there name the server.
struct Peer: Sendable {
    /// The address that the connection comes from; empty where there is none.
    let address: String
    private let scheme: String
    private let isProxy: Bool

    init(_ channel: any Channel, isSecure: Bool, proxies: TrustedProxies) {
        self.init(address: channel.remoteAddress?.ipAddress ?? "", isSecure: isSecure, proxies: proxies)
    }

    init(address: String, isSecure: Bool, proxies: TrustedProxies) {
        self.address = address
        scheme = isSecure ? "https" : "http"
        isProxy = proxies.contain(address)
    }

    /// Scheme and authority under which a client reached the server: as the request names it, or, from a proxy that is
    /// trusted, as the proxy says that it was named there.
    func baseURL(_ headers: HTTPHeaders) -> String {
        let forwarded = isProxy ? Self.last(headers, "X-Forwarded-Proto")?.lowercased() : nil
        let host = isProxy ? Self.last(headers, "X-Forwarded-Host") : nil
        let scheme = forwarded.flatMap { ["http", "https"].contains($0) ? $0 : nil } ?? scheme
        return "\(scheme)://\(Self.authority(host ?? headers.first(name: "Host")))"
    }

    /// The address of the client: of the connection, or what a trusted proxy says (the last one that it added).
    func client(_ headers: HTTPHeaders) -> String {
        guard isProxy, let text = Self.last(headers, "X-Forwarded-For"), Self.isAddress(text) else { return address }
        return text
    }

    /// The value that the nearest proxy added: what stands before it, a client may have sent.
    private static func last(_ headers: HTTPHeaders, _ name: String) -> String? {
        headers[canonicalForm: name].last.map(String.init).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func isAddress(_ text: String) -> Bool {
        text.utf8.count <= 64 && text.utf8.allSatisfy { isPartOfAuthority($0) }
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

/// The proxies whose words about a client count: addresses that the operator named.
package struct TrustedProxies: Hashable, Sendable {
    private let addresses: Set<String>

    /// - Parameter addresses: IP addresses; of those that are none, ``init(_:)`` makes nothing.
    package init?(_ addresses: [String]) {
        var known: Set<String> = []
        for address in addresses {
            guard let parsed = try? SocketAddress(ipAddress: address, port: 0), let text = parsed.ipAddress else {
                return nil
            }
            known.insert(text)
        }
        self.addresses = known
    }

    /// Nobody's.
    package static let none = TrustedProxies(known: [])

    private init(known: Set<String>) { addresses = known }

    func contain(_ address: String) -> Bool { addresses.contains(address) }
}
