internal import NIOCore
internal import NIOHTTP1
internal import Roster

/// How an answer goes back to the request that it belongs to.
struct Delivery: Sendable {
    let id: String
    let version: HTTPVersion
    /// Whether the connection ends with this answer.
    var isLast: Bool

    init(_ head: HTTPRequestHead, id: String) {
        self.id = id
        version = head.version
        isLast = !head.isKeepAlive
    }

    /// Behind what cannot be read; nothing can follow it.
    init(lastFor id: String) {
        self.id = id
        version = .http1_1
        isLast = true
    }
}

/// Writes answers to a connection, which belongs to its event loop.
struct AnswerWriter {
    private var date = DateField()
    private var isFlushed = true
    /// Kept when the last answer of the connection has left.
    private var lastAnswer: EventLoopFuture<Void>?

    /// Writes an answer; it is on its way after ``flush(_:)``.
    mutating func write(
        _ answer: EndpointAnswer,
        _ delivery: Delivery,
        at now: Timestamp,
        _ context: ChannelHandlerContext
    ) {
        var fields = HTTPHeaders()
        fields.reserveCapacity(8)
        for field in answer.headers.fields { fields.add(name: field.name, value: field.value) }
        fields.add(name: "X-Request-Id", value: delivery.id)
        fields.add(name: "Date", value: date.value(at: now))
        if answer.headers["Content-Length"] == nil, Self.hasLength(answer.status) {
            fields.add(name: "Content-Length", value: String(answer.body.count))
        }
        if delivery.isLast {
            fields.add(name: "Connection", value: "close")
        } else if delivery.version == .http1_0 {
            fields.add(name: "Connection", value: "keep-alive")
        }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: fields)
        send(.head(head), context)
        if !answer.body.isEmpty { send(.body(.byteBuffer(ByteBuffer(bytes: answer.body))), context) }
        let sent = delivery.isLast ? context.eventLoop.makePromise(of: Void.self) : nil
        lastAnswer = sent?.futureResult
        context.write(NIOAny(HTTPServerResponsePart.end(nil)), promise: sent)
        isFlushed = false
    }

    /// Tells a client that waits with its body to send it (RFC 9110 section 10.1.1).
    func goOn(_ context: ChannelHandlerContext) {
        send(.head(HTTPResponseHead(version: .http1_1, status: .continue)), context)
        context.flush()
    }

    /// Sends what was written, if anything was.
    mutating func flush(_ context: ChannelHandlerContext) {
        guard !isFlushed else { return }
        isFlushed = true
        context.flush()
    }

    /// Closes the connection behind all that was written.
    mutating func close(_ context: ChannelHandlerContext) {
        flush(context)
        // Without a last answer it is the client who has ended, so that ending our side ends the connection.
        guard let lastAnswer else { return context.close(mode: .output, promise: nil) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        lastAnswer.whenComplete { _ in bound.value.close(promise: nil) }
    }

    private func send(_ part: HTTPServerResponsePart, _ context: ChannelHandlerContext) {
        context.write(NIOAny(part), promise: nil)
    }

    /// Answers that never have a body do not say how long it is (RFC 9110 section 8.6).
    private static func hasLength(_ status: Int) -> Bool { status != 204 && status != 304 && status >= 200 }
}
