package import Tree

/// The lock of one target: two runs never apply to it at once, and the kernel frees it however a run ends.
package enum RunLock {
    /// The lock's file in a tree's local state.
    package static func path(tree: String, target: String) -> String {
        "\(tree)/\(TreeLocation.stateFolder)/locks/reconcile-\(target).lock"
    }

    /// Takes the lock, waiting for some seconds at most, or throws ``Refusal/locked(by:)`` with its holder.
    package static func acquire(
        tree: String,
        target: String,
        as holder: LockHolder,
        seconds: Int = 0
    ) throws -> FileLock {
        switch try FileLock.lock(path(tree: tree, target: target), as: holder, seconds: seconds) {
        case .acquired(let lock): return lock
        case .held(let other): throw Refusal.locked(by: other?.description)
        }
    }
}
