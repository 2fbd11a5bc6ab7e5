internal import SCIM

extension SCIMEndpoint {
    /// What the server is and can do (RFC 7644 section 4).
    func discovery(_ route: Route, _ call: Call) throws -> EndpointAnswer {
        guard call.parameter("filter") == nil else {
            throw SCIMError.forbidden("discovery documents are not filtered; ask for the whole list or one by its id")
        }
        let discovery = Discovery(types: [stored.user, stored.group])
        return switch route {
        case .resourceTypes(nil): EndpointAnswer(status: 200, json: discovery.resourceTypes(base: call.base))
        case .resourceTypes(let name?):
            EndpointAnswer(status: 200, json: try discovery.resourceType(named: name, base: call.base))
        case .schemas(nil): EndpointAnswer(status: 200, json: discovery.schemas(base: call.base))
        case .schemas(let urn?):
            EndpointAnswer(status: 200, json: try discovery.schema(named: urn, base: call.base))
        default: EndpointAnswer(status: 200, json: serviceProviderConfig.representation(base: call.base))
        }
    }

    private var serviceProviderConfig: ServiceProviderConfig {
        var config = ServiceProviderConfig(policy: policy)
        config.maximumResults = limits.pageSize
        config.bulk = limits.bulk
        config.pagination = ServiceProviderConfig.Pagination(
            hasCursors: true,
            defaultPageSize: limits.defaultPageSize,
            maximumPageSize: limits.pageSize,
            cursorTimeout: limits.cursorTimeout
        )
        return config
    }
}
