import Generators
import HashTreeCollections
import Roster
import SCIM
import Store
import Testing

struct MutationJSONTests {
    @Test func `every mutation is read back as it was written`() throws {
        var random = SeededGenerator(seed: .random(in: 1 ... .max))
        let seed = random.seed
        for _ in 0..<2000 {
            let mutation = RandomMutation.any(&random)
            let text = JSON.write(mutation.json)
            let back = try #require(Mutation(json: JSON.read(text, maximumDepth: 128)), "seed \(seed)")
            #expect(back == mutation, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test func `an entry is read back as it was written`() throws {
        var random = SeededGenerator(seed: .random(in: 1 ... .max))
        for number in 0..<500 {
            let entry = JournalEntry.change(
                LoggedChange(
                    sequence: number,
                    time: Timestamp(milliseconds: .random(in: 0...1_800_000_000_000, using: &random)),
                    requester: Requester(source: RandomMutation.text(&random), requestID: RandomMutation.text(&random)),
                    mutation: RandomMutation.any(&random),
                    records: [.init(id: "u1", before: nil, after: "a"), .init(id: "g", before: "b", after: nil)]
                )
            )
            #expect(JournalEntry(entry.bytes) == entry, "seed \(random.seed)")
        }
        #expect(JournalEntry(JournalEntry.done(through: 7).bytes) == .done(through: 7))
    }

    @Test func `no soup of bytes is taken for an entry or ends the program`() {
        var random = SeededGenerator(seed: .random(in: 1 ... .max))
        for _ in 0..<3000 {
            let mutation = RandomMutation.any(&random)
            let change = LoggedChange(
                sequence: 1,
                time: Timestamp(milliseconds: 0),
                requester: Requester(source: "s", requestID: ""),
                mutation: mutation,
                records: []
            )
            var bytes = JournalEntry.change(change).bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = .random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: index)
                default:
                    bytes.insert(contentsOf: Array("[]{}\",:01".utf8).shuffled(using: &random).prefix(2), at: index)
                }
            }
            _ = JournalEntry(bytes)
            _ = JournalEntry((0..<64).map { _ in .random(in: .min ... .max, using: &random) })
        }
    }

    @Test(arguments: [
        "{}", "[]", "null", #"{"v":1}"#, #"{"v":2,"done":1}"#, #"{"v":1,"done":"1"}"#,
        #"{"v":1,"n":1,"at":1,"by":"","request":"","change":{"do":"create user","id":"u"},"records":[]}"#,
        #"{"v":1,"n":1,"at":1,"by":"","request":"","change":{"do":"burn","id":"u"},"records":[]}"#,
        #"{"v":1,"n":1,"at":1,"by":"","request":"","change":{"do":"delete user","id":"u"},"records":[["u"]]}"#,
        #"{"v":1,"batch":1,"replace":[["t"]],"remove":[]}"#,
    ])
    func `what lacks a part is no entry`(text: String) {
        #expect(JournalEntry(Array(text.utf8)) == nil)
    }
}
