import Foundation
import Git
import Testing

struct HeadWatchTests {
    private let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    /// What was read last is trusted only while the file looks old; a clock far ahead makes it look so at once.
    @Test(arguments: [0, HeadWatch.systemTime * 2])
    func `whatever becomes of HEAD is seen at once`(now: Int) async throws {
        let repository = try await sandbox.repository()
        let watch = HeadWatch(repository) { now }
        for _ in 0..<2 { #expect(watch.note == .branch("main")) }
        try await sandbox.git(["-C", "work", "switch", "-q", "-c", "team/feature"])
        for _ in 0..<2 { #expect(watch.note == .branch("team/feature")) }
        try await sandbox.git(["-C", "work", "checkout", "-q", "--detach"])
        for _ in 0..<2 { #expect(watch.note == .detached) }
        let head = URL(fileURLWithPath: repository.folder + "/HEAD")
        // Written over in its place, which git never does.
        try Data("ref: refs/heads/other\n".utf8).write(to: head)
        for _ in 0..<2 { #expect(watch.note == .branch("other")) }
        try Data("ref: refs/heads/.invalid\n".utf8).write(to: head)
        for _ in 0..<2 { #expect(watch.note == .unreadable) }
        let references = repository.folder + "/reftable"
        try FileManager.default.createDirectory(atPath: references, withIntermediateDirectories: true)
        #expect(watch.note == .elsewhere)
        try FileManager.default.removeItem(at: head)
        #expect(watch.note == .unreadable)
    }
}
