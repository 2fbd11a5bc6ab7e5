import Generators
import Roster
import Testing

@testable import Tree

/// Files that are read in any order, by many threads, make the directory of their own order.
struct RecordIntakeTests {
    @Test func `files in any order are files in their order`() async throws {
        let seed = UInt64.random(in: 1 ... .max)
        var random = SeededGenerator(seed: seed)
        for count in [0, 1, 255, 256, 257, 900] {
            let files = (0..<count).map { number in
                // Some ids and names stand twice, and groups come between people.
                let id = Int.random(in: 0..<max(1, count * 4), using: &random)
                return number.isMultiple(of: 9)
                    ? Self.group(
                        "g\(id % 40)",
                        number,
                        members: (0..<3).map { _ in Int.random(in: 0..<count, using: &random) }
                    )
                    : Self.user("u\(id)", "n\(Int.random(in: 0..<max(1, count * 4), using: &random))", number)
            }
            var plain = TreeContents()
            await plain.add(files)
            let missing = Set((0..<count).filter { _ in Int.random(in: 0..<300, using: &random) == 0 })
            var less = TreeContents()
            await less.add(files.indices.filter { !missing.contains($0) }.map { files[$0] })
            for (expected, gone) in [(plain, Set()), (less, missing)] {
                let intake = RecordIntake(count: count)
                let order = files.indices.filter { !gone.contains($0) }.shuffled(using: &random)
                await Crew.work(pieces: order.count) { intake.take(files[order[$0]], order[$0]) }
                var contents = TreeContents()
                await contents.add(intake)
                #expect(contents.directory == expected.directory, "seed \(seed)")
                #expect(contents.states.map(\.path) == expected.states.map(\.path), "seed \(seed)")
                #expect(contents.brokenFiles == expected.brokenFiles, "seed \(seed)")
                #expect(contents.diagnostics.sorted() == expected.diagnostics.sorted(), "seed \(seed)")
            }
        }
    }

    private static func user(_ id: String, _ name: String, _ number: Int) -> RecordFileContents {
        let text = number.isMultiple(of: 50) ? "id: [" : "id: \(id)\nuserName: \(name)\nactive: true\n"
        return Array(text.utf8).withUnsafeBufferPointer { RecordFileContents(path("users", number), .user, $0) }
    }

    private static func group(_ id: String, _ number: Int, members: [Int]) -> RecordFileContents {
        let list = members.map { "  - n\($0)\n" }.joined()
        let text = "id: \(id)\ndisplayName: Group \(id)\nmembers:\n\(list)"
        return Array(text.utf8).withUnsafeBufferPointer { RecordFileContents(path("groups", number), .group, $0) }
    }

    private static func path(_ kind: String, _ number: Int) -> String {
        let digits = String(number)
        return "provisioned/\(kind)/" + String(repeating: "0", count: 6 - digits.count) + digits + ".yaml"
    }
}
