import Endpoint
import Roster
import SCIM
import Store
import Testing
import struct YAML.Diagnostic

/// Media types, headers, methods, sizes, and what stands in an error (facts 1.2, 1.11, 1.12).
struct WireTests {
    static let ada: Value = [
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@example.com",
    ]

    @Test(arguments: [
        ("application/scim+json", 201), ("application/json", 201), ("application/json; charset=utf-8", 201),
        ("Application/SCIM+JSON;charset=UTF-8", 201), ("", 201), ("text/plain", 415), ("application/xml", 415),
        ("application/x-www-form-urlencoded", 415), ("application/jsonp", 415),
    ])
    func `a body is JSON or refused`(_ type: String, _ status: Int) async throws {
        let world = try await World()
        let reply = await world.send("POST", "/Users", World.text(Self.ada), headers: ["content-type": type])
        #expect(reply.status == status)
        if status == 415 { #expect(reply.isError(415) && reply.detail.contains(type)) }
        #expect(world.store.snapshot.directory.userIDs.count == (status == 201 ? 1 : 0))
    }

    @Test(arguments: ["application/scim+json", "application/json", "*/*", "text/html", "application/scim+json;q=0.9"])
    func `whatever is accepted, the answer is SCIM`(_ accept: String) async throws {
        let reply = await (try World()).get("/Users", headers: ["accept": accept])
        #expect(reply.status == 200 && reply.header("Content-Type") == "application/scim+json")
        #expect(reply.header("Cache-Control") == "no-cache")
    }

    @Test func `a creation says where and which version`() async throws {
        let world = try await World()
        let reply = await world.post("/Users", Self.ada)
        #expect(reply.status == 201)
        #expect(reply.header("Location") == World.base + "/Users/" + reply.id)
        #expect(reply.header("Location") == reply["meta.location"]?.string)
        #expect(reply.header("ETag") == reply.version && reply.version.hasPrefix("W/\""))
        #expect(await world.get("/Users/" + reply.id).body == reply.body)
    }

    @Test func `a deletion has no body`() async throws {
        let world = try await World()
        let id = await world.user("ada")
        let reply = await world.delete("/Users/" + id)
        #expect(reply.status == 204 && reply.answer.body.isEmpty && reply.header("Content-Type") == nil)
    }

    static let methods: [(String, String, String)] = [
        ("/Users", "PUT", "GET, HEAD, POST"), ("/Groups", "DELETE", "GET, HEAD, POST"),
        ("/Users/1", "POST", "GET, HEAD, PUT, PATCH, DELETE"), ("/Users/.search", "GET", "POST"),
        ("/.search", "PUT", "POST"), ("/Bulk", "GET", "POST"), ("", "POST", "GET, HEAD"),
        ("/Users", "BREW", "GET, HEAD, POST"),
    ]

    @Test(arguments: methods)
    func `another method is 405 with Allow`(_ path: String, _ method: String, _ allowed: String) async throws {
        let reply = await (try World()).send(method, path, "{}")
        #expect(reply.isError(405) && reply.header("Allow") == allowed)
    }

    @Test func `HEAD is GET without a body`() async throws {
        let world = try await World()
        let id = await world.user("ada")
        for path in ["/Users", "/Users/" + id, "/Schemas", "/Users/nobody"] {
            let (get, head) = (await world.get(path), await world.send("HEAD", path))
            #expect(head.status == get.status && head.answer.body.isEmpty)
            #expect(head.header("Content-Length") == "\(get.answer.body.count)")
            #expect(head.header("ETag") == get.header("ETag"))
        }
    }

    @Test func `a wrong token says so, a missing one asks for one`() async throws {
        let world = try await World()
        let missing = await world.send("GET", "/Users", isAuthorized: false)
        #expect(missing.isError(401) && missing.header("WWW-Authenticate") == "Bearer realm=\"dagroster\"")
        for header in ["Bearer wrong", "Basic YTpi", "Bearer", ""] {
            let wrong = await world.send("GET", "/Users", headers: ["authorization": header], isAuthorized: false)
            #expect(wrong.isError(401))
            #expect(wrong.header("WWW-Authenticate") == "Bearer realm=\"dagroster\", error=\"invalid_token\"")
        }
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
    func `a token stands for no person`(_ method: String) async throws {
        #expect(await (try World()).send(method, "/Me").status == 501)
    }

    @Test(arguments: [
        "{", "", "[]", "\"x\"", "{\"userName\": }", "{\"a\":1,\"A\":2,\"userName\":\"x\"}", "{} {}", "\u{FEFF}x",
    ])
    func `a body that is no resource is 400`(_ body: String) async throws {
        let world = try await World()
        for (method, path) in [("POST", "/Users"), ("POST", "/Groups"), ("POST", "/.search"), ("POST", "/Bulk")] {
            let reply = await world.send(method, path, body)
            if path == "/.search", body.hasPrefix("{\"a\"") { continue }
            #expect(reply.status == 400 && reply.isError(400, reply.scimType), "\(path) \(body)")
        }
    }

    @Test func `a body that is too deep is refused`() async throws {
        let body = String(repeating: "[", count: 100_000)
        #expect(await (try World()).send("POST", "/Users", body).isError(400, "invalidSyntax"))
    }

    @Test(arguments: ["aadOptscim062020", "aadOptscim062020=", "x=%", "x=1&x=2", "&&", "=", "ATTRIBUTES=userName"])
    func `parameters that nobody asks for are tolerated`(_ query: String) async throws {
        #expect(await (try World()).get("/Users?" + query).status == 200)
    }

    @Test(arguments: ["startIndex=x", "count=x", "count=1.5", "sortOrder=up&sortBy=id", "sortBy=nothing", "x=%FF"])
    func `parameters that make no sense are refused`(_ query: String) async throws {
        #expect(await (try World()).get("/Users?" + query).isError(400, "invalidValue"))
    }

    @Test func `a file that cannot be read makes misses and creations wait`() async throws {
        let problem = Diagnostic(file: "provisioned/users/x.yaml", place: nil, message: "cut")
        let world = try await World(broken: BrokenFiles(problems: [problem.file: problem]))
        for reply in [
            await world.post("/Users", Self.ada), await world.get("/Users/1"),
            await world.list("/Users", filter: "userName eq \"ada\""),
        ] {
            #expect(reply.isError(503) && reply.header("Retry-After") == "30")
            #expect(reply.detail.contains("provisioned/users/x.yaml"))
        }
        #expect(await world.get("/Users").status == 200)
    }
}
