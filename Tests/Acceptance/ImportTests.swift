import Foundation
import Glibc
import Testing

/// `import`, as the built program does it.
struct ImportTests {
    private static let target = """
        organization: acme
        deployments:
          prod:
            locations:
              - finance
          staging: {}
        users:
          ada@example.com:
            grants:
              - organization: admin
          grace@example.com: {}
          lin@example.com:
            grants:
              - organization: admin
        teams:
          Data Platform:
            members:
              - ada@example.com
              - grace@example.com
            grants:
              - deployment: prod
                role: viewer
                locations:
                  finance: editor
          data platform:
            members:
              - lin@example.com

        """

    /// A tree without records, and an organisation.
    static func with<Result>(_ body: (TemporaryTree) throws -> Result) throws -> Result {
        try TemporaryTree.with { tree in
            try tree.folder.write(target, to: "target.yaml")
            try tree.commit("settings")
            return try body(tree)
        }
    }

    private func with(_ body: (TemporaryTree) throws -> Void) throws { try Self.with(body) }

    @Test func `an organisation becomes a tree that has nothing to do there`() throws {
        try with { tree in
            let result = try tree.run(["import"])
            #expect(
                result
                    == CommandResult(
                        exitCode: 0,
                        output: "",
                        errors: """
                            imported from target "sandbox": 3 users, 1 group, 3 access files, 0 custom roles
                            left out: team "data platform": differs from another team in letter case alone, and two groups cannot
                            hint: what is left out stays as it is at the target, and is nobody's in the tree
                            next: look at the files, then keep them, which a check of hand edits allows with its reason:
                              git add provisioned access
                              git commit -m "Begin with what sandbox has" -m "Dagroster-Hand-Edit: imported from sandbox"

                            """
                    )
            )
            // All files were one batch for whoever reads them meanwhile.
            #expect(try tree.folder.text(".dagroster/batch.lock") == "whole 00000000000000000001\n")
            let base = try tree.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
            try tree.git("add", "provisioned", "access")
            let trailer = "Dagroster-Hand-Edit: imported from sandbox"
            try tree.git("commit", "--quiet", "-m", "Begin with what sandbox has", "-m", trailer)
            let check = try tree.run(["check", "--base", base])
            #expect(check.exitCode == 0, "\(check)")
            #expect(try tree.run(["fmt", "--check"]).exitCode == 0)
            let words =
                "nothing to do: target \"sandbox\" is as commit COMMIT says; 1 team (data platform) left alone\n"
            for arguments in [[], ["--detailed-exitcode"], ["--apply"], ["--apply"]] {
                let run = try tree.run(["reconcile"] + arguments)
                #expect(run.exitCode == 0, "\(arguments) \(run)")
                #expect(run.output.withoutCommits == words, "\(arguments)")
            }
            #expect(try tree.target() == Self.target)
            #expect(try tree.git("for-each-ref", "refs/dagroster/applied").contains("refs/dagroster/applied/sandbox"))
        }
    }

    @Test func `nothing is written over what is there`() throws {
        try Acme.with { tree in
            let before = try tree.state()
            let result = try tree.run(["import"])
            #expect(
                result
                    == CommandResult(
                        exitCode: 1,
                        output: "",
                        errors: """
                            dagroster: the tree has access/admins.yaml, access/data-platform.yaml, \
                            provisioned/groups/data-platform.yaml, provisioned/users/ada@example.com.yaml, \
                            provisioned/users/grace@example.com.yaml and 1 more already, and an import is to start from; \
                            nothing was written
                            hint: import into a new tree, made by "dagroster init", whose settings name the target

                            """
                    )
            )
            #expect(try tree.state() == before)
        }
    }

    /// What the tree or the target is like, how the import ends, and what it says first.
    @Test(arguments: [
        (
            "target.yaml", "organization: acme\n", 1 as Int32,
            "target \"sandbox\" cannot be read; nothing was applied: target.yaml:1:1"
        ),
        ("access/x.yaml", "team: [\n", 3, "access/x.yaml:"),
    ])
    func `an import that cannot be good is refused as a whole`(
        path: String,
        text: String,
        code: Int32,
        words: String
    ) throws {
        try with { tree in
            try tree.write(path, text)
            let before = try tree.state()
            let result = try tree.run(["import"])
            #expect(result.exitCode == code && result.errors.hasPrefix("dagroster: " + words), "\(result)")
            #expect(try tree.state() == before)
        }
    }

    @Test func `what is half in place and committed is somebody's decision`() throws {
        try with { tree in
            try #require(try tree.run(["import"]).exitCode == 0)
            let files = ["provisioned/users/ada@example.com.yaml", "provisioned/users/grace@example.com.yaml"]
            let note = "# Files of an import that has not ended, which process 1 writes:\n"
            try tree.folder.write(note + files.map { "0 \($0)\n" }.joined(), to: ".dagroster/import")
            try tree.folder.remove(files[1])
            try tree.commit("as it is")
            let before = try tree.state()
            let result = try tree.run(["import"])
            let words = "an import was stopped when 1 of its 2 files were in place"
            #expect(result.exitCode == 3 && result.errors.contains(words), "\(result)")
            #expect(try tree.state() == before)
            try tree.folder.remove(".dagroster/import")
            #expect(try !tree.run(["check"]).output.contains(words))
        }
    }

    @Test func `nothing is imported while the records are written by serve, nor where a target has been reconciled`()
        throws
    {
        try with { tree in
            try Server.with(tree) { _ in
                let result = try tree.run(["import"])
                #expect(result.exitCode == 7 && result.errors.contains("dagroster serve (process "), "\(result)")
            }
            try #require(try tree.reconcile("--apply").exitCode == 0)
            let result = try tree.run(["import"])
            #expect(result.exitCode == 1 && result.errors.contains("has been reconciled from here before"), "\(result)")
            #expect(try tree.folder.files(under: "provisioned").filter { $0.key.hasSuffix(".yaml") }.isEmpty)
        }
    }
}
