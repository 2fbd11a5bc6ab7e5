@testable import Endpoint
import Foundation
import Roster
import Testing

struct AuditTests {
    let time = Timestamp(milliseconds: 1_795_452_420_000)

    private func entry(_ what: String = "ada@example.com  deactivated") -> AuditEntry {
        AuditEntry(
            time: time,
            event: .written,
            source: "entra-prod",
            requestID: "r1",
            action: "user.change",
            id: "8f14",
            what: [what],
            before: "a1",
            after: "b2"
        )
    }

    private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    private func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test func `a line is one JSON object, whatever a name holds`() throws {
        #expect(
            entry().line == #"{"time":"2026-11-23T16:47:00Z","event":"written","source":"entra-prod","request":"r1","#
                + #""action":"user.change","id":"8f14","what":["ada@example.com  deactivated"],"before":"a1","after":"b2"}"#
        )
        let hostile = entry("x\"\n{\"event\":\"written\"}\u{2028}\u{1b}[31m").line
        #expect(!hostile.contains("\n") && !hostile.contains("\u{1b}"))
        let object = try JSONSerialization.jsonObject(with: Data(hostile.utf8)) as? [String: Any]
        #expect(object?["what"] as? [String] == ["x\"\n{\"event\":\"written\"}\u{2028}\u{1b}[31m"])
    }

    @Test func `lines are appended, for the owner alone, across restarts and after a cut line`() throws {
        try withFolder { (folder) throws in
            let path = folder + "/audit.jsonl"
            AuditLog(path: path).write(entry("one"))
            AuditLog(path: path).write(entry("two"))
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("{\"cut".utf8))
            try handle.close()
            AuditLog(path: path).write(entry("three"))
            #expect(try lines(path) == [entry("one").line, entry("two").line, "{\"cut", entry("three").line])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `a grown file is set aside, and the oldest goes`() throws {
        try withFolder { (folder) throws in
            let path = folder + "/audit.jsonl"
            let log = AuditLog(path: path, longest: entry("0").line.utf8.count * 2 + 4, kept: 2)
            for number in 0..<9 { log.write(entry("\(number)")) }
            #expect(try lines(path) == [entry("8").line])
            #expect(try lines(path + ".1") == [entry("6").line, entry("7").line])
            #expect(try lines(path + ".2") == [entry("4").line, entry("5").line])
            #expect(!FileManager.default.fileExists(atPath: path + ".3"))
            #expect(log.status == AuditLog.Status(lost: 0, problem: nil))
        }
    }

    @Test func `lines that come together are written with the last of them, and counted if that cannot be`() throws {
        try withFolder { (folder) throws in
            let path = folder + "/audit.jsonl"
            let log = AuditLog(path: path)
            log.write(entry("one"), isLast: false)
            #expect(!FileManager.default.fileExists(atPath: path))
            log.write(entry("two"))
            #expect(try lines(path) == [entry("one").line, entry("two").line])
            let folderInPlace = AuditLog(path: folder)
            folderInPlace.write(entry("one"), isLast: false)
            folderInPlace.write(entry("two"))
            #expect(folderInPlace.status.lost == 2)
        }
    }

    @Test func `what cannot be written is counted, and the next line is when it can be again`() throws {
        try withFolder { (folder) throws in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let path = folder + "/audit.jsonl"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let log = AuditLog(path: path)
            log.write(entry("lost"))
            #expect(log.status.lost == 1 && log.status.problem != nil)
            try FileManager.default.removeItem(atPath: path)
            log.write(entry("kept"))
            #expect(try lines(path) == [entry("kept").line])
            #expect(log.status == AuditLog.Status(lost: 1, problem: nil))
        }
    }
}
