internal import SCIM
internal import Store

extension SCIMEndpoint {
    /// What a route and method come to: the table of contents of the protocol.
    func answer(_ call: Call, _ route: Route) async throws -> EndpointAnswer {
        if let answer = try look(call, route) { return answer }
        if case .bulk = route { return try await bulk(call) }
        return try await change(route, call)
    }

    /// The answer to what changes nothing, for which nothing has to be waited for; nil for what may change something.
    func look(_ call: Call, _ route: Route) throws -> EndpointAnswer? {
        switch (route, call.request.method) {
        case (.resources(let type), "GET"): try list([type], try query(of: call), call)
        case (.resource(let type, let id), "GET"): try read(type, id, call)
        case (.resources, _), (.resource, _), (.bulk, _): nil
        case (.search(let type), _): try list(type.map { [$0] } ?? [.user, .group], try search(in: call), call)
        case (.root, _): try list([.user, .group], try query(of: call), call)
        case (.serviceProviderConfig, _), (.resourceTypes, _), (.schemas, _): try discovery(route, call)
        case (.me, _):
            throw SCIMError.notImplemented("a provisioning token stands for no person, so that there is no /Me")
        }
    }

    private func query(of call: Call) throws(SCIMError) -> ListQuery {
        try ListQuery(items: call.items, policy: policy)
    }

    private func search(in call: Call) throws(SCIMError) -> ListQuery {
        try ListQuery(searchRequest: call.json(), policy: policy)
    }
}

extension SCIMEndpoint {
    private func read(_ type: ResourceType, _ id: String, _ call: Call) throws -> EndpointAnswer {
        let selection = try call.selection(for: type)
        let record = try changes(type, call).existing(id, in: store.snapshot)
        switch precondition(of: call, on: record, isRead: true) {
        case .notModified:
            return EndpointAnswer(status: 304, headers: ["ETag": record.entityTag.description])
        case .failed: throw Self.preconditionFailed
        case .proceed: return answer(record, selection, status: 200)
        }
    }

    private func change(_ route: Route, _ call: Call) async throws -> EndpointAnswer {
        guard let type = route.type else { throw MethodNotAllowed(allowed: route.methods) }
        // Refused before anything changes, should it be refused at all.
        let selection = try call.selection(for: type)
        let outcome = try await perform(route, call)
        guard let record = outcome.record else { return EndpointAnswer(status: outcome.status) }
        // Nobody reads back a list of thousands to see that one was added (facts of Entra: 204 for groups).
        if call.request.method == "PATCH", selection.isDefault, record.isLarge { return EndpointAnswer(status: 204) }
        return answer(record, selection, status: outcome.status)
    }

    private func answer(_ record: ResourceRecord, _ selection: Selection, status: Int) -> EndpointAnswer {
        var headers: HeaderFields = ["ETag": record.entityTag.description]
        if status == 201 { headers.append("Location", record.location) }
        var body: [UInt8] = []
        body.reserveCapacity(1024)
        record.write(selection, into: &body)
        return EndpointAnswer(status: status, headers: headers, body: body)
    }
}
