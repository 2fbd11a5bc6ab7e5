import Auth
import Store
import Testing

@testable import Endpoint

struct AdmissionTests {
    @Test(arguments: [
        ("12345678", true), ("6f9619ff-8b86-d011-b42d-00cf4fc964ff", true), ("short", false), ("with space", false),
        ("line\nbreak", false), (String(repeating: "x", count: 65), false),
    ])
    func `a request's id is taken over where it is harmless`(_ text: String, _ isAccepted: Bool) {
        #expect((RequestIDs.accepted(text) != nil) == isAccepted)
    }

    @Test func `whoever has no token is refused before the body`() async throws {
        let world = try await World()
        var request = EndpointRequest(method: "POST", path: "/scim/v2/Users", id: "r", baseURL: "https://x")
        guard case .refused(let answer) = world.endpoint.admission(of: request) else {
            Issue.record("let in without a token")
            return
        }
        #expect(answer.status == 401)
        request.headers = HeaderFields(world.authorization)
        guard case .admitted(let caller) = world.endpoint.admission(of: request) else {
            Issue.record("refused with a token")
            return
        }
        #expect(caller == Caller(source: "entra"))
    }

    @Test(arguments: [
        StoreError.refused("HEAD is detached"), .notWritten("no space left"), .disagreement("fdatasync failed"),
        .unknownRecords([]),
    ])
    func `whatever keeps the store from writing is told as something that passes`(_ error: StoreError) async throws {
        let world = try await World()
        let request = EndpointRequest(method: "POST", path: "/scim/v2/Users", id: "r", baseURL: "https://x")
        let answer = world.endpoint.refusal(error, request)
        #expect(answer.status == 503 && answer.headers["Retry-After"] == "30")
    }
}
