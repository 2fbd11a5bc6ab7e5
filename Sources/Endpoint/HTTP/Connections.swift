internal import Synchronization

/// All connections that are open, so that there are never too many.
///
/// When one more comes than there may be, the one that has waited longest of the address that has most of them open is
/// closed: hundreds of half-sent requests from one address push out each other, and keep nobody else out. A connection
/// whose request is being answered is left alone.
package final class Connections: Sendable {
    // A class, because all connections are counted together.
    struct Ticket: Hashable {
        fileprivate var number: Int
    }

    enum Activity {
        case working
        case waiting
    }

    private struct Connection {
        var address: String
        var isWaiting = true
        /// Grows each time that it begins to wait.
        var since: Int
        var makeRoom: @Sendable () -> Void
    }

    private struct State {
        var open: [Ticket: Connection] = [:]
        var waiting: [String: Set<Ticket>] = [:]
        var next = 0
    }

    private let limit: Int
    private let state = Mutex(State())

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
            state.next += 1
            let ticket = Ticket(number: state.next)
            state.open[ticket] = Connection(address: address, since: state.next, makeRoom: makeRoom)
            state.waiting[address, default: []].insert(ticket)
            return (ticket, victim)
        }
        victim?()
        return ticket
    }

    /// Notes what a connection does from now on.
    func note(_ activity: Activity, _ ticket: Ticket) {
        state.withLock { state in
            guard var connection = state.open[ticket] else { return }
            state.next += 1
            connection.since = state.next
            connection.isWaiting = activity == .waiting
            state.open[ticket] = connection
            switch activity {
            case .waiting: state.waiting[connection.address, default: []].insert(ticket)
            case .working: Self.remove(ticket, connection.address, &state)
            }
        }
    }

    /// Notes that a connection is gone.
    func close(_ ticket: Ticket) {
        state.withLock { state in
            guard let connection = state.open.removeValue(forKey: ticket) else { return }
            Self.remove(ticket, connection.address, &state)
        }
    }

    private static func remove(_ ticket: Ticket, _ address: String, _ state: inout State) {
        state.waiting[address]?.remove(ticket)
        if state.waiting[address]?.isEmpty == true { state.waiting[address] = nil }
    }

    private static func victim(in state: State) -> (@Sendable () -> Void)? {
        let crowd = state.waiting.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value ?? []
        let oldest = crowd.min { (state.open[$0]?.since ?? 0) < (state.open[$1]?.since ?? 0) }
        return oldest.flatMap { state.open[$0]?.makeRoom }
    }
}
