internal import Auth
internal import NIOCore

/// A request whose body is on its way.
///
/// A class, because its connection takes it up with every part that comes: one count, and not one on each of its texts.
final class IncomingRequest {
    private let request: EndpointRequest
    let caller: Caller?
    let delivery: Delivery
    /// How long the body may be, in bytes.
    let limit: Int
    private var bytes = ByteBuffer()

    init(request: EndpointRequest, caller: Caller?, delivery: Delivery, limit: Int) {
        self.request = request
        self.caller = caller
        self.delivery = delivery
        self.limit = limit
    }

    /// How many bytes of the body have come.
    var count: Int { bytes.readableBytes }

    func append(_ more: ByteBuffer) {
        var more = more
        if bytes.readableBytes == 0 { bytes = more } else { bytes.writeBuffer(&more) }
    }

    /// The request with the body that has come.
    var whole: EndpointRequest {
        var whole = request
        whole.body = Array(bytes.readableBytesView)
        return whole
    }
}
