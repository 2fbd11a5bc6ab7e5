internal import Auth
internal import SCIM
internal import Store

/// A request whose caller is known and whose query is decoded.
///
/// A class, because it goes through many hands: one count each time, and not one on each of its texts.
final class Call: Sendable {
    let request: EndpointRequest
    /// The parameters of the query, decoded; those that nobody asks for are tolerated.
    let items: [QueryItem]
    let caller: Caller
    /// The body where it is known already, as that of one operation of a bulk request is.
    let given: Value?
    /// The URL of the endpoint, without a slash at its end.
    let base: String

    init(request: EndpointRequest, items: [QueryItem], caller: Caller, given: Value? = nil) {
        self.request = request
        self.items = items
        self.caller = caller
        self.given = given
        base = request.baseURL + Route.basePath
    }

    var requester: Requester { Requester(source: caller.source, requestID: request.id) }

    /// The first value of a parameter, whatever its name's letter case.
    func parameter(_ name: String) -> String? {
        items.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// What the answer to this request shows of a resource.
    func selection(for type: ResourceType) throws(SCIMError) -> Selection {
        try Selection(
            attributes: parameter("attributes"),
            excluded: parameter("excludedAttributes"),
            type: type
        )
    }

    /// The body as JSON; a body of another media type is refused (RFC 7644 section 8.1).
    func json() throws(SCIMError) -> Value {
        if let given { return given }
        try checkMediaType()
        guard !request.body.isEmpty else {
            throw .invalidSyntax("a \(request.method) of \(request.path) needs a JSON body, and this one is empty")
        }
        do {
            return try JSON.read(request.body)
        } catch {
            throw .notJSON(error)
        }
    }

    private func checkMediaType() throws(SCIMError) {
        let header = request.headers["content-type"] ?? ""
        if header == "application/scim+json" || header == "application/json" { return }
        let type = header.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        guard ["", "application/scim+json", "application/json"].contains(type) else {
            throw .unsupportedMediaType(
                "Content-Type is \"\(header)\", expected application/scim+json or application/json"
            )
        }
    }
}

extension Call {
    /// One operation of a bulk request, as the request that it would be alone.
    func operation(_ method: String, path: String, version: String?, body: Value?) -> Call {
        var single = request
        single.method = method
        single.path = path
        single.query = nil
        single.headers = version.map { ["If-Match": $0] } ?? [:]
        single.body = []
        return Call(request: single, items: [], caller: caller, given: body)
    }
}
