import Foundation
import Glibc
import Roster
import Testing

@testable import Tree

struct DurableFileTests {
    @Test func `a file is replaced as a whole, with its folders, mode and time`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a/b/file.yaml"
        let time = Timestamp(milliseconds: 1_700_000_000_123)
        try DurableFile.replace(path, with: Array("one\n".utf8))
        try DurableFile.replace(path, with: Array("two\n".utf8), modified: time)
        #expect(try folder.read("a/b/file.yaml") == "two\n")
        #expect(try folder.names() == ["a", "a/b", "a/b/file.yaml"])
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
        #expect(FileState(path: path)?.modified == time)
    }

    @Test func `a file is removed, and removing none is no error`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "x.yaml")
        try DurableFile.remove(folder.path + "/x.yaml")
        try DurableFile.remove(folder.path + "/x.yaml")
        try DurableFile.remove(folder.path + "/none/x.yaml")
        #expect(try folder.names() == [])
    }

    @Test func `a file that cannot be written says why and leaves nothing`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "in-the-way/child")
        let path = folder.path + "/in-the-way"
        #expect(throws: FileError(action: "replace", path: path, code: EISDIR)) {
            try DurableFile.replace(path, with: [])
        }
        #expect(try folder.names() == ["in-the-way", "in-the-way/child"])
        #expect(
            FileError(action: "replace", path: "/x", code: ENOSPC).description
                == "cannot replace \"/x\": No space left on device"
        )
    }

    @Test func `changes before a failure are made and those after it are not`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "way/child")
        #expect(throws: FileError.self) {
            try DurableFile.apply([
                DurableFile.Change(path: folder.path + "/one", bytes: [49]),
                DurableFile.Change(path: folder.path + "/way", bytes: [50]),
                DurableFile.Change(path: folder.path + "/three", bytes: [51]),
            ])
        }
        #expect(try folder.names() == ["one", "way", "way/child"])
    }

    @Test func `a batch begins when all contents are on disk, and stays begun where it fails`() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: BatchMark.path)
        try folder.write("old", to: "two")
        let batches = BatchWriter(root: folder.path)
        let one = DurableFile.Change(path: folder.path + "/one", bytes: [49])
        let two = DurableFile.Change(path: folder.path + "/two", bytes: nil)
        try DurableFile.apply([one, two], in: batches)
        #expect(try folder.names().filter { !$0.hasPrefix(".dagroster") } == ["one"])
        #expect(try folder.read(BatchMark.path) == BatchMark(count: 1, isBegun: false).line)
        // What cannot be written at all begins nothing, and what could be is in no place either.
        let next = DurableFile.Change(path: folder.path + "/one", bytes: [50])
        let inside = DurableFile.Change(path: folder.path + "/one/inside", bytes: [50])
        #expect(throws: FileError.self) { try DurableFile.apply([next, inside], in: batches) }
        #expect(try folder.read("one") == "1")
        #expect(try folder.read(BatchMark.path) == BatchMark(count: 1, isBegun: false).line)
        try folder.write("x", to: "way/child")
        let way = DurableFile.Change(path: folder.path + "/way", bytes: [51])
        #expect(throws: FileError.self) { try DurableFile.apply([one, way], in: batches) }
        #expect(try folder.read(BatchMark.path) == BatchMark(count: 2, isBegun: true).line)
        #expect(try folder.names().filter { $0.hasSuffix(".tmp") } == [])
    }

    @Test func `a link in a file's place is replaced and not followed`() throws {
        let folder = try TemporaryFolder()
        try folder.write("safe", to: "target")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link",
            withDestinationPath: folder.path + "/target"
        )
        #expect(throws: FileError(action: "read", path: folder.path + "/link", code: ELOOP)) {
            try DurableFile.read(folder.path + "/link")
        }
        try DurableFile.replace(folder.path + "/link", with: Array("new".utf8))
        #expect(try folder.read("target") == "safe")
        #expect(try folder.read("link") == "new")
    }
}

struct FileLockTests {
    private let holder = LockHolder(
        process: 4711,
        host: "ci-3",
        command: "dagroster serve",
        since: "2026-11-23T16:47:00Z"
    )

    @Test func `a lock has one holder, who is named`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/.dagroster/serve.lock"
        guard case .acquired(let lock) = try FileLock.tryLock(path, as: holder) else {
            Issue.record("the lock is free and was not given")
            return
        }
        #expect(
            try folder.read(".dagroster/serve.lock")
                == "pid=4711 host=ci-3 since=2026-11-23T16:47:00Z command=dagroster serve\n"
        )
        guard case .held(let other) = try FileLock.tryLock(path, as: .current(command: "x", since: "y")) else {
            Issue.record("the lock was given twice")
            return
        }
        #expect(other == holder)
        #expect(other?.description == "dagroster serve (process 4711 on ci-3, since 2026-11-23T16:47:00Z)")
        withExtendedLifetime(lock) {}
    }

    @Test func `a lock that nobody has any more is given again`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lock"
        do {
            let first = try FileLock.tryLock(path, as: holder)
            withExtendedLifetime(first) {}
        }
        #expect(try folder.read("lock") == "")
        guard case .acquired = try FileLock.tryLock(path, as: holder) else {
            Issue.record("the lock is free and was not given")
            return
        }
    }

    @Test func `a child process does not keep the lock`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lock"
        let lock = try FileLock.tryLock(path, as: holder)
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int32.init).filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
        }
        #expect(open.map { fcntl($0, F_GETFD) & FD_CLOEXEC } == [FD_CLOEXEC])
        withExtendedLifetime(lock) {}
    }

    @Test(arguments: ["", "{", "pid=x host=a since=b command=c", "pid=1 host=a since=b"])
    func `a file that names nobody is no holder`(text: String) { #expect(LockHolder(line: text) == nil) }
}
