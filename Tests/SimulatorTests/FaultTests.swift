import Reconcile
import SCIM
import Simulator
import Testing

/// What goes wrong on purpose.
struct FaultTests {
    private static func world(_ faults: Fault...) throws -> World {
        try World {
            $0.faults = faults
            $0.now = { 1_795_806_000 }
        }
    }

    static let statuses: [(String, Int, String?)] = [
        ("401@write:1", 401, nil), ("403@write:1", 403, nil), ("409@write:1", 409, nil),
        ("429=7@write:1", 429, "7"), ("429=date+60@write:1", 429, "Fri, 27 Nov 2026 19:01:00 GMT"),
        ("502@write:1", 502, nil), ("503=1@any:1", 503, "1"), ("504@any:1", 504, nil),
    ]

    @Test(arguments: statuses)
    func `a status comes instead of the answer`(text: String, status: Int, retryAfter: String?) async throws {
        let world = try Self.world(try #require(Fault(text)))
        let answer = try await world.ensureTeam("New")
        #expect(answer.status == status && answer.reply.headers["Retry-After"] == retryAfter)
        #expect(await world.state == World.seed)
        #expect(try await world.ensureTeam("New").type == "CreateOrUpdateTeamSuccess")
    }

    @Test(arguments: ["503", "timeout", "html", "maintenance", "500-with-data", "redirect=http://127.0.0.1:1/", "cut"])
    func `what was done before the answer was lost stays done`(kind: String) async throws {
        for moment in ["before", "after"] {
            let world = try Self.world(try #require(Fault("\(kind)@write:1:\(moment)")))
            let answer = try await world.ensureTeam("New")
            #expect(answer.type != "CreateOrUpdateTeamSuccess" || answer.reply.delivery != .whole)
            #expect(await world.state.teams.keys.contains("New") == (moment == "after"))
            let logged = try #require(await world.organization.requests.first)
            #expect(logged.wasRun == (moment == "after") && logged.fields == ["createOrUpdateTeam"])
            #expect(logged.status == (kind == "timeout" ? 0 : answer.status))
        }
    }

    @Test func `a fault finds the request that it counts`() async throws {
        let world = try Self.world(
            Fault(.status(502), at: .reads, 2),
            Fault(.status(503), at: .writes, 1, times: 2),
            Fault(.status(504), at: .all, 6)
        )
        var statuses: [Int] = []
        for isWrite in [false, true, false, true, true, false] {
            let answer = isWrite ? try await world.ensureTeam("New") : try await world.send("{ version }")
            statuses.append(answer.status)
        }
        #expect(statuses == [200, 503, 502, 503, 200, 504])
        #expect(await world.organization.requests.map(\.isMutation) == [false, true, false, true, true, false])
        #expect(await world.organization.requests.map(\.number) == Array(1...6))
    }

    @Test func `a 500 has data in which everything failed`() async throws {
        let world = try Self.world(Fault(.pythonErrors, at: .all, 1, times: 3))
        let write = try await world.ensureTeam("New")
        #expect(write.status == 500 && write.type == "PythonError" && write.message == "Internal Server Error")
        let read = try await world.send("{ usersOrError { __typename } }")
        #expect(read.status == 500 && read.type == "PythonError")
        let list = try await world.send("{ teamPermissions { id } }")
        #expect(list.status == 500 && list["data"] == .null && list.messages == ["Internal Server Error"])
    }

    @Test func `errors stand beside whole data, with 200`() async throws {
        let world = try Self.world(Fault(.errorsBesideData, at: .reads, 1))
        let answer = try await world.send("{ teamPermissions { id } }")
        #expect(answer.status == 200 && answer.messages == ["Internal Server Error"])
        #expect(answer["data.teamPermissions"]?.array?.count == 1)
    }

    @Test func `lists are short for one read, and nothing is lost`() async throws {
        let world = try Self.world(Fault(.shortLists, at: .reads, 1))
        let query = "{ organization { usersOrError { ... on DagsterCloudUserList { users { email } } } } }"
        #expect(try await world.send(query)["data.organization.usersOrError.users"]?.array?.count == 1)
        #expect(try await world.send(query)["data.organization.usersOrError.users"]?.array?.count == 3)
    }

    @Test(arguments: [Fault.Moment.before, .after])
    func `a second writer comes between`(moment: Fault.Moment) async throws {
        let other = "mutation { createOrUpdateTeam(name: \"Other\") { __typename } }"
        let world = try Self.world(Fault(.secondWriter(other), at: .reads, 1, moment))
        let answer = try await world.send("{ teamPermissions { id } }")
        #expect(answer["data.teamPermissions"]?.array?.count == (moment == .before ? 2 : 1))
        #expect(await world.state.teams.keys.sorted() == ["Data", "Other"])
        #expect(await world.organization.requests.count == 1)
    }

    @Test func `the maintenance notice and the page are what they are`() async throws {
        let world = try Self.world(
            Fault(.maintenance, at: .reads, 1),
            Fault(.html, at: .reads, 2),
            Fault(.redirect("http://127.0.0.1:1/graphql"), at: .reads, 3),
            Fault(.slow(.milliseconds(5)), at: .reads, 4)
        )
        let notice = try await world.send("{ version }")
        #expect(notice["maintenance.retry_interval"] == 1 && notice["data"] == nil)
        let page = try await world.send("{ version }")
        #expect(page.status == 200 && page.reply.headers["Content-Type"]?.hasPrefix("text/html") == true)
        let redirect = try await world.send("{ version }")
        #expect(redirect.status == 307 && redirect.reply.headers["Location"] == "http://127.0.0.1:1/graphql")
        let slow = try await world.send("{ version }")
        #expect(slow.status == 200 && slow.reply.delay == .milliseconds(5))
    }

    @Test(arguments: [
        "429=2@write:3", "timeout@write:1:after", "503=date+30@read:2x5", "cut@any:9", "slow=200@read:1",
        "redirect=https://evil.example/@read:1", "short-lists@read:1", "200-with-errors@read:1", "401@any:1x9",
    ])
    func `a fault is written as it is read`(text: String) throws {
        #expect(try #require(Fault(text)).description == text)
    }

    @Test(arguments: [
        "", "429", "429@", "429@write", "429@write:", "429@write:0", "429@write:-1", "429@write:1x0", "429@often:1",
        "429@write:1:later", "429@write:1:after:all", "429=x@write:1", "429=-1@write:1", "42@write:1", "slow@read:1",
        "slow=x@read:1", "redirect@read:1", "nothing@read:1", "429@write:1xx2",
    ])
    func `what is no fault is not read as one`(text: String) {
        #expect(Fault(text) == nil)
    }
}
