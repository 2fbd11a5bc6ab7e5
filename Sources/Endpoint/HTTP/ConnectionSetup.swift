internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// What each accepted connection gets in Hummingbird's server: HTTP/1.1 and a handler that answers on the connection's
/// own event loop.
///
/// Hummingbird's channel for HTTP hands every part of a request to a task on other threads and back, which costs more
/// than all that an answer takes here.
struct ConnectionSetup: ServerChildChannel {
    /// A connection that is set up, for as long as it is open.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    let endpoint: SCIMEndpoint
    /// Nil: without TLS.
    let certificates: Certificates?
    let proxies: TrustedProxies
    let connections: Connections

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try configure(channel)
            return Value(channel: channel)
        }
    }

    /// Gives a channel all that it needs to answer; to be called on its event loop.
    func configure(_ channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        if let certificates { try pipeline.addHandler(NIOSSLServerHandler(context: certificates.context())) }
        // No more of NIO's HTTP than its parser: the handler takes one request at a time itself, tells of bytes that are
        // no request behind the answers to those before, and writes answers.
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: Self.headLimits)))
        try pipeline.addHandler(
            ConnectionHandler(
                endpoint: endpoint,
                peer: Peer(channel, isSecure: certificates != nil, proxies: proxies),
                connections: connections,
                loop: channel.eventLoop
            )
        )
    }

    /// How long a head may be.
    ///
    /// It comes before anybody is known, and is what many who never finish one can make a server hold. A field, and the
    /// address of a request, has room for the longest filter, percent-encoded.
    private static var headLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 64 << 10
        limits.maxHeaderListSize = 128 << 10
        limits.maxHeaderFieldCount = 128
        return limits
    }

    func handle(value: Value, logger: Logger) async {
        do {
            try await value.channel.closeFuture.get()
        } catch {
            logger.debug("connection closed", metadata: ["error": "\(error)"])
        }
    }
}
