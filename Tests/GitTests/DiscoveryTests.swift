import Foundation
import Testing

@testable import Git

struct DiscoveryTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    private func discover(_ name: String) async throws -> Repository? {
        try await Repository.discover("\(sandbox.path)/\(name)", environment: Sandbox.environment)
    }

    @Test func `a folder in no repository is none`() async throws {
        try sandbox.makeFolder("plain")
        #expect(try await discover("plain") == nil)
    }

    @Test func `a folder that does not exist is an error`() async throws {
        await #expect(throws: GitError.self) { try await discover("nowhere") }
    }

    @Test(arguments: ["a", "a/b c", "new\nline"])
    func `a folder inside a repository has its place as prefix`(folder: String) async throws {
        let repository = try await sandbox.repository("work", tree: folder)
        #expect(repository.prefix == folder + "/")
        #expect(repository.workTree.map { URL(fileURLWithPath: $0).lastPathComponent } == "work")
        #expect(repository.folder.hasSuffix("/work/.git"))
    }

    @Test func `a bare repository can be read and committed to`() async throws {
        let work = try await sandbox.repository()
        try await work.commit(["dagroster.yaml": "version: 1\n"])
        try await sandbox.git(["clone", "-q", "--bare", "work", "bare.git"])
        let bare = try #require(try await discover("bare.git"))
        #expect(bare.workTree == nil)
        #expect(bare.prefix.isEmpty)
        let head = try #require(try await bare.head().commit)
        #expect(try await bare.contents(of: "dagroster.yaml", in: head) == Array("version: 1\n".utf8))
        let committed = try #require(try await bare.commit(["a.yaml": "1\n"]))
        #expect(committed.pathsBehind == [])
        #expect(try await bare.isSound())
    }

    @Test func `a linked work tree is a place of its own`() async throws {
        _ = try await sandbox.repository()
        try await sandbox.git(["-C", "work", "worktree", "add", "-q", "-b", "side", "../linked"])
        let linked = try #require(try await discover("linked"))
        #expect(linked.headNote() == .branch("side"))
        let changes = [TreeChange(path: "a.yaml", bytes: Array("1\n".utf8))]
        try sandbox.write("1\n", to: "linked/a.yaml")
        let committed = try await linked.commit(changes, message: "m", author: .entra, on: "side")
        #expect(committed?.pathsBehind == [])
        #expect(try await linked.status() == [])
    }

    @Test func `the environment of a hook does not send us to another repository`() async throws {
        let repository = try await sandbox.repository()
        _ = try await sandbox.repository("other")
        let misleading = [
            "GIT_DIR": "\(sandbox.path)/other/.git", "GIT_WORK_TREE": "\(sandbox.path)/other",
            "GIT_INDEX_FILE": "\(sandbox.path)/other/.git/index", "GIT_PREFIX": "x/", "GIT_AUTHOR_DATE": "1",
        ]
        let environment = Sandbox.environment.merging(misleading) { first, _ in first }
        let found = try await Repository.discover("\(sandbox.path)/work", environment: environment)
        #expect(found == repository)
    }

    @Test func `a repository that was removed is not replaced by one further up`() async throws {
        _ = try await sandbox.git(["init", "-q", "-b", "main", "."])
        let inner = try await sandbox.repository("work")
        try sandbox.remove("work/.git")
        await #expect(throws: GitError.self) { try await inner.commit(["a.yaml": "1\n"]) }
        #expect(inner.headNote() == .unreadable)
    }

    @Test func `HEAD is on a branch, or detached, and its file says the same`() async throws {
        let repository = try await sandbox.repository()
        let commit = try await repository.head().commit
        #expect(try await repository.head() == Head(branch: "main", commit: commit))
        #expect(repository.headNote() == .branch("main"))
        try await sandbox.git(["-C", "work", "switch", "-q", "-c", "team/feature"])
        #expect(try await repository.head() == Head(branch: "team/feature", commit: commit))
        #expect(repository.headNote() == .branch("team/feature"))
        try await sandbox.git(["-C", "work", "checkout", "-q", "--detach"])
        #expect(try await repository.head() == Head(branch: nil, commit: commit))
        #expect(repository.headNote() == .detached)
    }
}
