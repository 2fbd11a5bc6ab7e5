extension SCIMError {
    /// A filter that cannot be read or that compares what cannot be compared.
    public static func invalidFilter(_ detail: String) -> SCIMError { bad(.invalidFilter, detail) }

    /// More results than the server is willing to look at.
    public static func tooMany(_ detail: String) -> SCIMError { bad(.tooMany, detail) }

    /// A change of what must not change, or the removal of what must be there.
    public static func mutability(_ detail: String) -> SCIMError { bad(.mutability, detail) }

    /// A body that is no JSON or has the wrong shape.
    public static func invalidSyntax(_ detail: String) -> SCIMError { bad(.invalidSyntax, detail) }

    /// A PATCH path that cannot be read or names nothing that the schema has.
    public static func invalidPath(_ detail: String) -> SCIMError { bad(.invalidPath, detail) }

    /// A PATCH operation that says no target, or whose filter matches nothing.
    public static func noTarget(_ detail: String) -> SCIMError { bad(.noTarget, detail) }

    /// A value of the wrong type, or none where one is required.
    public static func invalidValue(_ detail: String) -> SCIMError { bad(.invalidValue, detail) }

    /// A protocol version that is not spoken here.
    public static func invalidVersion(_ detail: String) -> SCIMError { bad(.invalidVers, detail) }

    /// A request that would put what is private into a URL.
    public static func sensitive(_ detail: String) -> SCIMError {
        SCIMError(status: 403, type: .sensitive, detail: detail)
    }

    /// A cursor that this server did not make, or made for another query (RFC 9865).
    public static func invalidCursor(_ detail: String) -> SCIMError { bad(.invalidCursor, detail) }

    /// A cursor that is too old.
    public static func expiredCursor(_ detail: String) -> SCIMError { bad(.expiredCursor, detail) }

    /// A count that is no count, or not the one that the cursor was made for.
    public static func invalidCount(_ detail: String) -> SCIMError { bad(.invalidCount, detail) }

    private static func bad(_ type: ErrorType, _ detail: String) -> SCIMError {
        SCIMError(status: 400, type: type, detail: detail)
    }
}

extension SCIMError {
    /// Somebody else has the name already.
    public static func uniqueness(_ detail: String) -> SCIMError {
        SCIMError(status: 409, type: .uniqueness, detail: detail)
    }

    /// No token, or one that is not known.
    public static func unauthorized(_ detail: String) -> SCIMError { SCIMError(status: 401, detail: detail) }

    /// What this token must not do.
    public static func forbidden(_ detail: String) -> SCIMError { SCIMError(status: 403, detail: detail) }

    /// Nothing stands under this URL.
    public static func notFound(_ detail: String) -> SCIMError { SCIMError(status: 404, detail: detail) }

    /// The URL is known, the method is not offered there; the answer needs an `Allow` header.
    public static func methodNotAllowed(_ detail: String) -> SCIMError { SCIMError(status: 405, detail: detail) }

    /// The resource cannot take the change in its present state.
    public static func conflict(_ detail: String) -> SCIMError { SCIMError(status: 409, detail: detail) }

    /// The version that the client knows is not the present one.
    public static func preconditionFailed(_ detail: String) -> SCIMError { SCIMError(status: 412, detail: detail) }

    /// More bytes or operations than are taken at once.
    public static func payloadTooLarge(_ detail: String) -> SCIMError { SCIMError(status: 413, detail: detail) }

    /// A body of another type than JSON.
    public static func unsupportedMediaType(_ detail: String) -> SCIMError { SCIMError(status: 415, detail: detail) }

    /// More requests than are taken in a while; the answer needs a `Retry-After` header.
    public static func tooManyRequests(_ detail: String) -> SCIMError { SCIMError(status: 429, detail: detail) }

    /// A failure on this side.
    public static func internalError(_ detail: String) -> SCIMError { SCIMError(status: 500, detail: detail) }

    /// A part of SCIM that is not offered, such as `/Me`.
    public static func notImplemented(_ detail: String) -> SCIMError { SCIMError(status: 501, detail: detail) }

    /// A state in which the server must not answer yet.
    public static func unavailable(_ detail: String) -> SCIMError { SCIMError(status: 503, detail: detail) }

    /// The body of a request is not JSON.
    public static func notJSON(_ error: JSONError) -> SCIMError {
        invalidSyntax("the request body is not JSON: \(error)")
    }
}
