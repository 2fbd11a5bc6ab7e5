internal import SCIM

extension SCIMEndpoint {
    /// Many changes in one request, each as if it had come alone (RFC 7644 section 3.7).
    func bulk(_ call: Call) async throws -> EndpointAnswer {
        let size = call.request.body.count
        guard size <= limits.bulk.maximumPayload else {
            throw SCIMError.payloadTooLarge(
                "the bulk request has \(size) bytes, more than \(limits.bulk.maximumPayload); send it in parts"
            )
        }
        let request = try BulkRequest(call.json(), limits: limits.bulk, policy: policy)
        var run = BulkRun(request, of: call, at: self)
        await run.finish()
        return EndpointAnswer(status: 200, json: BulkResponse.body(run.results))
    }

    /// What the path of an operation names: a list for POST, one resource for the other methods.
    ///
    /// It is relative to the endpoint; a client that sends `meta.location` or a path from the server's root is
    /// understood, too.
    func route(ofOperation path: String, method: BulkOperation.Method, in call: Call) throws(SCIMError) -> Route {
        var relative = path[...]
        for prefix in [call.base, Route.basePath] where relative.hasPrefix(prefix + "/") {
            relative = relative.dropFirst(prefix.count)
        }
        let whole = Route.basePath + (relative.hasPrefix("/") ? "" : "/") + relative.prefix { $0 != "?" }
        guard let route = Route(path: whole) else { throw .notFound("there is nothing at \"\(path)\"") }
        switch (route, method) {
        case (.resources, .post), (.resource, .put), (.resource, .patch), (.resource, .delete): return route
        case (.resources, _):
            throw .methodNotAllowed("a \(method.rawValue) needs the path of one resource, and \"\(path)\" is a list")
        case (.resource, _):
            throw .methodNotAllowed("a POST needs \"/Users\" or \"/Groups\" as its path, not \"\(path)\"")
        default: throw .invalidValue("\"\(path)\" is no place for operations; they work on \"/Users\" and \"/Groups\"")
        }
    }
}
