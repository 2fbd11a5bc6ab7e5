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
///
/// It makes an answer's text itself: NIO's encoder takes it in parts, looks through the fields of each for those that
/// frame the body, and sends every part from memory of its own.
struct AnswerWriter {
    private var date = DateField()
    private var isFlushed = true
    /// Kept when the last answer of the connection has left.
    private var lastAnswer: EventLoopFuture<Void>?
    /// The head of the answer that is being written; kept for its memory.
    private var head: [UInt8] = []

    /// Writes an answer; it is on its way after ``flush(_:)``.
    mutating func write(
        _ answer: EndpointAnswer,
        _ delivery: Delivery,
        at now: Timestamp,
        _ context: ChannelHandlerContext
    ) {
        writeHead(answer, delivery, at: now)
        var text = ByteBuffer()
        text.reserveCapacity(head.count + answer.body.count)
        text.writeBytes(head)
        text.writeBytes(answer.body)
        let sent = delivery.isLast ? context.eventLoop.makePromise(of: Void.self) : nil
        lastAnswer = sent?.futureResult
        context.write(NIOAny(text), promise: sent)
        isFlushed = false
    }

    /// Tells a client that waits with its body to send it (RFC 9110 section 10.1.1).
    func goOn(_ context: ChannelHandlerContext) {
        context.writeAndFlush(NIOAny(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
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
}

// The head of an answer (RFC 9112 sections 4 and 5). Its fields are our own and well-formed: what comes from outside
// was checked where it came in.
extension AnswerWriter {
    private mutating func writeHead(_ answer: EndpointAnswer, _ delivery: Delivery, at now: Timestamp) {
        head.removeAll(keepingCapacity: true)
        append("HTTP/1.1 ")
        append(String(answer.status))
        append(" ")
        append(HTTPResponseStatus(statusCode: answer.status).reasonPhrase)
        for field in answer.headers.fields { append(field.name, field.value) }
        append("X-Request-Id", delivery.id)
        append("Date", date.value(at: now))
        if answer.hasLength, answer.headers["Content-Length"] == nil {
            append("Content-Length", String(answer.body.count))
        }
        if delivery.isLast {
            append("Connection", "close")
        } else if delivery.version == .http1_0 {
            append("Connection", "keep-alive")
        }
        append("\r\n\r\n")
    }

    private mutating func append(_ name: String, _ value: String) {
        append("\r\n")
        append(name)
        append(": ")
        append(value)
    }

    private mutating func append(_ text: String) { head.append(contentsOf: text.utf8) }
}
