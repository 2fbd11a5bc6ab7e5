import Foundation
import Testing

/// What the last runs of `reconcile` leave on the admin port of `serve`.
@Suite struct StatusRunTests {
    @Test func `the last reconcile of each target is on the status page, with its plan and drift`() throws {
        try Acme.with { tree in
            try Server.with(tree) { server in
                #expect(try server.page("/").text.contains("No run is known."))
                #expect(try server.page("/runs/sandbox").status == 404)
                try #require(try tree.reconcile().exitCode == 0)
                try expect(server, "dry run", "exit 0: a plan of 12 changes", follows: "none known", drift: "0 changes")
                let plan = try server.page("/runs/sandbox")
                #expect(plan.status == 200 && plan.text.contains("+ user  ada@example.com  active in the directory"))
                try #require(try tree.reconcile("--apply").exitCode == 0)
                let head = String(try tree.git("rev-parse", "HEAD").prefix(10))
                try expect(server, "apply", "exit 0: everything is applied", follows: head, drift: "0 changes")
                #expect(try server.page("/").text.contains("<td>3</td><td>3</td><td>0</td>"))
                #expect(try server.page("/runs/sandbox").text.contains("applied 12 of 12, read again and confirmed"))
                let changed = try tree.target().replacingOccurrences(of: "finance: editor", with: "finance: admin")
                try tree.write("target.yaml", changed)
                try #require(try tree.reconcile("--detailed-exitcode", "--at", head).exitCode == 2)
                try expect(server, "dry run", "exit 2: changes are pending", follows: head, drift: "1 change")
                let metrics = try server.page("/metrics").text
                #expect(
                    metrics.contains("dagroster_last_reconcile_drift_items{target=\"sandbox\",mode=\"dry-run\"} 1\n")
                )
                #expect(metrics.contains("dagroster_last_reconcile_exit_code{target=\"sandbox\",mode=\"dry-run\"} 2\n"))
            }
        }
    }

    @Test func `an apply that was refused needs attention, a run that says nothing of the target changes nothing`()
        throws
    {
        try Acme.applied { tree in
            try Server.with(tree) { server in
                #expect(try server.page("/").text.contains("<h1>All is well</h1>"))
                try tree.write("access/data-platform.yaml", "team: Data Platform\ngruops: []\n")
                try #require(try tree.reconcile("--apply").exitCode == 3)
                let page = try server.page("/").text
                #expect(page.contains("<h1>Needs attention</h1>") && page.contains("the tree is invalid"))
                #expect(page.contains("unknown key &quot;gruops&quot;"))
                try #require(try tree.reconcile("--apply", "--at", "nowhere").exitCode == 64)
                #expect(try server.page("/").text.contains("exit 3: the tree is invalid"))
                // The endpoint itself is ready all the same.
                #expect(try server.page("/readyz").text == "ready\n")
            }
        }
    }

    @Test func `a run that cannot be kept ends as it does, without a word; a fresh checkout stays as it is`() throws {
        try Acme.applied { tree in
            try tree.folder.remove(".dagroster/runs")
            try tree.folder.write("in the way\n", to: ".dagroster/runs")
            let result = try tree.reconcile()
            #expect(result.exitCode == 0 && result.errors.isEmpty, "\(result)")
            try tree.folder.remove(".dagroster")
            #expect(try tree.reconcile().exitCode == 0)
            #expect(!tree.folder.exists(".dagroster"))
        }
    }

    private func expect(
        _ server: Server,
        _ what: String,
        _ ending: String,
        follows commit: String,
        drift: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let page = try server.page("/").text
        let rows = [
            ("What", what), ("How it ended", ending), ("Commit that the target follows", commit),
            ("Drift", "\(drift) by others"),
        ]
        for (name, value) in rows {
            let row = "<th scope=\"row\">\(name)</th><td>\(value)</td>"
            #expect(page.contains(row), "\(name)", sourceLocation: sourceLocation)
        }
    }
}
