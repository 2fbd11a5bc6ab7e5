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
    private let trouble = Mutex<String?>(nil)

    init(_ state: State) { self.state = Mutex(state) }

    var value: State { state.withLock { $0 } }

    /// Why changed files are looked for from time to time; nil while the system tells of them.
    var watchTrouble: String? {
        get { trouble.withLock { $0 } }
        set { trouble.withLock { $0 = newValue } }
    }

    /// Shows a state that is on disk now.
    func publish(_ new: State) {
        state.withLock { state in
            let broken = state.snapshot.broken
            state = new
            state.snapshot.broken = broken
        }
    }

    /// Notes what is wrong with a file.
    ///
    /// - Parameters:
    ///   - problem: what.
    ///   - path: which file.
    ///   - id: the record that is served as it last could be read; nil when nobody knows whose file it is.
    /// - Returns: whether that is new.
    @discardableResult
    func note(_ problem: Diagnostic, at path: String, of id: String?) -> Bool {
        state.withLock { state in
            let isNew = state.snapshot.broken.problems[path] != problem
            state.snapshot.broken.problems[path] = problem
            if let id { state.snapshot.broken.keptIDs[id] = path }
            return isNew
        }
    }

    /// Notes that a file is sound again.
    ///
    /// - Returns: whether it was not.
    @discardableResult
    func mend(_ path: String) -> Bool {
        state.withLock { state in
            guard state.snapshot.broken.problems.removeValue(forKey: path) != nil else { return false }
            state.snapshot.broken.keptIDs = state.snapshot.broken.keptIDs.filter { $0.value != path }
            return true
        }
    }
}
