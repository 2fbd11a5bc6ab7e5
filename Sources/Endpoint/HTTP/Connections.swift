internal import Synchronization

/// All connections that are open, so that there are never too many.
///
/// When one more comes than there may be, the one that has waited longest of the address that has most of them open is
/// closed: hundreds of half-sent requests from one address push out each other, and keep nobody else out. A connection
/// whose request is being answered is left alone.
package final class Connections: Sendable {
    /// A connection that is counted.
    ///
    /// A class, because what a connection does changes with each request, and is looked at only when one has to go.
    final class Ticket: Sendable {
        fileprivate let address: String
        fileprivate let makeRoom: @Sendable () -> Void
        /// Grows each time that it begins to wait; 0 while it works.
        fileprivate let waitingSince: Atomic<Int>

        fileprivate init(_ address: String, since: Int, makeRoom: @escaping @Sendable () -> Void) {
            self.address = address
            self.makeRoom = makeRoom
            waitingSince = Atomic(since)
        }
    }

    enum Activity {
        case working
        case waiting
    }

    private struct State {
        var open: [ObjectIdentifier: Ticket] = [:]
    }

    private let limit: Int
    private let state = Mutex(State())
    private let time = Atomic(0)

    /// - Parameter limit: how many may be open at once.
    package init(limit: Int) { self.limit = limit }

    /// How many are open.
    package var count: Int { state.withLock { $0.open.count } }

    /// Notes a connection that was opened.
    ///
    /// - Parameters:
    ///   - address: where it comes from.
    ///   - makeRoom: closes it, unless it has something to do by then.
    /// - Returns: what it is called here.
    func open(from address: String, makeRoom: @escaping @Sendable () -> Void) -> Ticket {
        let (ticket, victim) = state.withLock { state in
            let victim = state.open.count >= limit ? Self.victim(in: state) : nil
            let ticket = Ticket(address, since: tick(), makeRoom: makeRoom)
            state.open[ObjectIdentifier(ticket)] = ticket
            return (ticket, victim)
        }
        victim?.makeRoom()
        return ticket
    }

    /// Notes what a connection does from now on.
    func note(_ activity: Activity, _ ticket: Ticket) {
        ticket.waitingSince.store(activity == .waiting ? tick() : 0, ordering: .relaxed)
    }

    /// Notes that a connection is gone.
    func close(_ ticket: Ticket) {
        state.withLock { _ = $0.open.removeValue(forKey: ObjectIdentifier(ticket)) }
    }

    private func tick() -> Int { time.add(1, ordering: .relaxed).newValue }

    private static func victim(in state: State) -> Ticket? {
        var crowds: [String: (count: Int, oldest: Ticket, since: Int)] = [:]
        for ticket in state.open.values {
            let since = ticket.waitingSince.load(ordering: .relaxed)
            guard since > 0 else { continue }
            guard var crowd = crowds[ticket.address] else {
                crowds[ticket.address] = (1, ticket, since)
                continue
            }
            crowd.count += 1
            if since < crowd.since { (crowd.oldest, crowd.since) = (ticket, since) }
            crowds[ticket.address] = crowd
        }
        return crowds.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value.oldest
    }
}
