import Testing

@testable import Git

struct ReferenceTests {
    let sandbox: Sandbox
    private let name = "refs/dagroster/applied/acme"

    init() throws { sandbox = try Sandbox() }

    /// A commit that holds one file of a record.
    private func record(_ text: String, _ repository: Repository, _ parents: [CommitID] = []) async throws -> CommitID {
        let files = [TreeChange(path: "record.yaml", bytes: Array(text.utf8))]
        return try await repository.makeCommit(files: files, parents: parents, message: "applied", author: .entra)
    }

    @Test(arguments: ["sha1", "sha256"])
    func `a record is a commit of its own files on a reference of its own`(format: String) async throws {
        let repository = try await sandbox.repository(tree: "tree", format: format)
        let head = try #require(try await repository.head().commit)
        let first = try await record("a: 1\n", repository, [head])
        try await repository.setReference(name, to: first, expecting: .absent)
        let second = try await record("a: 2\n", repository, [head, first])
        try await repository.setReference(name, to: second, expecting: .at(first))

        #expect(try await repository.reference(name) == second)
        #expect(try await repository.references(under: "refs/dagroster/applied/") == [name: second])
        #expect(try await repository.info(of: second).parents == [head, first])
        #expect(try await repository.entries(of: second, from: .repository).map(\.path) == ["record.yaml"])
        let bytes = try await repository.contents(of: "record.yaml", in: second, from: .repository)
        #expect(bytes == Array("a: 2\n".utf8))
        #expect(try await repository.head().commit == head)
        #expect(try await repository.isSound())
    }

    @Test func `a reference moves only from where it is expected`() async throws {
        let repository = try await sandbox.repository()
        let one = try await record("1", repository)
        let two = try await record("2", repository)
        await #expect(throws: GitError.referenceMoved(name, expected: one, found: nil)) {
            try await repository.setReference(name, to: two, expecting: .at(one))
        }
        try await repository.setReference(name, to: one)
        await #expect(throws: GitError.referenceMoved(name, expected: nil, found: one)) {
            try await repository.setReference(name, to: two, expecting: .absent)
        }
        await #expect(throws: GitError.referenceMoved(name, expected: two, found: one)) {
            try await repository.deleteReference(name, expecting: .at(two))
        }
        #expect(try await repository.reference(name) == one)
        try await repository.deleteReference(name, expecting: .at(one))
        try await repository.deleteReference(name)
        #expect(try await repository.reference(name) == nil)
    }

    @Test(arguments: ["HEAD", "refs/", "refs/a..b", "refs/a.lock", "-d", "refs/.a", "refs/a\nb", "refs/a~1"])
    func `a name that git would not take is refused`(name: String) async throws {
        let repository = try await sandbox.repository()
        await #expect(throws: GitError.unsafeReference(name)) { try await repository.reference(name) }
    }

    @Test func `a record travels through a remote, and the slower of two clones is refused`() async throws {
        let work = try await sandbox.repository()
        try await sandbox.git(["init", "-q", "--bare", "remote.git"])
        try await sandbox.git(["-C", "work", "remote", "add", "origin", "../remote.git"])
        try await sandbox.git(["-C", "work", "push", "-q", "origin", "main"])
        try await sandbox.git(["clone", "-q", "-b", "main", "remote.git", "clone"])
        let clone = try #require(
            try await Repository.discover("\(sandbox.path)/clone", environment: Sandbox.environment)
        )
        #expect(try await work.remotes() == ["origin"])
        #expect(try await clone.fetch(name, from: "origin") == nil)

        let first = try await record("1", work)
        try await work.push(first, to: name, at: "origin", expecting: .absent)
        #expect(try await clone.fetch(name, from: "origin") == first)
        #expect(try await clone.reference(name) == nil)

        let other = try await record("other", clone)
        let refusals: [ExpectedReference] = [.absent, .at(other), .anything]
        for expectation in refusals {
            let error = await #expect(throws: GitError.self) {
                try await clone.push(other, to: name, at: "origin", expecting: expectation)
            }
            guard case .pushRejected(name, "origin", _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        try await clone.push(record("2", clone, [first]), to: name, at: "origin", expecting: .at(first))
        #expect(try await work.fetch(name, from: "origin") != first)
        #expect(try await work.isSound())
        #expect(try await clone.isSound())
    }

    @Test func `a remote that cannot be reached is an error, not an absent reference`() async throws {
        let repository = try await sandbox.repository()
        try await sandbox.git(["-C", "work", "remote", "add", "origin", "../nowhere.git"])
        await #expect(throws: GitError.self) { try await repository.fetch(name, from: "origin") }
        let commit = try await record("1", repository)
        await #expect(throws: GitError.self) {
            try await repository.push(commit, to: name, at: "origin", expecting: .absent)
        }
    }
}
