import Access
import Foundation
import Git
import Testing
import YAML

@testable import Tree

struct TreeFolderTests {
    @Test func `a new tree has its settings, its folders and what git needs`() async throws {
        let folder = try TemporaryFolder()
        let written = try TreeInitializer.create(at: folder.path + "/new")
        #expect(written == [".gitattributes", ".gitignore", "dagroster.yaml"])
        #expect(
            try folder.names() == [
                "new", "new/.gitattributes", "new/.gitignore", "new/access", "new/dagroster.yaml", "new/provisioned",
                "new/provisioned/groups", "new/provisioned/users",
            ]
        )
        #expect(try folder.read("new/.gitignore") == ".dagroster/\n.dagroster-*.tmp\n/target.yaml\n")
        #expect(try folder.read("new/.gitattributes") == TreeInitializer.attributes.map { $0 + "\n" }.joined())
        let contents = try await TreeReader.read(FolderSource(folder.path + "/new"))
        #expect(contents.diagnostics == [])
    }

    @Test func `a folder with files keeps them`() throws {
        let folder = try TemporaryFolder()
        try folder.write("*.log\n.dagroster/", to: ".gitignore")
        _ = try TreeInitializer.create(at: folder.path, layout: Layout(shards: 256), branch: "live")
        #expect(try folder.read(".gitignore") == "*.log\n.dagroster/\n.dagroster-*.tmp\n/target.yaml\n")
        #expect(try folder.read("dagroster.yaml").contains("layout: {shards: 256}\ngit: {branch: live}\n"))
    }

    @Test func `a tree is not made twice`() throws {
        let folder = try TemporaryFolder()
        _ = try TreeInitializer.create(at: folder.path)
        try folder.write("version: 1\n", to: "dagroster.yaml")
        #expect(throws: TreeError.exists(folder.path)) { try TreeInitializer.create(at: folder.path) }
        #expect(try folder.read("dagroster.yaml") == "version: 1\n")
    }

    @Test func `what making a tree wrote can be taken back, and nothing else goes`() throws {
        let folder = try TemporaryFolder()
        try folder.write("*.log\n", to: ".gitignore")
        try folder.write("ours", to: "access/notes.md")
        let before = try folder.names()
        let state = try InitialState(of: folder.path)
        _ = try TreeInitializer.create(at: folder.path)
        try state.restore()
        #expect(try folder.names() == before)
        #expect(try folder.read(".gitignore") == "*.log\n")
        let new = try InitialState(of: folder.path + "/a/b")
        _ = try TreeInitializer.create(at: folder.path + "/a/b")
        try folder.write("somebody else's", to: "a/b/access/note.txt")
        try new.restore()
        #expect(
            try folder.names() == (before + ["a", "a/b", "a/b/access", "a/b/access/note.txt"]).sorted()
        )
    }

    @Test func `a tree is found from any folder inside it`() throws {
        let folder = try TemporaryFolder()
        _ = try TreeInitializer.create(at: folder.path)
        #expect(try TreeFinder.find(named: nil, from: folder.path + "/provisioned/users") == folder.path)
        #expect(try TreeFinder.find(named: folder.path + "/access/..") == folder.path)
        #expect(throws: TreeError.noTree(folder.path + "/access")) {
            try TreeFinder.find(named: folder.path + "/access")
        }
        let other = try TemporaryFolder()
        #expect(throws: TreeError.noTreeAbove(other.path)) { try TreeFinder.find(named: nil, from: other.path) }
    }

    @Test func `a folder is listed with what is no file, and links are not followed`() async throws {
        let folder = try TemporaryFolder()
        _ = try TreeInitializer.create(at: folder.path)
        try folder.write("id: u1\nuserName: ada\n", to: "provisioned/users/ada.yaml")
        try folder.write("x", to: "access/run.yaml")
        try folder.write("x", to: "access/module/.git/HEAD")
        try folder.write("x", to: "access/module/inner.yaml")
        try folder.write("x", to: "access/.hidden/inner.yaml")
        try folder.write("x", to: "provisioned/users/.dagroster-1-2.tmp")
        try folder.write("x", to: "other/file.yaml")
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path + "/access/run.yaml")
        try manager.createSymbolicLink(atPath: folder.path + "/access/link", withDestinationPath: "/etc")
        let files = try await FolderSource(folder.path).files().sorted { $0.path < $1.path }
        #expect(
            files.map { "\($0.kind.rawValue) \($0.path)" } == [
                "symlink access/link",
                "submodule access/module",
                "executable access/run.yaml",
                "regular dagroster.yaml",
                "regular provisioned/users/ada.yaml",
            ]
        )
        let contents = try await FolderSource(folder.path).contents(of: [
            files[4], SourceFile(path: "access/gone.yaml"),
        ])
        #expect(contents == [Array("id: u1\nuserName: ada\n".utf8), nil])
    }

    @Test(arguments: ["", "sub/"])
    func `a commit is read like a folder`(prefix: String) async throws {
        let folder = try TemporaryFolder()
        let root = folder.path + "/" + prefix
        _ = try TreeInitializer.create(at: root)
        try folder.write("id: u1\nuserName: ada\n", to: prefix + "provisioned/users/ada.yaml")
        try folder.write("team: T\ngroups: []\n", to: prefix + "access/t.yaml")
        try folder.write("x", to: "foreign.txt")
        try FileManager.default.createSymbolicLink(atPath: root + "/access/link", withDestinationPath: "/etc")
        try folder.git("init", "--quiet", "--initial-branch=main")
        try folder.git("add", "--all")
        try folder.git("commit", "--quiet", "--message=x")
        // What is not committed is not read.
        try folder.write("nonsense", to: prefix + "provisioned/users/ada.yaml")
        let repository = try #require(try await Repository.discover(root))
        let commit = try #require(try await repository.resolve("HEAD"))
        let contents = try await TreeReader.read(CommitSource(repository, at: commit))
        #expect(
            contents.diagnostics.map(\.description) == [
                "access/link: error: the file is a symbolic link, which is not followed"
            ]
        )
        #expect(contents.paths == ["u1": "provisioned/users/ada.yaml"])
        #expect(contents.access.bindings.map(\.file) == ["access/t.yaml"])
    }
}
