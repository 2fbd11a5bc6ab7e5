import Synchronization
import Testing

@testable import Endpoint

/// Connections that are counted, without any of them.
struct ConnectionsTests {
    @Test func `one more than there may be costs the address that has most the one that waits longest`() {
        let connections = Connections(limit: 4)
        let closed = Mutex<[String]>([])
        func open(_ name: String, from address: String) -> Connections.Ticket {
            connections.open(from: address) { closed.withLock { $0.append(name) } }
        }
        let tickets = [("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b")].map { open($0, from: $1) }
        // The first one has waited for a shorter time than the second one then, and the third one works.
        connections.note(.working, tickets[0])
        connections.note(.waiting, tickets[0])
        connections.note(.working, tickets[2])
        _ = open("c1", from: "c")
        #expect(closed.withLock { $0 } == ["a2"])
        #expect(connections.count == 5)
        connections.close(tickets[1])
        connections.close(tickets[1])
        #expect(connections.count == 4)
    }
}
