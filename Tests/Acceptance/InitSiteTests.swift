import Foundation
import Testing

/// `dagroster init` in a repository that is there already, and where it cannot work.
@Suite struct InitSiteTests {
    @Test func `a folder that is still missing becomes part of the repository above it`() throws {
        try TemporaryFolder.with { folder in
            let outer = try Self.repository(in: folder)
            #expect(try outer.run(["init", "sub/roster"]).exitCode == 0)
            #expect(!folder.exists("sub/roster/.git"))
            #expect(try outer.git("status", "--porcelain") == "")
            #expect(try outer.git("ls-files", "sub/roster").contains("sub/roster/dagroster.yaml\n"))
        }
    }

    @Test func `a detached HEAD is refused before anything is written`() throws {
        try TemporaryFolder.with { folder in
            let outer = try Self.repository(in: folder)
            try outer.git("checkout", "--quiet", "--detach")
            let before = try outer.state()
            for arguments in [["init"], ["init", "sub/roster"]] {
                let result = try outer.run(arguments)
                #expect(result.exitCode == 1 && result.errors.contains("HEAD is detached"), "\(result)")
                #expect(result.errors.contains("hint: git switch"), "\(result)")
            }
            #expect(try outer.state() == before)
            #expect(!folder.exists("provisioned") && !folder.exists("sub"))
            try outer.git("switch", "--quiet", "main")
            #expect(try outer.run(["init"]).exitCode == 0)
        }
    }

    @Test func `no tree is made in a bare repository`() throws {
        try TemporaryFolder.with { folder in
            try TemporaryTree(folder: folder).git("init", "--quiet", "--bare", "bare.git")
            for name in ["bare.git", "bare.git/roster"] {
                let result = try Program.run(["init", name], in: folder)
                #expect(result.exitCode == 1 && result.errors.contains("bare repository"), "\(result)")
            }
            #expect(!folder.exists("bare.git/dagroster.yaml") && !folder.exists("bare.git/roster"))
        }
    }

    @Test func `what was written goes when the commit fails`() throws {
        try TemporaryFolder.with { folder in
            let outer = try Self.repository(in: folder)
            try outer.write(".gitignore", "*.log\n")
            // Another process that holds the branch.
            try folder.write("", to: ".git/refs/heads/main.lock")
            let before = try outer.folder.files()
            let result = try outer.run(["init", "roster"])
            #expect(result.exitCode == 1 && result.errors.contains("no tree was made"), "\(result)")
            let here = try outer.run(["init"])
            #expect(here.exitCode == 1, "\(here)")
            #expect(try outer.folder.files() == before)
            #expect(!folder.exists("roster") && !folder.exists("provisioned") && !folder.exists("access"))
            try folder.remove(".git/refs/heads/main.lock")
            #expect(try outer.run(["init"]).exitCode == 0)
        }
    }

    @Test func `a file is no place for a tree, and a name must not be empty`() throws {
        try TemporaryFolder.with { folder in
            try folder.write("x", to: "file")
            for name in ["file", "file/roster"] {
                let result = try Program.run(["init", name], in: folder)
                #expect(result.exitCode == 1 && result.errors.contains("is a file and no folder"), "\(result)")
            }
            #expect(try Program.run(["init", ""], in: folder).exitCode == 64)
            #expect(try folder.files() == ["file": "x"])
        }
    }

    @Test(arguments: [
        ("roster", "next: cd roster && "), ("my roster $(id)", "next: cd 'my roster $(id)' && "),
        ("it's", #"next: cd 'it'\''s' && "#), ("a\u{1B}[31m", "next, in that folder: dagroster"),
    ])
    func `the next step can be pasted`(name: String, words: String) throws {
        try TemporaryFolder.with { folder in
            let result = try Program.run(["init", name], in: folder)
            #expect(result.exitCode == 0 && result.errors.contains(words), "\(result)")
            #expect(!result.errors.contains("\u{1B}"))
        }
    }

    @Test func `the sandbox is no part of the history`() throws {
        try TemporaryTree.with { tree in
            try tree.folder.write(Acme.target, to: "target.yaml")
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }

    private static func repository(in folder: TemporaryFolder) throws -> TemporaryTree {
        let outer = TemporaryTree(folder: folder)
        try outer.git("init", "--quiet", "--initial-branch", "main")
        try outer.write("README.md", "ours\n")
        return outer
    }
}
