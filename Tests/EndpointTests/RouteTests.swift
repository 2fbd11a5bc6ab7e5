import Endpoint
import SCIM
import Testing

struct RouteTests {
    static let routes: [(String, Route?)] = [
        ("/scim/v2", .root),
        ("/scim/v2/", .root),
        ("/scim/v2/Users", .resources(.user)),
        ("/scim/v2/users/", .resources(.user)),
        ("/scim/v2/Groups", .resources(.group)),
        ("/scim/v2/Users/42", .resource(.user, id: "42")),
        ("/scim/v2/Users/a%2Fb%20c", .resource(.user, id: "a/b c")),
        ("/scim/v2/Users/..%2F..%2Fetc", .resource(.user, id: "../../etc")),
        ("/scim/v2/Users/.search", .search(.user)),
        ("/scim/v2/.search", .search(nil)),
        ("/scim/v2/ServiceProviderConfig", .serviceProviderConfig),
        ("/scim/v2/ResourceTypes", .resourceTypes(id: nil)),
        ("/scim/v2/ResourceTypes/User", .resourceTypes(id: "User")),
        ("/scim/v2/Schemas/urn:x", .schemas(id: "urn:x")),
        ("/scim/v2/Bulk", .bulk),
        ("/scim/v2/Me", .me),
        ("/scim/v2/Users/1/2", nil),
        ("/scim/v2/Nobody", nil),
        ("/scim/v2x", nil),
        ("/scim", nil),
        ("/", nil),
        ("/scim/v2/Users/%", nil),
        ("/scim/v2/Users/%zz", nil),
        ("/scim/v2/Users/%ff", nil),
        ("/scim/v2//Users", .resources(.user)),
    ]

    @Test(arguments: routes)
    func `a path names one thing or nothing`(_ path: String, _ route: Route?) {
        #expect(Route(path: path) == route)
    }
}
