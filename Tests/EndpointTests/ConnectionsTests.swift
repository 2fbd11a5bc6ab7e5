import Synchronization
import Testing

@testable import Endpoint

/// Connections that are counted, without any of them.
struct ConnectionsTests {
    private final class EventLoop {}

    @Test func `one more than there may be costs the address that has most the one that waits longest`() {
        let connections = Connections(limit: 4)
        let loop = EventLoop()
        let closed = Mutex<[String]>([])
        func open(_ name: String, from address: String) -> Connections.Ticket {
            connections.open(from: address, on: ObjectIdentifier(loop)) { closed.withLock { $0.append(name) } }
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

    @Test func `a connection is alone on its event loop while there is no other on it`() {
        let connections = Connections(limit: 4)
        let (first, second) = (EventLoop(), EventLoop())
        let one = connections.open(from: "a", on: ObjectIdentifier(first)) {}
        let elsewhere = connections.open(from: "a", on: ObjectIdentifier(second)) {}
        #expect(one.isAlone && elsewhere.isAlone)
        let other = connections.open(from: "b", on: ObjectIdentifier(first)) {}
        #expect(!one.isAlone && !other.isAlone && elsewhere.isAlone)
        connections.close(one)
        #expect(other.isAlone)
    }
}
