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
    ///   - logger: where the server's own words go.
    ///   - onRunning: called once connections are accepted, with the port.
    /// - Returns: the server, not running yet.
    package static func service(
        for endpoint: SCIMEndpoint,
        host: String,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        ConnectionSetup(endpoint: endpoint).server(
            configuration: ServerConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger
        )
    }
}
