import Generators
import Testing

@testable import Endpoint

struct RandomIDTests {
    @Test func `an id is a random UUID in lower case`() throws {
        var random = SeededGenerator(seed: 1)
        let ids = (0..<1000).map { _ in RandomID.make(by: &random) }
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        for id in ids { #expect(try form.wholeMatch(in: id) != nil, "\(id)") }
        #expect(Set(ids).count == ids.count)
        #expect(RandomID.make() != RandomID.make())
    }
}
