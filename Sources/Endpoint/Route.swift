package import SCIM

/// What a request's path names below the base path `/scim/v2` (RFC 7644 section 3.2, table 2).
package enum Route: Hashable, Sendable {
    case root
    case resources(ResourceType)
    case resource(ResourceType, id: String)
    case search(ResourceType?)
    case serviceProviderConfig
    case resourceTypes(id: String?)
    case schemas(id: String?)
    case bulk
    case me

    /// The path under which a provisioning client finds everything.
    package static let basePath = "/scim/v2"

    /// Reads a path as it stands in the request line, percent-encoded; nil names nothing.
    ///
    /// A trailing slash is tolerated; names of endpoints are matched whatever their letter case, as some clients
    /// write them in lower case. An id may be any text, an encoded slash included.
    package init?(path: String) {
        guard let segments = Self.segments(path) else { return nil }
        let first = segments.first.map { $0 == "Users" ? "users" : $0 == "Groups" ? "groups" : $0.lowercased() }
        switch (first, segments.count) {
        case (nil, 0): self = .root
        case (".search", 1): self = .search(nil)
        case ("users", _): self.init(resources: .user, rest: segments.dropFirst())
        case ("groups", _): self.init(resources: .group, rest: segments.dropFirst())
        case ("serviceproviderconfig", 1): self = .serviceProviderConfig
        case ("resourcetypes", 1), ("resourcetypes", 2): self = .resourceTypes(id: segments.dropFirst().first)
        case ("schemas", 1), ("schemas", 2): self = .schemas(id: segments.dropFirst().first)
        case ("bulk", 1): self = .bulk
        case ("me", 1): self = .me
        default: return nil
        }
    }

    private init?(resources type: ResourceType, rest: ArraySlice<String>) {
        guard let id = rest.first else {
            self = .resources(type)
            return
        }
        guard rest.count == 1 else { return nil }
        self = id.hasPrefix(".") && id.lowercased() == ".search" ? .search(type) : .resource(type, id: id)
    }

    /// The decoded segments below the base path, or nil for a path that stands elsewhere or does not decode.
    private static func segments(_ path: String) -> [String]? {
        guard path.utf8.starts(with: basePath.utf8) else { return nil }
        let rest = path.utf8.dropFirst(basePath.utf8.count)
        guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { return nil }
        var segments: [String] = []
        // A tenant URL that was entered with a slash at its end makes clients send "//Users".
        for part in rest.split(separator: UInt8(ascii: "/")) {
            let text = String(Substring(part))
            guard let segment = part.contains(UInt8(ascii: "%")) ? PercentEncoding.decoded(text) : text else {
                return nil
            }
            segments.append(segment)
        }
        return segments
    }

    /// The type of the resource or resources that it is about; nil where it is about several types, or none.
    var type: ResourceType? {
        switch self {
        case .resources(let type), .resource(let type, _): type
        default: nil
        }
    }

    /// Whether a request of this method would change something; a search by POST does not.
    package func changes(by method: String) -> Bool {
        switch self {
        case .search: false
        default: !["GET", "HEAD"].contains(method)
        }
    }

    /// The methods that this route answers; anything else is 405 with these in `Allow` (RFC 9110 section 15.5.6).
    package var methods: [String] {
        switch self {
        case .resources: ["GET", "HEAD", "POST"]
        case .resource: ["GET", "HEAD", "PUT", "PATCH", "DELETE"]
        case .search, .bulk: ["POST"]
        case .root, .serviceProviderConfig, .resourceTypes, .schemas: ["GET", "HEAD"]
        case .me: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
        }
    }
}
