internal import Auth
internal import NIOCore
internal import NIOHTTP1

/// One connection: takes one request after the other, has it answered and writes the answer.
///
/// What comes while an answer is being made waits, and nothing more is read behind it, so that a client that sends ahead
/// fills its own buffers and not ours. A class, as NIO's handlers are; it belongs to its event loop.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What the next part belongs to.
    private enum Reading {
        case head
        case body(IncomingRequest)
        /// What is left of a request that is answered already; so many bytes of it were passed over.
        case rest(Int)
    }

    private let endpoint: SCIMEndpoint
    private let peer: Peer
    private let connections: Connections
    private let loop: any EventLoop
    private let executor: LoopExecutor
    private var writer = AnswerWriter()
    private var ids = RequestIDs()
    private var recentCaller: RecentCaller?
    private var idle: IdleTimer
    private var context: ChannelHandlerContext?
    private var ticket: Connections.Ticket?

    private var parts = CircularBuffer<HTTPServerRequestPart>()
    private var reading = Reading.head
    /// Why nothing that comes now can be understood; until that is answered.
    private var unreadable: HTTPParserError?
    /// Whether the client reads its answers; kept here, because it is asked several times a part.
    private var isWritable = true
    private var isAnswering = false
    private var isTakingParts = false
    /// Whether an answer is being handed over: NIO says from within when it is more than the client takes at once.
    private var isSending = false
    private var holdsRead = false
    /// Whether nothing more will come.
    private var isInputClosed = false
    /// Whether the server is stopping.
    private var isQuiescing = false
    private var isClosing = false
    /// Whether the connection is closed when the client has sent the rest of its request.
    private var endsAfterRequest = false

    init(endpoint: SCIMEndpoint, peer: Peer, connections: Connections, loop: any EventLoop) {
        self.endpoint = endpoint
        self.peer = peer
        self.connections = connections
        self.loop = loop
        executor = LoopExecutor(loop)
        // Whoever stops in the middle of a request, or says nothing, does not keep a connection or a shutdown.
        idle = IdleTimer(limit: .seconds(30), requestLimit: .seconds(120), on: loop)
    }
}

// What NIO calls.
extension ConnectionHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let handler = NIOLoopBound(self, eventLoop: loop)
        ticket = connections.open(from: peer.address) { [loop] in
            loop.execute { handler.value.makeRoom() }
        }
        scheduleIdleCheck(in: idle.limit)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        idle.cancel()
        if let ticket { connections.close(ticket) }
        // Its closure has this handler.
        ticket = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        idle.touch()
        guard !isClosing else { return }
        parts.append(Self.unwrapInboundIn(data))
        takeParts(context)
    }

    func read(context: ChannelHandlerContext) {
        // Whoever has not sent ahead is listened to all the time: to stop and to begin again are two system calls.
        if takesParts || parts.isEmpty && !isClosing { context.read() } else { holdsRead = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        // Whoever sends goes on with what there is to do.
        if !isSending { takeParts(context) }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: isQuiescing = true
        case ChannelEvent.inputClosed: isInputClosed = true
        default: context.fireUserInboundEventTriggered(event)
        }
        closeIfDone(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError, !isClosing, !isInputClosed {
            unreadable = error
            return takeParts(context)
        }
        // Nobody can be told; a request that is being answered is finished all the same.
        parts.removeAll()
        isInputClosed = true
        if !isAnswering { context.close(promise: nil) }
    }
}

// Requests.
extension ConnectionHandler {
    private func takeParts(_ context: ChannelHandlerContext) {
        // Answers that are ready at once come back here; a loop, so that a thousand requests sent ahead are no recursion.
        guard !isTakingParts else { return }
        isTakingParts = true
        repeat {
            while takesParts, let part = parts.popFirst() { take(part, context) }
            writer.flush(context)
        } while takesParts && !parts.isEmpty
        isTakingParts = false
        if let unreadable, takesParts { refuse(unreadable, context) }
        closeIfDone(context)
        if holdsRead, takesParts {
            holdsRead = false
            context.read()
        }
    }

    /// Whether another request may be looked at: not while one is being answered, and not while the client leaves the
    /// answers that it has unread.
    private var takesParts: Bool { !isAnswering && !isClosing && isWritable }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch (part, reading) {
        case (.head(let head), _):
            idle.note(isArriving: true)
            begin(head, context)
        case (.body(let bytes), .body(let request)):
            request.append(bytes)
            if request.count > request.limit { refuseBody(of: request, context) }
        case (.body(let bytes), .rest(let count)):
            reading = .rest(count + bytes.readableBytes)
            // Nobody reads without end what will not be used.
            if count > endpoint.limits.bodyBytes { close(context) }
        case (.end, .body(let request)):
            idle.note(isArriving: false)
            reading = .head
            answer(request)
        case (.end, .rest):
            idle.note(isArriving: false)
            reading = .head
            if endsAfterRequest { close(context) }
        case (_, .head): break
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let id = ids.next(head.headers.first(name: "X-Request-Id"))
        let request = EndpointRequest(head, id: id, from: peer, baseURL: endpoint.baseURL)
        let delivery = Delivery(head, id: id)
        // Nobody's body is read before it is known who sends it.
        let admission = endpoint.admission(of: request, remembering: &recentCaller)
        guard case .undecided = admission else { return begin(request, head, delivery, admission, context) }
        isAnswering = true
        let handler = NIOLoopBound(self, eventLoop: loop)
        let endpoint = endpoint
        _ = Task.immediate(executorPreference: executor) {
            let decided = await endpoint.signedAdmission(of: request)
            handler.value.decide(decided, request, head, delivery)
        }
    }

