import Testing

/// What people do with git in the folder that is served.
@Suite struct PullTests {
    private static let ada = "provisioned/users/ada.yaml"

    @Test func `what a pull brings is served as one change, and is nobody's commit but the puller's`() throws {
        try TemporaryTree.with { tree in
            try tree.write(Self.ada, "id: ada\nuserName: ada\n")
            try tree.git("switch", "--quiet", "--create", "other")
            for number in 0..<50 {
                try tree.folder.write("id: p\(number)\nuserName: p\(number)\n", to: "provisioned/users/p\(number).yaml")
            }
            try tree.folder.write("id: ada\nuserName: ada\ntitle: Countess\n", to: Self.ada)
            try tree.commit("fifty people")
            try tree.git("switch", "--quiet", "main")
            try Server.with(tree) { server in
                try tree.git("merge", "--quiet", "--ff-only", "other")
                var seen: Set<JSONValue> = []
                try Deadline.wait(for: "fifty more people") {
                    let total = try server.send("GET", "/Users?count=0").json()["totalResults"]
                    if let total { seen.insert(total) }
                    return total == 51
                }
                #expect(seen.isSubset(of: [1, 51]))
                #expect(try server.send("GET", "/Users/ada").json()["title"] == "Countess")
                #expect(try server.send("POST", "/Users", .user(named: "p7")).status == 409)
            }
            #expect(try tree.git("log", "-1", "--format=%s") == "fifty people\n")
            #expect(try tree.git("status", "--porcelain", "-uall") == "")
        }
    }

    @Test func `another branch is not served, and coming back is no change`() throws {
        try TemporaryTree.with { tree in
            try tree.write(Self.ada, "id: ada\nuserName: ada\n")
            try tree.git("switch", "--quiet", "--create", "other")
            try tree.remove(Self.ada)
            try tree.write("provisioned/users/grace.yaml", "id: grace\nuserName: grace\n")
            try tree.git("switch", "--quiet", "main")
            try Server.with(tree) { server in
                try tree.git("switch", "--quiet", "other")
                #expect(try server.send("DELETE", "/Users/ada").status == 503)
                #expect(try server.send("GET", "/Users/ada").status == 200)
                #expect(try server.send("GET", "/Users/grace").status == 404)
                try tree.git("switch", "--quiet", "main")
                #expect(try server.send("DELETE", "/Users/ada").status == 204)
            }
            #expect(!tree.folder.exists(Self.ada))
            #expect(try tree.git("show", "--format=", "--name-status") == "D\t\(Self.ada)\n")
        }
    }
}
