import Endpoint
import NIOCore
import NIOEmbedded

@testable import Endpoint

extension World {
    /// A connection to the endpoint without a socket.
    func channel(_ connections: Connections = Connections(limit: 10)) throws -> EmbeddedChannel {
        let setup = ConnectionSetup(
            endpoint: endpoint,
            certificates: nil,
            proxies: .none,
            connections: connections
        )
        let channel = EmbeddedChannel()
        try setup.configure(channel)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }
}
