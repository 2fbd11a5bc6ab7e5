internal import Roster
internal import Store
internal import Synchronization

/// Lets requests wait until what they changed is at the remote.
///
/// Changes are counted in the order in which the store tells them. A class, because requests and the publisher share it.
package final class PushConfirmations: ChangeConfirmation {
    fileprivate struct Waiting {
        var count: Int
        var record: String?
        var continuation: CheckedContinuation<Void, any Error>
    }

    fileprivate struct State {
        var confirmed = 0
        var waiting: [Int: Waiting] = [:]
        var cancelled: Set<Int> = []
        /// Why records are not as they were asked to be, by their ids.
        var losses: [String: RosterError] = [:]
        var next = 0
    }

    private let state = Mutex(State())
    private let remote: String
    private let limit: Duration

    /// - Parameters:
    ///   - remote: the remote's name, for words.
    ///   - limit: how long a request waits at most.
    package init(remote: String, limit: Duration = .seconds(25)) {
        self.remote = remote
        self.limit = limit
    }

    package func confirm(_ count: Int, record: String?) async throws {
        let (remote, limit) = (remote, limit)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.wait(count, record) }
            group.addTask {
                try await Task.sleep(for: limit)
                throw StoreError.notPushed("remote \"\(remote)\" has not taken it in \(limit.components.seconds) s")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func wait(_ count: Int, _ record: String?) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if count <= state.confirmed { return state.outcome(of: record) }
                    state.waiting[id] = Waiting(count: count, record: record, continuation: continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let waiting = state.waiting.removeValue(forKey: id)
                if waiting == nil { state.cancelled.insert(id) }
                return waiting
            }
            waiting?.continuation.resume(throwing: CancellationError())
        }
    }

}

extension PushConfirmations {
    /// So many changes are at the remote.
    func succeed(_ count: Int) {
        let due = state.withLock { state in
            state.confirmed = max(state.confirmed, count)
            let due = state.waiting.filter { $0.value.count <= count }
            for id in due.keys { state.waiting[id] = nil }
            return due.values.map { ($0.continuation, state.outcome(of: $0.record)) }
        }
        for (continuation, outcome) in due { continuation.resume(with: outcome) }
    }

    /// An attempt to bring so many changes there failed; who waits for one of them does not wait for the next attempt.
    func fail(_ count: Int, _ reason: String) {
        let due = state.withLock { state in
            let due = state.waiting.filter { $0.value.count <= count }
            for id in due.keys { state.waiting[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume(throwing: StoreError.notPushed(reason)) }
    }

    /// What was asked for a record did not come to be, because another writer's change was there first.
    func lose(_ record: String, _ reason: RosterError) { state.withLock { $0.losses[record] = reason } }
}

extension PushConfirmations.State {
    /// The answer for a change whose turn has come; each loss is told once.
    fileprivate mutating func outcome(of record: String?) -> Result<Void, any Error> {
        guard let record, let loss = losses.removeValue(forKey: record) else { return .success(()) }
        return .failure(loss)
    }
}
