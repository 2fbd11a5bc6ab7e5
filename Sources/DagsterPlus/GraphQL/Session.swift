internal import SCIM

/// One run's conversation with an organisation: retries within one budget, and what the server turned out to lack.
package actor Session {
    private let address: Address
    private let token: APIToken
    private let transport: any Transport
    private let pace: Pace
    private let now: @Sendable () -> Int
    private(set) var features = Features.all
    /// The organisation's clock, as its last answer stated it, less ours, in seconds.
    private(set) var skew: Int?

    /// So many redirects are followed: a wrong name at Dagster+ leads in a circle.
    private static let redirectLimit = 5

    /// - Parameters:
    ///   - address: the organisation's.
    ///   - token: goes to that origin alone.
    ///   - transport: carries the requests.
    ///   - budget: how long the run may wait in all while it is turned away.
    ///   - jitter: numbers from 0 to 1.
    ///   - now: seconds since 1970.
    package init(
        address: Address,
        token: APIToken,
        transport: any Transport,
        budget: Duration,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        now: @escaping @Sendable () -> Int
    ) {
        self.address = address
        self.token = token
        self.transport = transport
        self.now = now
        pace = Pace(budget: budget, transport: transport, jitter: jitter)
    }

    /// The data of an operation; where an older server refuses a newer field, it is asked again without.
    func data(
        of document: (Features) -> Document?,
        variables: Object = Object(),
        deployment: String? = nil
    ) async throws -> Object {
        while let text = document(features) {
            do {
                return try await data(of: text, variables: variables, deployment: deployment)
            } catch APIError.rejected(status: 400, let messages) {
                let lacking = Features.named(in: messages).intersection(features)
                guard !lacking.isEmpty else { throw APIError.rejected(status: 400, messages) }
                features.subtract(lacking)
            }
        }
        return Object()
    }

    /// What a mutation answers when it was carried out; anything else is an error, whatever the status.
    func carryOut(_ document: (Features) -> Document?, variables: Object) async throws -> Object {
        let data = try await data(of: document, variables: variables)
        guard let success = document(features)?.success, let answer = data[success.field]?.object,
            let type = answer["__typename"]?.string
        else { throw APIError.unclear("the answer names no type") }
        guard type != success.type else { return answer }
        throw APIError.refused(type: type, message: answer["message"]?.string ?? "without a message")
    }

    private func data(of document: Document, variables: Object, deployment: String?) async throws -> Object {
        var target = address.graphQL(deployment: deployment)
        var redirects = 0
        let body = JSON.write([
            "operationName": .string(document.name), "query": .string(document.text), "variables": .object(variables),
        ])
        while true {
            try Task.checkCancellation()
            switch await verdict(on: document, body, at: target) {
            case .data(let data):
                await pace.answered()
                return data
            case .failed(let error): throw error
            case .turnedAway(let asked, let reason): try await rest(asked, reason)
            case .lost(let reason, after: let asked):
                if document.kind == .query || asked != nil { try await rest(asked, reason) }
                guard document.kind == .query else { throw APIError.unclear(reason) }
            case .moved(let location):
                redirects += 1
                target = try followed(location, from: target, redirects)
            }
        }
    }

    private func verdict(on document: Document, _ body: [UInt8], at target: Address) async -> Verdict {
        do throws(TransportFailure) {
            let reply = try await transport.send(Request(address: target, token: token, body: body))
            if let date = reply.headers["date"].flatMap(HTTPDate.seconds) { skew = date - now() }
            return Verdict(reply, to: document.kind, now: now())
        } catch {
            switch error {
            case .notSent(let reason): return .turnedAway(nil, reason)
            case .noAnswer(let reason): return .lost(reason)
            case .untrusted(let reason): return .failed(.untrusted(reason))
            }
        }
    }

    private func followed(_ location: String, from target: Address, _ redirects: Int) throws -> Address {
        guard let next = target.resolving(location) else {
            throw APIError.notTheAPI("a redirect leads to no address")
        }
        guard next.origin == address.origin else { throw APIError.leadsElsewhere(next.origin.description) }
        guard redirects <= Self.redirectLimit else {
            throw APIError.notTheAPI("more than \(Self.redirectLimit) redirects, the last one to \(next)")
        }
        return next
    }

    private func rest(_ asked: Duration?, _ reason: String) async throws {
        guard try await pace.rest(asked: asked) else { throw APIError.unavailable(reason) }
    }
}
