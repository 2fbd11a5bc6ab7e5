import Foundation
import Testing

/// What the built program answers about who may do what, since when and why.
struct ReviewTests {
    /// A small organisation whose changes lie on days of their own.
    static func with<Result>(_ body: (TemporaryTree) throws -> Result) throws -> Result {
        try Acme.with { tree in
            try tree.folder.write(Acme.group("Data Platform", ["ada", "grace", "lin"]), to: group)
            try tree.commit("provision: 1 group changed\n\nDagroster-Source: entra-prod\nDagroster-Request-Id: 6f0c")
            try tree.folder.write(Acme.user("grace", active: false), to: "provisioned/users/grace@example.com.yaml")
            try tree.commit("provision: 1 user changed\n\nDagroster-Source: entra-prod")
            return try body(tree)
        }
    }

    private static let group = "provisioned/groups/data-platform.yaml"

    private func head(_ tree: TemporaryTree, _ name: String = "HEAD") throws -> String {
        try String(tree.git("rev-parse", name).prefix(10))
    }

    /// With `TIME` for every moment, and `TODAY` for the day.
    private func stable(_ text: String, _ tree: TemporaryTree) throws -> String {
        var text = text.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "TIME")
        text = text.replacing(/of \d{4}-\d\d-\d\d/, with: "of TODAY")
        for (name, short) in try ["HEAD", "HEAD~1", "HEAD~2"].map({ ($0, try head(tree, $0)) }) {
            text = text.replacing(short, with: name)
        }
        return text
    }

    @Test func `a person's access is told with every path and the commit that opened it`() throws {
        try Self.with { tree in
            let result = try tree.run(["explain", "LIN@example.com", "prod"])
            #expect(result.exitCode == 0)
            #expect(
                try stable(result.output, tree) == """
                    lin@example.com
                    active · at commit HEAD of TIME · grants of TODAY · groups: Data Platform
                    prod
                      may act as admin
                          admin through team "Admins" (access/admins.yaml:5:5), as organization admin, access/admins.yaml:7:5
                              opened by HEAD~2 · TIME · Lin Chen · acme
                              lin@example.com is active  since HEAD~2 TIME
                              access/admins.yaml:5:5 lists lin@example.com  since HEAD~2 TIME
                              access/admins.yaml:7:5 gives admin on organization  since HEAD~2 TIME
                          viewer through team "Data Platform" (group "Data Platform"), access/data-platform.yaml:3:5
                              opened by HEAD~1 · TIME · entra-prod · provision: 1 group changed · request 6f0c
                              lin@example.com is active  since HEAD~2 TIME
                              group "Data Platform" lists lin@example.com  since HEAD~1 TIME
                              team "Data Platform" takes group "Data Platform"  since HEAD~2 TIME
                              access/data-platform.yaml:3:5 gives viewer on prod  since HEAD~2 TIME
                    prod/finance
                      may act as admin
                          admin through team "Admins" (access/admins.yaml:5:5), as organization admin, access/admins.yaml:7:5
                              opened by HEAD~2 · TIME · Lin Chen · acme
                              lin@example.com is active  since HEAD~2 TIME
                              access/admins.yaml:5:5 lists lin@example.com  since HEAD~2 TIME
                              access/admins.yaml:7:5 gives admin on organization  since HEAD~2 TIME
                          editor through team "Data Platform" (group "Data Platform"), access/data-platform.yaml:3:5
                              opened by HEAD~1 · TIME · entra-prod · provision: 1 group changed · request 6f0c
                              lin@example.com is active  since HEAD~2 TIME
                              group "Data Platform" lists lin@example.com  since HEAD~1 TIME
                              team "Data Platform" takes group "Data Platform"  since HEAD~2 TIME
                              access/data-platform.yaml:3:5 gives editor on prod/finance  since HEAD~2 TIME

                    """
            )
        }
    }

    @Test func `somebody inactive holds nothing, and is told since when`() throws {
        try Self.with { tree in
            let result = try tree.run(["explain", "grace@example.com"])
            #expect(
                try stable(result.output, tree) == """
                    grace@example.com
                    inactive · at commit HEAD of TIME · grants of TODAY · groups: Data Platform
                    Holds nothing
                      inactive people hold nothing
                          since HEAD · TIME · entra-prod · provision: 1 user changed

                    """
            )
            #expect(
                try tree.run(["explain", "grace@example.com", "--at", "HEAD~1"]).output.contains("may act as viewer")
            )
        }
    }

    @Test(arguments: [
        (["explain", "lim@example.com"], "nobody is called \"lim@example.com\"", "did you mean \"lin@example.com\"?"),
        (["explain", "lin@example.com", "prdo"], "no grant names a deployment \"prdo\"", "did you mean \"prod\"?"),
        (["who-can", "edtor", "prod"], "no role is called \"edtor\"", "did you mean \"editor\"?"),
        (["who-can", "editor", "prod", "--at", "2001-01-01"], "there is no commit \"2001-01-01\"", ""),
        (["diff", "nowhere..HEAD"], "there is no commit \"nowhere\"", ""),
        (["report", "--target", "sandbax"], "dagroster.yaml has no target \"sandbax\"", "it has sandbox"),
    ])
    func `what nobody knows is refused with what was probably meant`(
        arguments: [String],
        message: String,
        hint: String
    ) throws {
        try Self.with { tree in
            let result = try tree.run(arguments)
            #expect(result.exitCode == 64 && result.output.isEmpty)
            #expect(result.errors.contains(message) && (hint.isEmpty || result.errors.contains(hint)), "\(result)")
        }
    }

    @Test(arguments: ["explain lin@example.com", "who-can viewer prod", "report", "diff HEAD~1..HEAD"])
    func `a tree that is not valid has no answer`(command: String) throws {
        try Self.with { tree in
            try tree.write("access/data-platform.yaml", "team: Data Platform\ngruops: []\n")
            let result = try tree.run(command.split(separator: " ").map(String.init))
            #expect(result.exitCode == 3 && result.output.isEmpty)
            #expect(result.errors.contains("access/data-platform.yaml:2:1: error:"), "\(result)")
        }
    }

    @Test func `a pull request is told as people and access, whatever its names do`() throws {
        try Self.with { tree in
            try tree.git("switch", "--quiet", "-c", "topic")
            try tree.folder.write(
                Acme.dataPlatform.replacing("role: viewer", with: "role: launcher"),
                to: "access/data-platform.yaml"
            )
            try tree.folder.write(
                "id: x\nuserName: \"@acme/all|<b>`x`\"\nactive: true\n",
                to: "provisioned/users/x.yaml"
            )
            try tree.commit("more")
            let result = try tree.run(["diff", "main...topic", "--format", "markdown"])
            #expect(result.exitCode == 0 && result.output.utf8.count < 65_536)
            #expect(result.output.contains("- **~** `ada@example.com`") == false, "an admin everywhere gains nothing")
            #expect(result.output.contains("`` @acme/all\\u{7C}<b>`x` ``  joins the organization: new"), "\(result)")
            #expect(result.output.contains("`~ prod: viewer, finance editor -> prod: launcher, finance editor`"))
            let json = try tree.run(["diff", "main", "--format", "json"])
            let value = try JSONValue(parsing: Array(json.output.utf8))
            #expect(value["kind"]?.string == "diff" && value["people"]?.elements.count == 1)
        }
    }

    @Test func `edits are compared with the last commit before they are one`() throws {
        try Self.with { tree in
            #expect(try tree.run(["diff"]).output.hasPrefix("dagroster diff: nothing changes\n"))
            try tree.folder.write(Acme.group("Data Platform", ["ada"]), to: Self.group)
            let result = try tree.run(["diff"])
            #expect(result.output.contains("- grace@example.com, lin@example.com  left"), "\(result)")
        }
    }

    @Test func `a report has the admins, who is in no group, and what ends`() throws {
        try Self.with { tree in
            let text = Acme.dataPlatform.replacing("role: viewer", with: "role: viewer\n    expires: 2099-01-31")
            try tree.write("access/data-platform.yaml", text)
            let value = try JSONValue(parsing: Array(tree.run(["report", "--format", "json"]).output.utf8))
            #expect(value["admins"]?.elements.compactMap(\.string) == ["ada@example.com", "lin@example.com"])
            #expect(value["inactive"]?.elements.compactMap(\.string) == ["grace@example.com"])
            #expect(value["expiring"]?.elements.compactMap { $0["last_day"]?.string } == ["2099-01-31"])
            let since = try tree.run(["report", "--since", "HEAD~1"])
            #expect(since.output.contains("+ prod: viewer") == false)
            #expect(
                since.output.contains(
                    "~ prod: viewer, finance editor -> prod: viewer, finance editor, until 2099-01-31"
                )
            )
        }
    }
}
