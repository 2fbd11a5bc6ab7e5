import Testing

@testable import Git

struct StatusTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test func `every kind of difference is told`() async throws {
        let repository = try await sandbox.repository(tree: "tree")
        try await repository.commit(["a.yaml": "1\n", "b.yaml": "1\n", "gone.yaml": "1\n", "same.yaml": "1\n"])
        for name in ["b.yaml", "same.yaml", "c d.yaml"] { try sandbox.write("1\n", to: "work/tree/\(name)") }
        try sandbox.write("2\n", to: "work/tree/a.yaml")
        try sandbox.write("2\n", to: "work/tree/b.yaml")
        try await sandbox.git(["-C", "work", "add", "tree/b.yaml"])
        try sandbox.write("x\n", to: "work/outside")

        let expected = [
            PathStatus(path: "a.yaml", isUnstaged: true), PathStatus(path: "b.yaml", isStaged: true),
            PathStatus(path: "gone.yaml", isUnstaged: true),
            PathStatus(path: "c d.yaml", isUnstaged: true, isUntracked: true),
        ]
        #expect(try await repository.status() == expected)
        #expect(try await repository.status(of: ["b.yaml", "same.yaml"]) == [expected[1]])
    }

    @Test func `a conflict is told`() async throws {
        let repository = try await sandbox.repository()
        let merge = ["-C", "work", "-c", "user.name=P", "-c", "user.email=p@x"]
        try await sandbox.git(["-C", "work", "switch", "-q", "-c", "side"])
        try sandbox.write("side\n", to: "work/README")
        try await sandbox.git(merge + ["commit", "-q", "-a", "-m", "side"])
        try await sandbox.git(["-C", "work", "switch", "-q", "main"])
        try sandbox.write("main\n", to: "work/README")
        try await sandbox.git(merge + ["commit", "-q", "-a", "-m", "main"])
        await #expect(throws: GitError.self) { try await sandbox.git(merge + ["merge", "-q", "side"]) }
        let conflict = PathStatus(path: "README", isStaged: true, isUnstaged: true, isConflicted: true)
        #expect(try await repository.status() == [conflict])
    }

    @Test func `what is ignored is told`() async throws {
        let repository = try await sandbox.repository(tree: "tree")
        try sandbox.write("/tree/.dagroster/\n", to: "work/.gitignore")
        #expect(try await repository.isIgnored(".dagroster/journal"))
        #expect(try await repository.isIgnored("provisioned/users/a.yaml") == false)
    }

    @Test func `files that were committed need not be read again`() async throws {
        let repository = try await sandbox.repository(tree: "tree")
        try sandbox.write("1\n", to: "work/tree/a.yaml")
        try await repository.commit(["a.yaml": "1\n"])
        // Without what git notes of a file's looks, this plumbing would name it.
        #expect(try await sandbox.git(["-C", "work", "diff-files", "--name-only"]).isEmpty)
    }
}
