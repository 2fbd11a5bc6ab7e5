internal import Auth
internal import Roster

extension RequestOutcome {
    /// What came of a request, by its answer.
    init(of request: EndpointRequest, _ answer: EndpointAnswer, from caller: Caller?, at now: Timestamp) {
        let time = (ContinuousClock.now - request.received).components
        self.init(
            time: now,
            method: request.method,
            target: request.query.map { "\(request.path)?\($0)" } ?? request.path,
            status: answer.status,
            reason: answer.problem?.detail,
            scimType: answer.problem?.scimType,
            source: caller?.source,
            requestID: request.id,
            microseconds: Int(time.seconds) * 1_000_000 + Int(time.attoseconds / 1_000_000_000_000)
        )
    }
}
