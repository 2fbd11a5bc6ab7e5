import Foundation
import Testing

@testable import Git
@testable import Publish

/// A disk that is full while a window is to be committed.
@Suite(.enabled(if: TinyDisk.isToBeHad, "nobody may mount a file system here"))
struct FullDiskTests {
    @Test func `what found no room is committed when there is some, and nothing is torn meanwhile`() async throws {
        let disk = try #require(try TinyDisk())
        let fixture = try await Fixture(at: disk.path)
        try await fixture.running {
            try await fixture.send(.user("ada"))
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.commits == 1 }
            try await fixture.send(.user("grace"))
            try disk.fill()
            fixture.clock.advance(by: .seconds(2))
            try await fixture.until { $0.failures == 1 }
            let error = try #require(await fixture.publisher.status().lastError)
            #expect(error.contains("Out of diskspace") || error.contains("No space left"), "\(error)")
            #expect(try await fixture.history().count == 1)
            let names = try FileManager.default.contentsOfDirectory(atPath: disk.path + "/.git")
            #expect(names.filter { $0.contains("crash") } == [])
            #expect(try await fixture.git("fsck", "--strict", "--no-dangling").isEmpty)
            try disk.makeRoom()
            fixture.clock.advance(by: .seconds(60))
            try await fixture.until { $0.commits == 2 && $0.pendingChanges == 0 }
        }
        let last = try #require(try await fixture.history().last)
        #expect(try await fixture.files(of: last) == ["ada.yaml": "1\n", "grace.yaml": "1\n"])
        #expect(try await fixture.repository.status() == [])
        #expect(try await fixture.git("fsck", "--strict", "--no-dangling").isEmpty)
    }
}

/// A file system of two megabytes in memory, which is gone with the test.
private final class TinyDisk {
    static let isToBeHad = (try? TinyDisk()) != nil

    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tiny-disk-\(UUID().uuidString)").path

    /// Nil where mounting is not allowed.
    init?() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard try Self.run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", path) == 0 else {
            try FileManager.default.removeItem(atPath: path)
            return nil
        }
    }

    deinit {
        _ = try? Self.run("umount", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    private var ballast: String { path + "/.git/ballast" }

    /// Takes all the room that is left.
    func fill() throws {
        #expect(try Self.run("dd", "if=/dev/zero", "of=" + ballast, "bs=4096") != 0)
    }

    func makeRoom() throws { try FileManager.default.removeItem(atPath: ballast) }

    private static func run(_ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
