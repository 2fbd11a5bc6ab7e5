import Foundation
import HashTreeCollections
import Roster
import SCIM
import Store
import Testing
import Tree

@testable import StoreCrashWriter

/// A process that writes with several clients is killed at random moments; nothing that it said was answered is lost.
@Suite(.serialized)
struct CrashTests {
    private static let writers = 16

    @Test(.timeLimit(.minutes(10)))
    func `kill -9 at any moment loses no answer and leaves no torn file`() async throws {
        let tree = try await TemporaryTree()
        var steps = [Int](repeating: 0, count: Self.writers)
        for round in 0..<Rounds.count(8) {
            let answered = try Self.runAndKill(tree.path, steps, after: .random(in: 5...500))
            let store = try await tree.reopened()
            let directory = store.snapshot.directory
            #expect(store.snapshot.broken == BrokenFiles(), "round \(round)")
            for writer in 0..<Self.writers {
                let last = max(steps[writer], answered[writer] ?? 0)
                let found = [last, last + 1].first { Self.fits(writer, $0, directory) }
                #expect(found != nil, "round \(round): writer \(writer) was answered \(last)")
                steps[writer] = found ?? last
            }
            store.close()
            try await store.closed()
            #expect(try await tree.written() == directory, "round \(round)")
            #expect(try tree.files().keys.allSatisfy { !$0.contains(DurableFile.temporaryPrefix) })
        }
        #expect(steps.allSatisfy { $0 > 0 })
    }

    /// Whether a directory is as after a step of a writer.
    private static func fits(_ writer: Int, _ step: Int, _ directory: Directory) -> Bool {
        let script = CrashScript(writer: writer)
        var model = Directory()
        do {
            try model.apply(.createGroup(CrashScript.group))
            for step in 1..<(step + 1) { try model.apply(script.mutation(step)) }
        } catch {
            return false
        }
        let own = directory.users.filter { $0.id.hasPrefix("w\(writer)-") }
        let members = directory.group(id: "shared")?.members.filter { $0.hasPrefix("w\(writer)-") } ?? []
        return Set(own) == Set(model.users) && Set(members) == Set(model.group(id: "shared")?.members ?? [])
    }

    /// Runs the writers for a while, and kills them.
    ///
    /// - Returns: the last step of each writer that was answered.
    private static func runAndKill(_ tree: String, _ steps: [Int], after milliseconds: Int) throws -> [Int: Int] {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(filePath: tests).deletingLastPathComponent().appending(path: "StoreCrashWriter")
        process.arguments = [tree] + steps.map(String.init)
        let log = tree + "/.dagroster/answers"
        try FileManager.default.createDirectory(
            atPath: tree + "/.dagroster",
            withIntermediateDirectories: true
        )
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: log))
        try process.run()
        usleep(UInt32(milliseconds) * 1000)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        var answered: [Int: Int] = [:]
        for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            if numbers.count == 2 { answered[numbers[0]] = numbers[1] }
        }
        return answered
    }
}
