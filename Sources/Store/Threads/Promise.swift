internal import Synchronization

/// The outcome of something that a thread does, for a task that waits for it.
///
/// Unlike a continuation it can be handed on before anybody waits, and waited for by several.
final class Promise<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case open([CheckedContinuation<Value, any Error>])
        case kept(Result<Value, any Error>)
    }

    private let state = Mutex(State.open([]))

    /// Tells the outcome; only the first one counts.
    func keep(_ result: Result<Value, any Error>) {
        let waiting = state.withLock { state -> [CheckedContinuation<Value, any Error>] in
            guard case .open(let waiting) = state else { return [] }
            state = .kept(result)
            return waiting
        }
        for continuation in waiting { continuation.resume(with: result) }
    }

    /// The outcome, once there is one.
    var value: Value {
        get async throws {
            if case .kept(let result) = state.withLock({ $0 }) { return try result.get() }
            return try await withCheckedThrowingContinuation { continuation in
                let kept = state.withLock { state -> Result<Value, any Error>? in
                    switch state {
                    case .kept(let result): return result
                    case .open(let waiting):
                        state = .open(waiting + [continuation])
                        return nil
                    }
                }
                if let kept { continuation.resume(with: kept) }
            }
        }
    }
}
