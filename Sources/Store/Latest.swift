internal import Roster
internal import Synchronization
internal import YAML

/// What readers see, shared by tasks and the threads that write.
final class Latest: Sendable {
    /// A state that is on disk, and the last change that made it.
    struct State: Sendable {
        var snapshot: Snapshot
        var sequence: Int
    }

    private let state: Mutex<State>

    init(_ state: State) { self.state = Mutex(state) }

    var value: State { state.withLock { $0 } }

    /// Shows what a change has made, now that it is on disk.
    func publish(_ change: AppliedChange) {
        state.withLock { state in
            let broken = state.snapshot.broken
            state = State(snapshot: change.after, sequence: change.sequence)
            state.snapshot.broken = broken
        }
    }

    /// Notes that a record's file cannot be written.
    func note(_ problem: Diagnostic, at path: String, of id: String) {
        state.withLock { state in
            state.snapshot.broken.problems[path] = problem
            state.snapshot.broken.keptIDs[id] = path
        }
    }

    /// Notes that a record's file is sound again.
    func mend(_ id: String) {
        state.withLock { state in
            guard let path = state.snapshot.broken.keptIDs.removeValue(forKey: id) else { return }
            state.snapshot.broken.problems[path] = nil
        }
    }
}