    /// Goes on with a request of whose caller it took a while to know whether it is let in.
    private func decide(
        _ admission: SCIMEndpoint.Admission,
        _ request: EndpointRequest,
        _ head: HTTPRequestHead,
        _ delivery: Delivery
    ) {
        isAnswering = false
        guard let context else { return }
        begin(request, head, delivery, admission, context)
        takeParts(context)
    }

    private func begin(
        _ request: EndpointRequest,
        _ head: HTTPRequestHead,
        _ delivery: Delivery,
        _ admission: SCIMEndpoint.Admission,
        _ context: ChannelHandlerContext
    ) {
        switch admission {
        case .undecided: close(context)
        case .refused(let answer):
            reading = .rest(0)
            write(answer, delivery, context)
        case .admitted(let caller):
            let limit = endpoint.bodyLimit(of: request)
            let incoming = IncomingRequest(request: request, caller: caller, delivery: delivery, limit: limit)
            let length = head.headers.first(name: "Content-Length").flatMap(Int.init) ?? 0
            guard length <= limit else { return refuseBody(of: incoming, context) }
            reading = .body(incoming)
            if head.headers.first(name: "Expect")?.lowercased() == "100-continue" { writer.goOn(context) }
        }
    }

    /// Tells a client that nothing more is understood, behind the answers to what was, and hangs up.
    private func refuse(_ error: HTTPParserError, _ context: ChannelHandlerContext) {
        unreadable = nil
        switch reading {
        case .head, .body:
            reading = .head
            let id = ids.next(nil)
            write(endpoint.unreadable(error, id: id), Delivery(lastFor: id), context)
        // What could not be read is the rest of a request that is answered already.
        case .rest: close(context)
        }
    }

    private func refuseBody(of request: IncomingRequest, _ context: ChannelHandlerContext) {
        reading = .rest(0)
        var delivery = request.delivery
        delivery.isLast = true
        write(endpoint.bodyTooLarge(request.whole), delivery, context)
    }

    /// Has a request answered: at once where nothing has to be waited for, and on this event loop where something has.
    ///
    /// The task needs nobody to cancel it: what was begun is finished, whether or not the client waits for the answer.
    private func answer(_ incoming: IncomingRequest) {
        isAnswering = true
        let (endpoint, caller, delivery) = (endpoint, incoming.caller, incoming.delivery)
        let request = incoming.whole
        if let answer = endpoint.readyAnswer(to: request, from: caller) { return finish(answer, delivery) }
        if let ticket { connections.note(.working, ticket) }
        let handler = NIOLoopBound(self, eventLoop: loop)
        _ = Task.immediate(executorPreference: executor) {
            let answer = await endpoint.answer(request, from: caller)
            handler.value.finish(answer, delivery)
        }
    }

    private func finish(_ answer: EndpointAnswer, _ delivery: Delivery) {
        isAnswering = false
        if let ticket { connections.note(.waiting, ticket) }
        guard let context else { return }
        write(answer, delivery, context)
        takeParts(context)
    }
}

// Answers and the end.
extension ConnectionHandler {
    private func write(_ answer: EndpointAnswer, _ delivery: Delivery, _ context: ChannelHandlerContext) {
        idle.touch()
        var delivery = delivery
        if isQuiescing || isInputClosed && parts.isEmpty { delivery.isLast = true }
        send { $0.write(answer, delivery, at: endpoint.now(), context) }
        guard delivery.isLast else { return }
        // A client that is still sending would not see an answer from a connection that is closed on it.
        if case .rest = reading { endsAfterRequest = true } else { close(context) }
    }

    private func close(_ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        parts.removeAll()
        send { $0.close(context) }
    }

    private func send(_ body: (inout AnswerWriter) -> Void) {
        isSending = true
        body(&writer)
        isSending = false
    }

    /// Gives the connection up for another, unless a request is being answered by now.
    private func makeRoom() {
        guard let context, !isAnswering else { return }
        context.close(promise: nil)
    }

    private func closeIfDone(_ context: ChannelHandlerContext) {
        guard !isAnswering, parts.isEmpty, unreadable == nil, isInputClosed || isQuiescing else { return }
        switch (reading, isInputClosed) {
        case (.head, true): close(context)
        // Nothing is under way, or nobody is there any more for whom it could be.
        case (.head, false), (_, true): context.close(promise: nil)
        // A server that stops waits for the rest of a request.
        case (_, false): break
        }
    }

    private func scheduleIdleCheck(in time: TimeAmount) {
        idle.schedule(in: time) { [self] in
            guard let context else { return }
            guard !isAnswering, let rest = idle.rest else {
                return isAnswering ? scheduleIdleCheck(in: idle.limit) : context.close(promise: nil)
            }
            scheduleIdleCheck(in: rest)
        }
    }
}
