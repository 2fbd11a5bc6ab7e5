import Access
import Foundation
import Glibc
import Roster
import SCIM
import Synchronization
import Testing
import YAML

@testable import Tree

/// The lock between whoever puts batches of files in place and whoever reads them.
struct BatchTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try TreeInitializer.create(at: folder.path)
        try folder.write("", to: BatchMark.path)
        for name in ["ada", "grace", "lin"] { try write(name, title: "Analyst") }
    }

    private func write(_ name: String, title: String) throws {
        let text = "id: \(name)\nuserName: \(name)\nactive: true\ntitle: \(title)\n"
        try DurableFile.replace(folder.path + "/provisioned/users/\(name).yaml", with: Array(text.utf8))
    }

    private var mark: BatchMark? { (try? folder.read(BatchMark.path)).flatMap(BatchMark.init(line:)) }

    private func writer(patience: Duration = .seconds(60)) -> BatchWriter {
        BatchWriter(root: folder.path, patience: patience)
    }

    @Test func `a mark is read as it was written, and nothing else is a mark`() {
        for (count, isBegun) in [(0, false), (0, true), (7, false), (7, true), (UInt64.max, false), (.max, true)] {
            let mark = BatchMark(count: count, isBegun: isBegun)
            #expect(mark.line.utf8.count == BatchMark.length)
            #expect(BatchMark(line: mark.line) == mark)
            for cut in 0..<mark.line.count { #expect(BatchMark(line: String(mark.line.prefix(cut))) == nil) }
            #expect(BatchMark(line: mark.line + "\n") == nil)
        }
        #expect(BatchMark(line: "whole  0000000000000000007\n") == nil)
        #expect(BatchMark(line: "other 00000000000000000007\n") == nil)
    }

    @Test func `a batch is begun while it is put in place, and stays so when that fails`() throws {
        writer().put { #expect(mark == BatchMark(count: 1, isBegun: true)) }
        #expect(mark == BatchMark(count: 1, isBegun: false))
        let error = FileError(action: "write", path: "x", code: EIO)
        #expect(throws: error) { try writer().put { () throws(FileError) in throw error } }
        #expect(mark == BatchMark(count: 2, isBegun: true))
        writer().put { #expect(mark == BatchMark(count: 3, isBegun: true)) }
        #expect(mark == BatchMark(count: 3, isBegun: false))
        writer().settle()
        #expect(mark == BatchMark(count: 3, isBegun: false))
        #expect(throws: error) { try writer().put { () throws(FileError) in throw error } }
        writer().settle()
        #expect(mark == BatchMark(count: 4, isBegun: false))
    }

    @Test func `where nothing was ever served the lock file is made, and a folder for it is not`() throws {
        try FileManager.default.removeItem(atPath: folder.path + "/" + BatchMark.path)
        writer().settle()
        #expect(mark == BatchMark(count: 0, isBegun: false))
        try FileManager.default.removeItem(atPath: folder.path + "/.dagroster")
        writer().settle()
        writer().put { #expect(mark == nil) }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/.dagroster"))
    }

    @Test func `a reader who does not let go is waited for once, and sees that it was not waited for`() async throws {
        let patience = Duration.milliseconds(500)
        let writer = writer(patience: patience)
        let kept = open(folder.path + "/" + BatchMark.path, O_RDONLY)
        defer { close(kept) }
        #expect(flock(kept, LOCK_SH | LOCK_NB) == 0)
        let first = ContinuousClock().measure { writer.put {} }
        #expect(first >= patience)
        let others = ContinuousClock().measure { for _ in 0..<20 { writer.put {} } }
        #expect(others < patience * 20)
        #expect(mark == BatchMark(count: 21, isBegun: false))
        // One who lets go is waited for again.
        flock(kept, LOCK_UN)
        writer.put {}
        flock(kept, LOCK_SH)
        #expect(ContinuousClock().measure { writer.put {} } >= patience)
    }

    @Test func `a reader who is killed lets go`() throws {
        let reader = Process()
        reader.executableURL = URL(filePath: "/usr/bin/env")
        // One process alone has the file open: the shell, which then becomes another program.
        let command = "exec 9<\"$1\"; flock -s 9; echo locked; exec cat"
        reader.arguments = ["bash", "-c", command, "sh", folder.path + "/" + BatchMark.path]
        let (input, output) = (Pipe(), Pipe())
        (reader.standardInput, reader.standardOutput) = (input, output)
        try reader.run()
        #expect(try output.fileHandleForReading.read(upToCount: 7) == Data("locked\n".utf8))
        let isPut = DispatchSemaphore(value: 0)
        let writer = writer()
        Thread.detachNewThread {
            writer.put { _ = isPut.signal() }
        }
        #expect(isPut.wait(timeout: .now() + 0.2) == .timedOut)
        kill(reader.processIdentifier, SIGKILL)
        #expect(isPut.wait(timeout: .now() + 30) == .success)
        reader.waitUntilExit()
    }
}

// Reading.
extension BatchTests {
    private func titles(_ contents: TreeContents) -> [String] {
        contents.directory.users.sorted { $0.userName < $1.userName }.map { $0.attributes["title"]?.string ?? "" }
    }

    @Test func `only what a batch has replaced is read again`() async throws {
        writer().settle()
        let source = RecordingSource(folder) { listing in
            guard listing == 1 else { return }
            writer().put {
                #expect(throws: Never.self) {
                    try write("ada", title: "Countess")
                    try write("joan", title: "Clerk")
                    try DurableFile.remove(folder.path + "/provisioned/users/lin.yaml")
                }
            }
        }
        let contents = try await TreeReader.read(source)
        #expect(titles(contents) == ["Countess", "Analyst", "Clerk"])
        let again = ["provisioned/users/ada.yaml", "provisioned/users/joan.yaml"]
        #expect(source.read.last == again)
        #expect(source.read.dropLast().allSatisfy { Set($0).isDisjoint(with: ["provisioned/users/joan.yaml"]) })
        #expect(source.listings == 2)
    }

    @Test func `files that nobody replaces are listed and read once`() async throws {
        writer().put {}
        let source = RecordingSource(folder)
        #expect(titles(try await TreeReader.read(source)) == ["Analyst", "Analyst", "Analyst"])
        #expect(source.listings == 1)
    }

    @Test func `settings and access files that came with a batch are read again`() async throws {
        writer().settle()
        let source = RecordingSource(folder) { listing in
            guard listing == 1 else { return }
            writer().put {
                #expect(throws: Never.self) {
                    try folder.write("team: A\n", to: "access/a.yaml")
                    let settings = folder.path + "/" + TreeLocation.settingsFile
                    let lines = try DurableFile.read(settings)
                    try DurableFile.replace(settings, with: lines + Array("identity: {email: userName}\nx: y\n".utf8))
                }
            }
        }
        let contents = try await TreeReader.read(source)
        #expect(contents.access.bindings.count == 1)
        #expect(contents.diagnostics.contains { $0.message.contains("\"x\"") }, "\(contents.diagnostics)")
    }

    @Test func `a writer who does not wait is noticed, and said when that does not end`() async throws {
        let impatient = writer(patience: .zero)
        let limit = Mutex(2)
        let source = RecordingSource(folder) { listing in
            if listing <= limit.withLock({ $0 }) { impatient.put {} }
        }
        #expect(try await TreeReader.read(source).diagnostics.filter { $0.file == "provisioned" } == [])
        #expect(source.listings == 3)
        limit.withLock { $0 = .max }
        let doubts = try await TreeReader.read(source).diagnostics.filter { $0.file == "provisioned" }
        #expect(doubts.map(\.severity) == [.error])
        #expect(doubts.first?.message.contains("some may be missed") == true)
    }

    @Test func `a batch that does not end is not waited for for ever`() async throws {
        let source = RecordingSource(folder, patience: .milliseconds(20))
        let (begun, over) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let writer = writer()
        Thread.detachNewThread {
            writer.put {
                begun.signal()
                over.wait()
            }
        }
        begun.wait()
        let contents = try await TreeReader.read(source)
        over.signal()
        #expect(titles(contents).count == 3)
        #expect(contents.diagnostics.contains { $0.message.contains("some may be missed") })
    }
}

/// The files of a folder; notes what is read, and does something after each listing.
private final class RecordingSource: FileSource {
    private let folder: FolderSource
    private let patience: Duration
    private let listed: @Sendable (Int) -> Void
    private let state = Mutex((listings: 0, read: [[String]]()))

    init(
        _ folder: TemporaryFolder,
        patience: Duration = .seconds(60),
        listed: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.folder = FolderSource(folder.path)
        self.patience = patience
        self.listed = listed
    }

    var listings: Int { state.withLock { $0.listings } }
    /// The paths of each call, those without any left out.
    var read: [[String]] { state.withLock { $0.read } }

    var batches: BatchReader? { BatchReader(root: folder.root, patience: patience) }

    func files() async throws -> [SourceFile] {
        let files = try await folder.files()
        let listing = state.withLock { state in
            state.listings += 1
            return state.listings
        }
        listed(listing)
        return files
    }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        if !files.isEmpty { state.withLock { $0.read.append(files.map(\.path)) } }
        return try await folder.contents(of: files)
    }
}
