import Foundation
import Roster
import SCIM
import Testing
import Tree

@testable import Store

/// A class, because the folder goes with each test.
final class JournalTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    private var folder: String { root + "/.dagroster/journal" }

    init() throws {
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    @Test func `what was appended is read back in order, over several segments`() throws {
        var journal = Journal(root: root, disk: Disk(), segmentSize: 1024)
        let entries = (1...100).map { JournalEntry.done(through: $0) }
        for entry in entries { try journal.append([entry]) }
        journal.closeSegment()
        let scan = try JournalScan(folder: folder, disk: Disk())
        #expect(scan.entries == entries)
        #expect(scan.segments.count > 2)
        #expect(scan.nextNumber == 101)
    }

    @Test func `an entry longer than a segment gets one of its own`() throws {
        var journal = Journal(root: root, disk: Disk(), segmentSize: 1024)
        let long = change(1, title: String(repeating: "x", count: 10_000))
        try journal.append([.done(through: 0)])
        try journal.append([long, .done(through: 1)])
        journal.closeSegment()
        #expect(try JournalScan(folder: folder, disk: Disk()).entries == [.done(through: 0), long, .done(through: 1)])
    }

    @Test func `a tree that is gone is not made again for its journal`() throws {
        try FileManager.default.removeItem(atPath: root)
        var journal = Journal(root: root, disk: Disk(), segmentSize: 1024)
        #expect(throws: Journal.Failure.self) { try journal.append([.done(through: 0)]) }
        #expect(!FileManager.default.fileExists(atPath: root))
    }

    @Test func `a segment that is used again shows nothing of what it held`() throws {
        var journal = Journal(root: root, disk: Disk(), segmentSize: 1024)
        for number in 1...200 {
            try journal.append([.done(through: number)])
            journal.cut(through: 0, before: UInt64(number))
        }
        journal.closeSegment()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count <= 3, "\(names)")
        let scan = try JournalScan(folder: folder, disk: Disk())
        #expect(scan.entries.last == .done(through: 200))
        #expect(scan.nextNumber == 201)
    }

    @Test func `segments that were given up together are all used again, and none is written ahead`() throws {
        let writes = Guarded(0)
        let disk = Disk { call in
            if call.kind == .write { writes.withLock { $0 += 1 } }
            return nil
        }
        var journal = Journal(root: root, disk: disk, segmentSize: 256)
        func fill(_ numbers: ClosedRange<Int>) throws -> Int {
            let before = writes.withLock { $0 }
            for number in numbers { try journal.append([change(number, title: "x")]) }
            return writes.withLock { $0 } - before
        }
        // Each has a segment of its own, of which the first four have to be written ahead, and then its head.
        #expect(try fill(1...4) == 4 * 3)
        try journal.append([.done(through: 4)])
        journal.cut(through: 4, before: journal.nextNumber - 1)
        #expect(try fill(5...7) == 3 * 2)
        journal.removeAll()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }

    @Test func `a segment with changes that the files do not have stays, however old it is`() throws {
        var journal = Journal(root: root, disk: Disk(), segmentSize: 256)
        // While the files are brought up to the first change, others come.
        for number in 1...5 { try journal.append([change(number, title: "x")]) }
        try journal.append([.done(through: 1)])
        journal.cut(through: 1, before: journal.nextNumber - 1)
        journal.closeSegment()
        let entries = try JournalScan(folder: folder, disk: Disk()).entries
        #expect(entries == (2...5).map { change($0, title: "x") } + [.done(through: 1)])
    }

    @Test func `a last entry that is cut or spoilt at any byte is dropped, and those before it stay`() throws {
        var journal = Journal(root: root, disk: Disk(), segmentSize: 4096)
        let (first, last) = (change(1, title: "one"), change(2, title: "two"))
        try journal.append([first])
        try journal.append([last])
        journal.closeSegment()
        let path = folder + "/" + SegmentHead(firstNumber: 1).name
        let whole = try Array(Data(contentsOf: URL(filePath: path)))
        let start = SegmentHead.size + Frame.headSize + first.bytes.count
        let end = start + Frame.headSize + last.bytes.count
        for offset in start..<end {
            var zeroed = whole
            for index in offset..<whole.count { zeroed[index] = 0 }
            var spoilt = whole
            spoilt[offset] ^= 0x10
            for bytes in [Array(whole[..<offset]), zeroed, spoilt] where bytes != whole {
                try Data(bytes).write(to: URL(filePath: path))
                #expect(try JournalScan(folder: folder, disk: Disk()).entries == [first], "byte \(offset)")
            }
        }
    }

    @Test func `a journal with entries missing in the middle is refused`() throws {
        var journal = Journal(root: root, disk: Disk(), segmentSize: 256)
        for number in 1...50 { try journal.append([.done(through: number)]) }
        journal.closeSegment()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        try FileManager.default.removeItem(atPath: folder + "/" + names[1])
        #expect(throws: JournalError.damaged(folder + "/" + names[2])) { try JournalScan(folder: folder, disk: Disk()) }
    }

    @Test func `the checksum is CRC-32C`() {
        // RFC 3720, appendix B.4.
        #expect(Checksum.crc32c([UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
        #expect(Checksum.crc32c(Array(0..<32)) == 0x46dd_794e)
        #expect(Checksum.crc32c(Array("1234".utf8), Array("56789".utf8)[...]) == 0xe306_9283)
    }

    private func change(_ sequence: Int, title: String) -> JournalEntry {
        .change(
            LoggedChange(
                sequence: sequence,
                time: Timestamp(milliseconds: 5),
                requester: Requester(source: "entra", requestID: "r"),
                mutation: .changeUser(id: "u1", Assignments(["title": .string(title)])),
                records: [.init(id: "u1", before: "a", after: "b")]
            )
        )
    }

    @Test func `a batch that an earlier version began is finished`() async throws {
        let tree = try await TemporaryTree()
        let (staged, path) = ("provisioned/users/.dagroster-1-1.tmp", "provisioned/users/grace.yaml")
        let content = "id: u2\nuserName: grace\n"
        try tree.write(staged, content)
        let text = #"{"v":1,"batch":7,"replace":[["\#(staged)","\#(path)",null]],"remove":[]}"#
        let entry = try #require(JournalEntry(Array(text.utf8)))
        let (through, conflicts) = try RollForward(root: tree.path, disk: Disk()).finish([entry])
        #expect(through == 7 && conflicts.isEmpty)
        #expect(try tree.files() == [path: content])
    }
}
