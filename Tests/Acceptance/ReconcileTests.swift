import Testing

/// `dagroster reconcile` against an organisation in a file, when all goes well.
@Suite struct ReconcileTests {
    @Test func `a dry run says what would change, people first, and writes nothing`() throws {
        try Acme.with { tree throws in
            let before = try tree.state()
            let plan = try tree.reconcile()
            #expect(plan.exitCode == 0, "\(plan)")
            #expect(differences(plan.output.withoutCommits, from: Self.firstPlan) == "")
            #expect(try tree.state() == before)
            #expect(try tree.git("for-each-ref", "refs/dagroster") == "")
        }
    }

    @Test func `apply writes exactly what the tree says, and a second run has nothing to do`() throws {
        try Acme.with { tree in
            let applied = try tree.reconcile("--apply")
            #expect(applied.exitCode == 0, "\(applied)")
            #expect(try tree.target() == Acme.applied)
            let again = try tree.reconcile("--apply", "--detailed-exitcode")
            #expect(again.exitCode == 0, "\(again)")
            #expect(again.output.contains("nothing to do"), "\(again)")
            #expect(try tree.target() == Acme.applied)
            #expect(
                try tree.git("for-each-ref", "--format=%(refname)", "refs/dagroster/applied")
                    == "refs/dagroster/applied/sandbox\n"
            )
        }
    }

    @Test func `JSON is one value on standard output`() throws {
        try Acme.with { tree in
            let plan = try tree.json("--format", "json")
            #expect(plan["kind"] == "plan" && plan["target"] == "sandbox" && plan["refused"] == false)
            #expect(plan["items"]?.elements.count == 12 && plan["people"]?.elements.count == 3)
            let applied = try tree.json("--format", "json", "--apply")
            #expect(applied["kind"] == "apply" && applied["plan"] == plan && applied["exit_code"] == 0)
            #expect(applied["results"]?.elements.allSatisfy { $0["outcome"] == "applied" } == true)
            let after = try tree.json("--format", "json")
            #expect(after["items"] == [] && after["people"] == [])
        }
    }

    @Test func `the detailed exit code tells changes from none`() throws {
        try Acme.with { tree throws in
            #expect(try tree.reconcile("--detailed-exitcode").exitCode == 2)
            #expect(try tree.reconcile().exitCode == 0)
            #expect(try tree.reconcile("--apply", "--detailed-exitcode").exitCode == 0)
            #expect(try tree.reconcile("--detailed-exitcode").exitCode == 0)
        }
    }

    @Test func `quiet is silent when all is well, and only then`() throws {
        try Acme.with { tree in
            let quiet = CommandResult(exitCode: 0, output: "", errors: "")
            #expect(try tree.reconcile("--quiet") == quiet)
            #expect(try tree.reconcile("--quiet", "--apply") == quiet)
            #expect(try tree.reconcile("--quiet") == quiet)
            try tree.remove("target.yaml")
            let failed = try tree.reconcile("--quiet")
            #expect(failed.exitCode == 1 && failed.errors.contains("target.yaml"), "\(failed)")
        }
    }

    @Test func `what stands in the target beside us is listed and left alone`() throws {
        try Acme.with { tree in
            let extra = "users:\n  eve@example.com: {}\nteams:\n  Ops:\n    members:\n      - eve@example.com\n"
            try tree.write("target.yaml", Acme.target + extra)
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 0, "\(result)")
            #expect(result.output.contains("eve@example.com") && result.output.contains("Ops"), "\(result)")
            let target = try tree.target()
            #expect(target.contains("  eve@example.com: {}\n"))
            #expect(target.contains("  Ops:\n    members:\n      - eve@example.com\n"))
        }
    }

    @Test func `a first run holds back extras until they are adopted`() throws {
        try Acme.with { tree in
            let extra = """
                users:
                  grace@example.com: {}
                  lin@example.com: {}
                teams:
                  Data Platform:
                    members:
                      - grace@example.com
                      - lin@example.com

                """
            try tree.write("target.yaml", Acme.target + extra)
            let first = try tree.reconcile("--apply")
            #expect(first.output.contains("lin@example.com"), "\(first)")
            #expect(
                try tree.target().contains(
                    "    members:\n      - ada@example.com\n      - grace@example.com\n      - lin"
                )
            )
            let adopted = try tree.reconcile("--apply", "--adopt")
            #expect(adopted.exitCode == 0, "\(adopted)")
            #expect(try tree.target() == Acme.applied)
        }
    }

    @Test func `held back extras show in the detailed exit code`() throws {
        try Acme.with { tree in
            let extra =
                "teams:\n  Data Platform:\n    members:\n      - eve@example.com\nusers:\n  eve@example.com: {}\n"
            try tree.write("target.yaml", Acme.target + extra)
            let first = try tree.reconcile("--apply", "--detailed-exitcode")
            #expect(first.exitCode == 2, "\(first)")
        }
    }

    @Test func `drift inside what is ours is removed`() throws {
        try Acme.applied { tree in
            let drifted = Acme.applied.replacing(
                "      - ada@example.com\n      - grace@example.com\n",
                with: "      - ada@example.com\n      - grace@example.com\n      - lin@example.com\n"
            )
            try tree.write("target.yaml", drifted)
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 0, "\(result)")
            #expect(result.output.contains("drift") && result.output.contains("lin@example.com"), "\(result)")
            #expect(try tree.target() == Acme.applied)
        }
    }

    @Test func `a person who is disabled loses everything`() throws {
        try Acme.applied { tree in
            try tree.write("provisioned/users/grace@example.com.yaml", Acme.user("grace", active: false))
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 0, "\(result)")
            #expect(try !tree.target().contains("grace@example.com"))
        }
    }

    @Test func `deleting an access file revokes what it gave`() throws {
        try Acme.applied { tree in
            try tree.remove("access/data-platform.yaml")
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 0, "\(result)")
            let target = try tree.target()
            #expect(!target.contains("role: viewer") && target.contains("  Data Platform:\n"), "\(target)")
        }
    }

    @Test func `an earlier commit can be looked at, and the work tree too`() throws {
        try Acme.applied { tree in
            let edited = Acme.dataPlatform.replacing("role: viewer", with: "role: launcher")
            try tree.folder.write(edited, to: "access/data-platform.yaml")
            #expect(try tree.reconcile().output.contains("nothing to do"))
            let preview = try tree.reconcile("--worktree")
            #expect(preview.exitCode == 0 && preview.output.contains("launcher"), "\(preview)")
            try tree.commit("launcher")
            #expect(try tree.reconcile("--at", "HEAD~1").output.contains("nothing to do"))
            #expect(try tree.reconcile("--at", "HEAD").output.contains("launcher"))
            #expect(try tree.target() == Acme.applied)
        }
    }

    @Test func `a tree that is no repository is applied as it lies`() throws {
        try Acme.with { tree in
            try tree.folder.remove(".git")
            #expect(try tree.reconcile("--apply").exitCode == 0)
            #expect(try tree.target() == Acme.applied)
            #expect(tree.folder.exists(".dagroster/applied/sandbox.yaml"))
            #expect(try tree.reconcile("--apply").output.contains("nothing to do"))
        }
    }

    /// The whole screen of a first plan, with `COMMIT` for the commit that explains it.
    private static let firstPlan = """
        plan for target "sandbox" · commit COMMIT · first run · 12 changes
        people (3)
          + ada@example.com  joins the organization  [commit COMMIT]
              organization: none -> admin  through team "Admins" (access/admins.yaml:4:5)  [commit COMMIT]
              prod: none -> admin  through team "Admins" (access/admins.yaml:4:5), as organization admin; \
        through team "Data Platform" (group "Data Platform")  [commit COMMIT]
              prod/finance: none -> admin  through team "Admins" (access/admins.yaml:4:5), as organization admin; \
        through team "Data Platform" (group "Data Platform")  [commit COMMIT]
              branches: none -> admin  through team "Admins" (access/admins.yaml:4:5), as organization admin; \
        through team "Data Platform" (group "Data Platform")  [commit COMMIT]
          + grace@example.com  joins the organization  [commit COMMIT]
              prod: none -> viewer  through team "Data Platform" (group "Data Platform")  [commit COMMIT]
              prod/finance: none -> editor  through team "Data Platform" (group "Data Platform")  [commit COMMIT]
              branches: none -> editor  through team "Data Platform" (group "Data Platform")  [commit COMMIT]
          + lin@example.com  joins the organization  [commit COMMIT]
              organization: none -> admin  through team "Admins" (access/admins.yaml:5:5)  [commit COMMIT]
        changes (12)
          + user  ada@example.com  active in the directory  [commit COMMIT]
          + user  grace@example.com  active in the directory  [commit COMMIT]
          + user  lin@example.com  active in the directory  [commit COMMIT]
          + team  Admins  access/admins.yaml:1:7  [commit COMMIT]
          + team  Data Platform  access/data-platform.yaml:1:7  [commit COMMIT]
          + membership  Admins: ada@example.com  through access/admins.yaml:4:5  [commit COMMIT]
          + membership  Admins: lin@example.com  through access/admins.yaml:5:5  [commit COMMIT]
          + membership  Data Platform: ada@example.com  through group "Data Platform"  [commit COMMIT]
          + membership  Data Platform: grace@example.com  through group "Data Platform"  [commit COMMIT]
          + grant  team Admins: organization: admin  access/admins.yaml:7:5  [commit COMMIT]
          + grant  team Data Platform: branches: editor  access/data-platform.yaml:7:5  [commit COMMIT]
          + grant  team Data Platform: prod: viewer, finance editor  access/data-platform.yaml:3:5  [commit COMMIT]
        guards: nothing is taken away

        """
}
