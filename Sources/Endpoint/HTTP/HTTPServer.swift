internal import Hummingbird
internal import HummingbirdCore
package import Logging
package import NIOCore
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

    /// Has an endpoint answer on a connection that somebody else has opened, in plain HTTP.
    ///
    /// - Parameters:
    ///   - channel: the connection, which must let a client end its side alone; to be called on its event loop.
    ///   - endpoint: what answers.
    ///   - connections: counts connections.
    /// - Throws: when the channel is closed already.
    package static func answer(on channel: any Channel, for endpoint: SCIMEndpoint, connections: Connections) throws {
        let setup = ConnectionSetup(endpoint: endpoint, certificates: nil, proxies: .none, connections: connections)
        try setup.configure(channel)
    }
}
