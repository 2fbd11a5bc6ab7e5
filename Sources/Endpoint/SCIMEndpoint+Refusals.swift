internal import Auth
internal import Logging
internal import NIOHTTP1
internal import Roster
internal import SCIM
internal import Store

/// A method that a route does not offer.
struct MethodNotAllowed: Error {
    /// Those that it does.
    var allowed: [String]
}

// The one place where an error becomes an answer.
extension SCIMEndpoint {
    func refusal(_ error: any Error, _ request: EndpointRequest) -> EndpointAnswer {
        if let error = error as? MethodNotAllowed { return methodNotAllowed(error.allowed, request) }
        let refusal = scimError(error)
        if refusal.status >= 500 {
            logger.error(
                "request failed",
                metadata: ["request": "\(request.id)", "error": "\(error)", "status": "\(refusal.status)"]
            )
        }
        switch refusal.status {
        case 401: return EndpointAnswer(refusal, headers: ["WWW-Authenticate": Self.challenge(request)])
        case 503: return EndpointAnswer(refusal, headers: ["Retry-After": "30"])
        default: return EndpointAnswer(refusal)
        }
    }

    /// The answer to bytes that are no request of HTTP/1.1.
    func unreadable(_ error: any Error, id: String) -> EndpointAnswer {
        logger.info("not HTTP", metadata: ["request": "\(id)", "error": "\(error)"])
        guard case HTTPParserError.headerOverflow = error else {
            return EndpointAnswer(.invalidSyntax("this is no HTTP/1.1; nothing was read"))
        }
        // RFC 6585 section 5.
        let words = "the address or the header fields are too long; a long filter goes into a POST to /.search"
        return EndpointAnswer(SCIMError(status: 431, detail: words))
    }

    /// A token that was refused is said to be the reason; a missing one is not (RFC 6750 section 3.1).
    private static func challenge(_ request: EndpointRequest) -> String {
        let realm = "Bearer realm=\"dagroster\""
        return request.headers["authorization"] == nil ? realm : realm + ", error=\"invalid_token\""
    }

    /// Any failure as the protocol states it.
    func scimError(_ error: any Error) -> SCIMError {
        switch error {
        case let error as SCIMError: error
        case let error as RosterError: Self.scimError(error)
        case let error as StoreError: Self.scimError(error)
        // Which file it is, and what stands there, is nothing for somebody who is not let in.
        case is TokenError:
            .unavailable("the tokens cannot be read on this side, so that nobody is let in; the log says why")
        default:
            .internalError("the request failed on this side; the log says why, under the X-Request-Id of the answer")
        }
    }

    private static func scimError(_ error: RosterError) -> SCIMError {
        switch error {
        case .userNameTaken, .groupNameTaken, .idTaken: .uniqueness("\(error)")
        case .unknownUser, .unknownGroup: .notFound("\(error)")
        case .unknownMember, .userNameMissing, .groupNameMissing, .cycle: .invalidValue("\(error)")
        }
    }

    private static func scimError(_ error: StoreError) -> SCIMError {
        switch error {
        case .broken: .conflict("\(error)")
        // What the disk refuses may work later, so that the client is to come again (RFC 9110 section 15.6.4).
        case .refused, .unknownRecords, .notWritten, .disagreement, .notPushed: .unavailable("\(error)")
        }
    }
}
