import Foundation
import Testing

@testable import Git

struct ContentsTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test(arguments: ["sha1", "sha256"])
    func `five thousand files are read by one process`(format: String) async throws {
        let repository = try await sandbox.repository(format: format)
        var files: [String: String?] = [:]
        let filling = String(repeating: "x", count: 900)
        for number in 0..<5000 { files["users/\(number).yaml"] = "id: \(number)\n" + filling }
        let committed = try #require(try await repository.commit(files))

        let entries = try await repository.entries(of: committed.id, under: ["users"])
        var read: [String?] = []
        try await repository.readContents(of: entries.map(\.object)) { _, bytes in
            read.append(String(decoding: bytes, as: UTF8.self))
        }

        #expect(read == entries.map { files[$0.path] ?? nil })
        #expect(read.count == 5000)
    }

    @Test func `where a file has no room, nothing is handed over by way of it`() async throws {
        let repository = try await sandbox.repository()
        let committed = try #require(try await repository.commit(["a.yaml": "a\n", "b.yaml": "b\n"]))
        let objects = try await repository.entries(of: committed.id).map(\.object)
        var read: [String] = []
        func take(_ file: AnswerFile) async throws -> Bool {
            try await repository.readContents(of: objects[...], through: file) { _, bytes in
                read.append(String(decoding: bytes, as: UTF8.self))
            }
        }
        #expect(try await !take(AnswerFile(number: open("/dev/full", O_RDWR))))
        #expect(read == [])
        #expect(try await take(#require(AnswerFile())))
        #expect(read.suffix(2) == ["a\n", "b\n"])
        #expect(AnswerFile(in: sandbox.path + "/nowhere") == nil)
    }

    @Test func `a reader that stops early ends git, too`() async throws {
        struct Enough: Error {}
        let repository = try await sandbox.repository()
        var files: [String: String?] = [:]
        for number in 0..<2000 { files["\(number).yaml"] = String(repeating: "\(number)\n", count: 500) }
        let committed = try #require(try await repository.commit(files))
        let objects = try await repository.entries(of: committed.id).map(\.object)
        await #expect(throws: Enough.self) {
            try await repository.readContents(of: objects + objects + objects) { _, _ in throw Enough() }
        }
    }

    @Test func `entries know what they are`() async throws {
        let repository = try await sandbox.repository()
        try await sandbox.git(["-C", "work", "update-index", "--chmod=+x", "README"])
        let link = try await sandbox.git(["-C", "work", "hash-object", "-w", "--stdin"], input: "README").prefix(40)
        try await sandbox.git(["-C", "work", "update-index", "--add", "--cacheinfo", "120000,\(link),link"])
        let head = try #require(try await repository.head().commit)
        try await sandbox.git(["-C", "work", "update-index", "--add", "--cacheinfo", "160000,\(head),module"])
        try await sandbox.git(["-C", "work", "-c", "user.name=P", "-c", "user.email=p@x", "commit", "-q", "-m", "m"])
        let commit = try #require(try await repository.head().commit)
        let entries = try await repository.entries(of: commit)
        #expect(entries.map(\.path) == ["README", "link", "module"])
        #expect(entries.map(\.kind) == [.executable, .symlink, .submodule])
        #expect(try await repository.contents(of: "link", in: commit) == nil)
        #expect(try await repository.contents(of: "module", in: commit) == nil)
    }

    @Test func `of a tree in a folder only its own files are listed, by their paths in it`() async throws {
        let repository = try await sandbox.repository(tree: "identity")
        let commit = try #require(try await repository.commit(["a/b.yaml": "1\n", "c.yaml": "2\n"])).id
        #expect(try await repository.entries(of: commit).map(\.path) == ["a/b.yaml", "c.yaml"])
        #expect(try await repository.entries(of: commit, under: ["a"]).map(\.path) == ["a/b.yaml"])
        #expect(try await repository.entries(of: commit, under: ["none"]) == [])
        let all = try await repository.entries(of: commit, from: .repository)
        #expect(all.map(\.path) == ["README", "identity/a/b.yaml", "identity/c.yaml"])
        #expect(try await repository.contents(of: "a", in: commit) == nil)
        #expect(try await repository.contents(of: "README", in: commit) == nil)
        #expect(try await repository.contents(of: "README", in: commit, from: .repository) == Array("hello\n".utf8))
    }

    @Test func `an object that is not there is named`() async throws {
        let repository = try await sandbox.repository()
        let missing = try #require(ObjectID(String(repeating: "1", count: 40)))
        await #expect(throws: GitError.noSuchObject(missing)) { try await repository.contents(of: [missing]) }
        #expect(try await repository.contents(of: []) == [:])
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8, 50, 60, 200])
    func `answers are read however they are cut`(size: Int) throws {
        let name = String(repeating: "a", count: 40)
        let answer = Array("\(name) blob 3\nx\ny\n\(name) blob 0\n\n\(name) blob 1\nz\n".utf8)
        var reader = CatFileReader(limit: 10)
        var read: [[UInt8]] = []
        for start in stride(from: 0, to: answer.count, by: size) {
            try answer[start..<min(start + size, answer.count)].withUnsafeBytes { bytes in
                try reader.take(bytes) { read.append(Array($1)) }
            }
        }
        #expect(read == [Array("x\ny".utf8), [], Array("z".utf8)])
        #expect(reader.isWhole)
    }

    @Test(
        arguments: [
            ("\(String(repeating: "a", count: 40)) missing\n", "missing"), ("rubbish\n", "header"),
            ("\(String(repeating: "a", count: 40)) blob 11\n", "tooLarge"),
            ("\(String(repeating: "a", count: 40)) tree 1\n", "header"),
        ]
    )
    func `an answer that is not an object is refused`(answer: String, reason: String) {
        var reader = CatFileReader(limit: 10)
        let failure = #expect(throws: CatFileReader.Failure.self) {
            try Array(answer.utf8).withUnsafeBytes { bytes in try reader.take(bytes) { _, _ in } }
        }
        #expect(failure.map { "\($0)".hasPrefix(reason) } == true)
    }
}
