internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1

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

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                // The handler takes one request at a time itself.
                withPipeliningAssistance: false,
                // Our own header fields are well-formed: what comes from outside was checked where it came in.
                withOutboundHeaderValidation: false
            )
            try channel.pipeline.syncOperations.addHandler(
                ConnectionHandler(endpoint: endpoint, loop: channel.eventLoop)
            )
            return Value(channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            try await value.channel.closeFuture.get()
        } catch {
            logger.debug("connection closed", metadata: ["error": "\(error)"])
        }
    }
}
