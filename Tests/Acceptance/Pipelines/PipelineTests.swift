import Testing

/// The pipelines of `examples/`, as their forges read them, with the steps that can run here run.
struct PipelineTests {
    @Test func `GitHub Actions comments once, edits that comment, plans and applies`() throws {
        let workflow = try PipelineFile("github-actions/dagroster.yml")
        try PipelineMachine.with { machine in
            try machine.succeed(workflow.step("Fetch", of: "review"))
            try machine.succeed(workflow.step("Check", of: "review"))
            for _ in 0..<2 {
                try machine.succeed(workflow.step("Diff", of: "review"))
                try machine.succeed(workflow.step("Comment", of: "review"))
            }
            let comments = try machine.comments()
            #expect(comments.count == 1)
            #expect(comments[0].hasPrefix("<!-- dagroster:diff -->\n### dagroster diff: 1 person, 1 object changed\n"))
            #expect(comments[0].contains("`grace@example.com`"))
            try machine.succeed(workflow.step("Plan", of: "plan"))
            #expect(try machine.folder.text("summary.md").contains("### dagroster: 1 change for target `sandbox`"))
            try machine.succeed(workflow.step("Check", of: "apply"))
            try machine.succeed(workflow.step("Apply", of: "apply"))
        }
    }

    @Test func `a pull request that is not valid fails the check, and the comment says that there is no diff`() throws {
        let workflow = try PipelineFile("github-actions/dagroster.yml")
        try PipelineMachine.with { machine in
            try machine.succeed("git checkout -q -b wrong && echo 'gruops: []' >> access/admins.yaml")
            try machine.succeed(
                "git -c user.name=x -c user.email=x commit -qam wrong && git push -q origin wrong:refs/pull/7/head -f"
            )
            try machine.succeed(workflow.step("Fetch", of: "review"))
            #expect(try machine.run(workflow.step("Check", of: "review")).exitCode == 3)
            try machine.succeed(workflow.step("Diff", of: "review"))
            try machine.succeed(workflow.step("Comment", of: "review"))
            #expect(
                try machine.comments() == [
                    "<!-- dagroster:diff -->\ndagroster could not compare the commits: see the job's log\n"
                ]
            )
        }
    }

    @Test func `GitLab comments once, edits that comment, plans and applies`() throws {
        let pipeline = try PipelineFile("gitlab-ci/.gitlab-ci.yml")
        try PipelineMachine.with { machine in
            try machine.succeed("git fetch -q origin refs/pull/7/head")
            let commit = try machine.run("git rev-parse FETCH_HEAD").output.split(separator: "\n").joined()
            let variables = [
                "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_COMMIT_SHA": commit, "CI_PROJECT_ID": "3",
                "CI_API_V4_URL": "https://gitlab.example.com/api/v4", "CI_MERGE_REQUEST_IID": "7",
                "GITLAB_COMMENT_TOKEN": "secret", "CI_SERVER_HOST": "gitlab.example.com",
                "CI_PROJECT_PATH": "acme/roster",
            ]
            for _ in 0..<2 { try machine.succeed(pipeline.script(of: "review"), variables) }
            let comments = try machine.comments()
            #expect(comments.count == 1)
            #expect(comments[0].hasPrefix("<!-- dagroster:diff -->\n### dagroster diff: 1 person, 1 object changed\n"))
            try machine.succeed(pipeline.script(of: "plan"), variables)
            #expect(try machine.clone.text("plan.html").hasPrefix("<!DOCTYPE html>"))
            var forked = variables
            forked["GITLAB_COMMENT_TOKEN"] = nil
            #expect(try machine.succeed(pipeline.script(of: "review"), forked).contains("### dagroster diff"))
        }
    }

    @Test func `no job of a pull request runs what it brings, or sees a token that it does not need`() throws {
        let jobs = try #require(try PipelineFile("github-actions/dagroster.yml").value["jobs"])
        for job in ["review", "plan", "apply"] {
            let steps = jobs[job]?["steps"]?.elements ?? []
            #expect(steps.first?["with"]?["ref"]?.string == "main")
            let secrets = steps.filter { $0["env"]?["DAGSTER_CLOUD_API_TOKEN"] != nil }.compactMap {
                $0["name"]?.string
            }
            #expect(secrets == ["review": [], "plan": ["Plan"], "apply": ["Apply"]][job])
            for step in steps { #expect(step["run"]?.string?.contains("${{") != true, "a name could become a command") }
        }
    }
}

extension PipelineMachine {
    /// Runs a script that must succeed, and gives what it printed.
    @discardableResult
    func succeed(_ script: String, _ more: [String: String] = [:]) throws -> String {
        let result = try run(script, more)
        try #require(result.exitCode == 0, "\(script)\n\(result)")
        return result.output
    }
}
