import Foundation
import Testing

/// What a running server keeps, says and commits.
@Suite struct ServeTests {
    @Test func `a restart gives the same answers from the files alone`() throws {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            let before = try Server.with(tree, token: token) { server in
                let ada = try server.create("/Users", .user(named: "ada@example.com", ["title": "Countess"]))
                let grace = try server.create("/Users", .user(named: "Grace@example.com", ["active": false]))
                _ = try server.create("/Groups", .group(named: "Data Platform", members: [ada, grace]))
                return try answers(of: server)
            }
            let after = try Server.with(tree, token: token) { try answers(of: $0) }
            #expect(differences(after.joined(separator: "\n"), from: before.joined(separator: "\n")) == "")
            // A third start, from nothing but what a clone holds, and without the folder of local state.
            try tree.folder.remove(".dagroster")
            let cold = try Server.with(tree) { try answers(of: $0) }
            #expect(differences(cold.joined(separator: "\n"), from: before.joined(separator: "\n")) == "")
        }
    }

    @Test func `a folder that is no repository works, and that is said once`() throws {
        try TemporaryTree.with(git: false) { tree in
            try Server.with(tree) { server in
                for name in ["ada", "grace", "lin"] { _ = try server.create("/Users", .user(named: name)) }
                let mentions = server.log.split(separator: "\n").filter { $0.contains("repository") }
                #expect(mentions.count == 1, "\(server.log)")
            }
            #expect(try tree.folder.files(under: "provisioned/users").keys.filter { $0.hasSuffix(".yaml") }.count == 3)
            #expect(!tree.folder.exists(".git"))
            #expect(try tree.run(["check"]).exitCode == 0)
        }
    }

    @Test func `SIGTERM commits what is open, with a message that people and programs can read`() throws {
        try TemporaryTree.with { tree in
            let start = try tree.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
            try Server.with(tree) { server in
                let ada = try server.create("/Users", .user(named: "ada@example.com"))
                _ = try server.create("/Groups", .group(named: "Data Platform", members: [ada]))
                #expect(try tree.git("rev-list", "--count", "\(start)..HEAD") == "0\n")
            }
            #expect(try tree.git("rev-list", "--count", "\(start)..HEAD") == "1\n")
            let body = try tree.git("log", "-1", "--format=%b")
            #expect(
                body.contains("+ user   ada@example.com  active\n+ group  Data Platform  1 member\n"),
                "\(body)"
            )
            let source = try tree.git("log", "-1", "--format=%(trailers:key=Dagroster-Source,valueonly)")
            #expect(source.trimmingCharacters(in: .newlines) == "entra-prod")
            let requests = try tree.git("log", "-1", "--format=%(trailers:key=Dagroster-Request-Id,valueonly)")
            #expect(requests.split(separator: "\n").count == 2, "\(requests)")
            let subject = try tree.git("log", "-1", "--format=%s")
            #expect(!subject.contains("@"), "no address of a person in a subject: \(subject)")
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }

    @Test func `changes are committed in windows while the server runs`() throws {
        let settings = TemporaryTree.settings.replacing("1h", with: "1s")
        try TemporaryTree.with(settings: settings) { tree in
            let start = try tree.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
            try Server.with(tree) { server in
                for (count, name) in ["ada", "grace"].enumerated() {
                    _ = try server.create("/Users", .user(named: name))
                    try Deadline.wait(for: "a commit") {
                        try tree.git("rev-list", "--count", "\(start)..HEAD") == "\(count + 1)\n"
                    }
                }
            }
            #expect(try tree.git("rev-list", "--count", "\(start)..HEAD") == "2\n")
            #expect(try tree.git("show", "--format=", "--name-only") == "provisioned/users/grace.yaml\n")
        }
    }

    @Test func `a commit takes nothing of a person's with it`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                try tree.folder.write("team: Data\n", to: "access/staged.yaml")
                try tree.git("add", "access/staged.yaml")
                try tree.folder.write("team: Ops\n", to: "access/loose.yaml")
                _ = try server.create("/Users", .user(named: "ada"))
            }
            #expect(try tree.git("show", "--format=", "--name-only") == "provisioned/users/ada.yaml\n")
            #expect(try tree.git("status", "--porcelain") == "A  access/staged.yaml\n?? access/loose.yaml\n")
        }
    }

    @Test func `nothing is written when nothing changes`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let id = try server.create("/Users", .user(named: "ada", ["title": "Countess"]))
                tree.folder.wait(for: "provisioned/users/ada.yaml")
                let before = try tree.state()
                let meta = try server.send("GET", "/Users/\(id)").json()["meta"]
                let same: JSONValue = .patch(["op": "replace", "path": "title", "value": "Countess"])
                let answer = try server.send("PATCH", "/Users/\(id)", same)
                #expect(answer.status == 200)
                #expect(try answer.json()["meta"] == meta)
                // What is written in order has come by the time that the next change has.
                _ = try server.create("/Users", .user(named: "grace"))
                tree.folder.wait(for: "provisioned/users/grace.yaml")
                var after = try tree.state()
                after["provisioned/users/grace.yaml"] = nil
                #expect(after == before)
            }
        }
    }

    @Test func `a walk over pages meets everybody once`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let ids = try (0..<23).map { try server.create("/Users", .user(named: "user\($0)")) }
                let pages = try (0..<6).map { try server.send("GET", "/Users?startIndex=\($0 * 5 + 1)&count=5").json() }
                #expect(pages.map { $0["startIndex"] } == [1, 6, 11, 16, 21, 26])
                #expect(pages.map { $0["itemsPerPage"] } == [5, 5, 5, 5, 3, 0])
                #expect(pages.allSatisfy { $0["totalResults"] == 23 })
                let met = pages.flatMap { $0["Resources"]?.elements ?? [] }.compactMap { $0["id"]?.string }
                #expect(met.count == 23 && Set(met) == Set(ids))
                let none = try server.send("GET", "/Users?count=0").json()
                #expect(none["totalResults"] == 23 && none["Resources"]?.elements.isEmpty != false)
            }
        }
    }

    @Test func `nothing that was answered is lost when the server is killed`() throws {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            try Server.killed(tree, token: token) { server in
                for name in ["ada", "grace"] { _ = try server.create("/Users", .user(named: name)) }
            }
            try Server.with(tree, token: token) { server throws in
                #expect(try server.send("GET", "/Users").json()["totalResults"] == 2)
            }
            #expect(try tree.run(["check"]).exitCode == 0)
        }
    }

    @Test func `on another branch nothing is written`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                try tree.git("checkout", "--quiet", "-b", "feature")
                let refused = try server.send("POST", "/Users", .user(named: "ada"))
                #expect(refused.status == 503 && refused.text.contains("feature"), "\(refused.text)")
                #expect(try tree.folder.files(under: "provisioned") == [:])
                #expect(try server.send("GET", "/Users").status == 200)
                try tree.git("checkout", "--quiet", "main")
                try Deadline.wait(for: "writes to be taken again") {
                    try server.send("POST", "/Users", .user(named: "ada")).status == 201
                }
            }
        }
    }

    /// One that says that it lives is not given up, and the services beside it are cut short meanwhile.
    @Test(arguments: [("exit 0", true), ("exit 1", false)])
    func `a commit that takes longer than services are given is waited for, and said to be made or not`(
        verdict: String,
        isMade: Bool
    ) throws {
        try TemporaryTree.with { tree in
            let hook = ".git/hooks/pre-commit"
            let steps = "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo still checking >&2; sleep 2; done"
            try Server.with(tree, mayFail: true) { server in
                _ = try server.create("/Users", .user(named: "ada"))
                try tree.folder.write("#!/bin/sh\n\(steps)\n\(verdict)\n", to: hook)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tree.folder.path(hook))
                #expect(try server.terminated(within: 120) == (isMade ? 0 : 1), "\(server.log)")
                #expect(server.log.contains("1 change written and in no commit") == !isMade, "\(server.log)")
                #expect(!server.log.contains("cannot serve"), "\(server.log)")
            }
            let files = try tree.git("ls-tree", "--name-only", "HEAD", "provisioned/users/")
            #expect(files.contains("ada.yaml") == isMade)
        }
    }

    private func answers(of server: Server) throws -> [String] {
        let paths = ["/Users", "/Groups", "/Users?filter=userName%20eq%20%22GRACE@example.com%22"]
        return try paths.map { path in
            let answer = try server.send("GET", path)
            #expect(answer.status == 200)
            return try answer.json().lines.replacing(server.base, with: "")
        }
    }
}
