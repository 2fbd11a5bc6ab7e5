internal import Hummingbird
internal import HummingbirdCore
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
    ///   - certificates: what it shows; nil: it speaks plain HTTP.
    ///   - proxies: whose words about a client count.
    ///   - connections: counts connections, and keeps them from being too many.
    ///   - logger: where the server's own words go.
    ///   - onRunning: called once connections are accepted, with the port.
    /// - Returns: the server, not running yet.
    package static func service(
        for endpoint: SCIMEndpoint,
        host: String,
        port: Int,
        certificates: Certificates? = nil,
        proxies: TrustedProxies = .none,
        connections: Connections = Connections(limit: 1000),
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        ConnectionSetup(
            endpoint: endpoint,
            certificates: certificates,
            proxies: proxies,
            connections: connections
        )
        .server(
            configuration: ServerConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger
        )
    }
}
