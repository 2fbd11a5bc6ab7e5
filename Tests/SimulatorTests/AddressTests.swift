import Reconcile
import SCIM
import Simulator
import Testing

/// What comes before GraphQL: addresses, tokens, methods and bodies.
struct AddressTests {
    private func answer(_ call: Call, _ change: (inout Setup) -> Void = { _ in }) async throws -> Reply {
        await (try World(change)).organization.answer(call)
    }

    @Test(arguments: [
        ("/graphql", 200), ("/prod/graphql", 200), ("/acme/graphql", 200), ("/acme/prod/graphql", 200),
        ("/pr%6Fd/graphql", 200), ("/nowhere/graphql", 404), ("/acme/nowhere/graphql", 404), ("/a/b/c/graphql", 404),
        ("/", 404), ("/graphiql", 404), ("/prod", 404), ("/%/graphql", 404), ("/%zz/graphql", 404),
        ("/%FF/graphql", 404),
    ])
    func `the organization and its deployments have addresses`(path: String, status: Int) async throws {
        #expect(try await answer(.graphQL("{ version }", path: path)).status == status)
    }

    @Test func `a deployment of the organization's own name is meant by it`() async throws {
        let call = Call.graphQL("{ currentDeployment { deploymentName } }", path: "/prod/graphql")
        let reply = try await answer(call) { $0.seed.name = "prod" }
        #expect(reply.status == 200)
    }

    @Test(arguments: [nil, "", "wrong", "\(Setup.defaultToken) "])
    func `without its token nothing is answered`(token: String?) async throws {
        var call = Call.graphQL("{ version }")
        call.headers["dagster-cloud-api-token"] = token
        let reply = try await answer(call)
        #expect(reply.status == 401)
    }

    @Test(arguments: [
        ("GET", "", 400, "No GraphQL query found in the request"), ("PUT", "{}", 405, "Method Not Allowed"),
        ("DELETE", "", 405, "Method Not Allowed"), ("POST", "{", 400, "GraphQL request is invalid JSON:\n{"),
        ("POST", "{}", 400, "No GraphQL query found in the request"),
        ("POST", "[]", 400, "No GraphQL query found in the request"),
        ("POST", "{\"query\": \"\"}", 400, "No GraphQL query found in the request"),
    ])
    func `what is no request is refused in words`(method: String, body: String, status: Int, text: String) async throws
    {
        var call = Call.graphQL("{ version }")
        call.method = method
        call.body = Array(body.utf8)
        let reply = try await answer(call)
        #expect(reply.status == status && String(decoding: reply.body, as: UTF8.self) == text)
    }

    @Test(arguments: [
        ("application/json; charset=utf-8", 200), ("Application/JSON", 200), ("text/plain", 415), ("", 415),
    ])
    func `a body is JSON`(type: String, status: Int) async throws {
        var call = Call.graphQL("{ version }")
        call.headers["content-type"] = type
        #expect(try await answer(call).status == status)
    }

    @Test func `a document may stand alone`() async throws {
        var call = Call.graphQL("")
        call.headers["content-type"] = "application/graphql"
        call.body = Array("{ version }".utf8)
        #expect(try await answer(call).status == 200)
    }

    @Test func `a browser sees a page`() async throws {
        let reply = try await answer(Call(method: "GET", path: "/prod/graphql", headers: ["accept": "text/html,*/*"]))
        #expect(reply.status == 200 && reply.headers["Content-Type"] == "text/html; charset=utf-8")
    }

    @Test(arguments: [
        ("{ nope }", 400, "Cannot query field 'nope' on type 'CloudQuery'."),
        ("{", 400, "Syntax Error: Expected Name, found <EOF>."),
        (
            "query($x: Int!) { branchDeployments(limit: $x) { nodes { deploymentId } } }", 400,
            "Variable '$x' of required type 'Int!' was not provided."
        ),
        (
            "query A { version } query B { version }", 400,
            "Must provide operation name if query contains multiple operations."
        ),
        ("subscription { version }", 400, "Schema is not configured to execute subscription operation."),
        ("{ currentDeployment { deploymentId } }", 500, "There is no current deployment at this address"),
    ])
    func `what cannot be run is null with the reason`(query: String, status: Int, message: String) async throws {
        let answer = try await (try World()).send(query)
        #expect(answer.status == status && answer["data"] == .null && answer.messages == [message])
    }

    @Test func `a variable of a wrong value is the server's fault, as Dagster+ has it`() async throws {
        let query = "query($x: Int!) { branchDeployments(limit: $x) { nodes { deploymentId } } }"
        let answer = try await (try World()).send(query, ["x": "12"])
        #expect(answer.status == 500 && answer["data"] == .null)
        #expect(
            answer.messages
                == ["Variable '$x' got invalid value '12'; Int cannot represent non-integer value: '12'"]
        )
    }

    @Test func `the organization is shown as a target file, and the requests are listed`() async throws {
        let world = try World()
        _ = try await world.ensureTeam("New")
        let page = await world.organization.answer(Call(method: "GET", path: "/simulator/organization"))
        #expect(String(decoding: page.body, as: UTF8.self).contains("  New: {}\n"))
        let requests = await world.organization.answer(Call(method: "GET", path: "/simulator/requests"))
        let first = try #require(try JSON.read(requests.body).array?.first?.object)
        #expect(first["fields"] == ["createOrUpdateTeam"] && first["mutation"] == true && first["run"] == true)
        #expect(first["variables"] == ["n": "New"] && first["status"] == 200)
    }
}
