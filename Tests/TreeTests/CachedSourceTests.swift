import Foundation
import Git
import Roster
import SCIM
import Testing

@testable import Tree

/// A cache saves reading, and never changes what is read.
struct CachedSourceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try TreeInitializer.create(at: folder.path)
        for name in ["ada", "grace", "lin"] { try write(name) }
    }

    private func write(_ name: String, id: String? = nil, title: String = "Analyst") throws {
        let text = "id: \(id ?? name)\nuserName: \(name)\nactive: true\ntitle: \(title)\n"
        try folder.write(text, to: "provisioned/users/\(name).yaml")
    }

    private var cache: String { CacheFolder.folder(of: folder.path) + "/folder" }

    /// A time when every file's state is settled, and one when all files were still to come, however long a test takes.
    static let (longAfter, longBefore) = (Int.max / 2, 0)

    /// The source when every file's state is settled.
    private var source: CachedSource<FolderSource> {
        CachedSource(FolderSource(folder.path), at: cache, fewest: 1) { Self.longAfter }
    }

    /// What is read by the cache, which must be what is read without.
    @discardableResult
    private func read() async throws -> TreeContents {
        let cached = try await TreeReader.read(source)
        let plain = try await TreeReader.read(FolderSource(folder.path))
        #expect(cached.directory == plain.directory)
        #expect(cached.paths == plain.paths)
        #expect(cached.diagnostics == plain.diagnostics)
        return cached
    }

    private func title(_ name: String) async throws -> String? {
        try await read().directory.user(named: name)?.attributes["title"]?.string
    }

    @Test func `what was read once is taken from the cache`() async throws {
        try await read()
        let index = try #require(ContentCache(cache)).index
        #expect(index.count == 3)
        let counting = CountingSource(inner: FolderSource(folder.path))
        let cached = CachedSource(counting, at: cache, fewest: 1) { Self.longAfter }
        let contents = try await TreeReader.read(cached)
        #expect(contents.directory.users.count == 3)
        #expect(counting.read.isEmpty)
    }

    @Test func `a cache that is renewed later is the one that reading writes, and is written once`() async throws {
        try await read()
        let expected = try Data(contentsOf: URL(filePath: cache))
        try FileManager.default.removeItem(atPath: cache)
        let renewal = CacheRenewal()
        func contents() async throws -> TreeContents {
            let source = FolderSource(folder.path)
            let now = { @Sendable in Self.longAfter }
            return try await TreeReader.read(CachedSource(source, at: cache, fewest: 1, renewal: renewal, now: now))
        }
        #expect(try await contents().directory.users.count == 3)
        #expect(ContentCache(cache) == nil)
        await renewal.run(source)
        #expect(try Data(contentsOf: URL(filePath: cache)) == expected)
        try FileManager.default.removeItem(atPath: cache)
        await renewal.run(source)
        #expect(ContentCache(cache) == nil)
    }

    @Test func `a cache that is given up is not written, and nothing of it is left`() async throws {
        let renewal = CacheRenewal()
        let source = CachedSource(FolderSource(folder.path), at: cache, fewest: 1, renewal: renewal) {
            Self.longAfter
        }
        _ = try await TreeReader.read(source)
        renewal.giveUp()
        await renewal.run(source)
        let parent = URL(filePath: cache).deletingLastPathComponent().path
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent).filter { $0.contains("dagroster-") } == [])
        #expect(ContentCache(cache) == nil)
    }

    @Test func `a file that has changed since it was listed is read again although a late cache has it`() async throws {
        let renewal = CacheRenewal()
        let late = CachedSource(FolderSource(folder.path), at: cache, fewest: 1, renewal: renewal) {
            Self.longAfter
        }
        _ = try await TreeReader.read(late)
        try write("ada", title: "Manager")
        await renewal.run(late)
        try write("ada", title: "Countess")
        #expect(ContentCache(cache) != nil)
        #expect(try await title("ada") == "Countess")
    }

    @Test func `a file that was too young when it was listed is not kept by a late cache either`() async throws {
        let renewal = CacheRenewal()
        let first = try await changed("lin")
        // Files tell a later change from this one once the clock has gone on.
        repeat { try write("ada") } while try await changed("ada") <= first
        let settled = first + ContentTag.margin + 1
        let late = CachedSource(FolderSource(folder.path), at: cache, fewest: 1, renewal: renewal) { settled }
        _ = try await TreeReader.read(late)
        await renewal.run(late)
        #expect(try #require(ContentCache(cache)).index.count == 2)
    }

    /// When a file was changed, in nanoseconds since 1970.
    private func changed(_ name: String) async throws -> Int {
        let file = try await FolderSource(folder.path).files().first { $0.path.hasSuffix("/\(name).yaml") }
        return try #require(file?.tag).fileNumbers.3
    }

    @Test func `a file that is too young is not kept`() async throws {
        let young = CachedSource(FolderSource(folder.path), at: cache, fewest: 1) { Self.longBefore }
        _ = try await TreeReader.read(young)
        #expect(ContentCache(cache) == nil)
    }

    @Test func `a file with other content, the same size and the same time is read again`() async throws {
        #expect(try await title("ada") == "Analyst")
        let path = folder.path + "/provisioned/users/ada.yaml"
        let time = try #require(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seek(toOffset: UInt64("id: ada\nuserName: ada\nactive: true\ntitle: ".utf8.count))
        try handle.write(contentsOf: Data("Manager".utf8))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
        #expect(try await title("ada") == "Manager")
    }

    @Test func `a file that is replaced by another one is read again`() async throws {
        try await read()
        try write("ada", title: "Manager")
        try FileManager.default.removeItem(atPath: folder.path + "/provisioned/users/lin.yaml")
        try write("joan")
        let contents = try await read()
        #expect(contents.directory.users.map(\.userName).sorted() == ["ada", "grace", "joan"])
        #expect(contents.directory.user(named: "ada")?.attributes["title"]?.string == "Manager")
    }

    @Test func `two files that change their places are told apart`() async throws {
        try await read()
        let users = folder.path + "/provisioned/users/"
        try FileManager.default.moveItem(atPath: users + "ada.yaml", toPath: users + "x")
        try FileManager.default.moveItem(atPath: users + "lin.yaml", toPath: users + "ada.yaml")
        try FileManager.default.moveItem(atPath: users + "x", toPath: users + "lin.yaml")
        #expect(try await read().paths["ada"] == "provisioned/users/lin.yaml")
    }

    @Test func `a cache that is damaged anywhere, cut or longer changes nothing`() async throws {
        try await read()
        let whole = try Data(contentsOf: URL(filePath: cache))
        for index in whole.indices {
            var damaged = whole
            damaged[index] ^= index.isMultiple(of: 2) ? 0x01 : 0xFF
            try await expectNoChange(by: damaged)
        }
        for length in 0..<whole.count { try await expectNoChange(by: whole.prefix(length)) }
        try await expectNoChange(by: whole + [0])
        try await expectNoChange(by: whole + whole)
        try await expectNoChange(by: Data())
    }

    private func expectNoChange(by bytes: Data) async throws {
        try bytes.write(to: URL(filePath: cache))
        let contents = try await TreeReader.read(source)
        #expect(contents.directory.users.map(\.userName).sorted() == ["ada", "grace", "lin"])
        #expect(contents.diagnostics == [])
    }

    @Test func `a cache of another form is not taken`() async throws {
        try await read()
        var bytes = try Data(contentsOf: URL(filePath: cache))
        let foot = bytes.count - ContentIndex.wordsOfFoot * 8
        bytes[foot + 8] += 1
        try bytes.write(to: URL(filePath: cache))
        #expect(ContentCache(cache) == nil)
        try await read()
        #expect(ContentCache(cache) != nil)
    }

    @Test func `a cache that is a link or a folder is not followed`() async throws {
        try folder.write("x", to: "elsewhere")
        try FileManager.default.createDirectory(
            atPath: CacheFolder.folder(of: folder.path),
            withIntermediateDirectories: true
        )
        try FileManager.default.createSymbolicLink(atPath: cache, withDestinationPath: folder.path + "/elsewhere")
        try await read()
        #expect(try folder.read("elsewhere") == "x")
    }

    @Test func `a settings file that changes decides anew what the kept files are`() async throws {
        try await read()
        try folder.write(
            "version: 1\nlayout: {shards: 256}\ntargets: {a: {kind: file, path: t}}\n",
            to: "dagroster.yaml"
        )
        #expect(try await read().directory.users.isEmpty)
    }

    @Test func `nothing is left beside the cache, and a few changes do not write it anew`() async throws {
        try await read()
        let before = try Data(contentsOf: URL(filePath: cache))
        for number in 0..<40 { try write("user\(number)") }
        try await read()
        let grown = try Data(contentsOf: URL(filePath: cache))
        #expect(grown.count > before.count)
        try write("ada", title: "Manager")
        try await read()
        #expect(try Data(contentsOf: URL(filePath: cache)) == grown)
        #expect(try FileManager.default.contentsOfDirectory(atPath: CacheFolder.folder(of: folder.path)) == ["folder"])
    }

    @Test func `what another process has begun is left alone, unless it is old`() async throws {
        let begun = ".dagroster/cache/.dagroster-folder"
        try folder.write("begun", to: begun)
        try await read()
        #expect(ContentCache(cache) == nil)
        #expect(try folder.read(begun) == "begun")
        let old = Date(timeIntervalSinceNow: -3600)
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: folder.path + "/" + begun)
        try await read()
        #expect(ContentCache(cache)?.index.count == 3)
    }

    @Test func `a commit's files are known by their blobs`() async throws {
        try folder.git("init", "-q", "-b", "main")
        try folder.git("add", "-A")
        try folder.git("commit", "-qm", "one")
        let repository = try #require(try await Repository.discover(folder.path))
        let first = try #require(try await repository.resolve("HEAD"))
        let path = CacheFolder.folder(of: folder.path) + "/commit"
        func title(at commit: CommitID) async throws -> String? {
            let cached = CachedSource(CommitSource(repository, at: commit), at: path, fewest: 1)
            return try await TreeReader.read(cached).directory.user(named: "ada")?.attributes["title"]?.string
        }
        #expect(try await title(at: first) == "Analyst")
        #expect(ContentCache(path)?.index.count == 3)
        try write("ada", title: "Manager")
        try folder.git("commit", "-qam", "two")
        let second = try #require(try await repository.resolve("HEAD"))
        #expect(try await title(at: second) == "Manager")
        #expect(try await title(at: first) == "Analyst")
    }
}

/// Notes which files are read.
private final class CountingSource: FileSource {
    private let inner: FolderSource
    private let lock = NSLock()
    nonisolated(unsafe) private var paths: [String] = []  // under the lock

    init(inner: FolderSource) { self.inner = inner }

    var read: [String] { lock.withLock { paths } }

    func files() async throws -> [SourceFile] { try await inner.files() }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] { try await inner.contents(of: files) }

    func read(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        lock.withLock { paths += files.map(\.path) }
        try await inner.read(files, receive: receive)
    }
}
