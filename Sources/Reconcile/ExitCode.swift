/// How `dagroster reconcile` ends: the codes that scripts rely on.
package enum ExitCode: Int32, Hashable, Sendable, CaseIterable {
    /// Nothing to do, or everything applied, or a plan made.
    case success = 0
    /// An unexpected error, or a target that cannot be read or trusted; nothing was written.
    case failure = 1
    /// Changes are pending, where that was asked for; with `--apply`, something was held back and the rest applied.
    case pending = 2
    /// The tree is invalid, or names a deployment or role that the target never had.
    case invalid = 3
    /// A guard or a precondition refused.
    case refused = 4
    /// The commit is older than the applied one.
    case stale = 5
    /// Some items failed.
    case partial = 6
    /// Another run holds the lock.
    case locked = 7
    /// Wrong usage.
    case usage = 64
    /// The target is unavailable after all retries.
    case unavailable = 75
}

extension Plan {
    /// How a run ends that only plans; `isDetailed` is `--detailed-exitcode`.
    package func exitCode(isDetailed: Bool) -> ExitCode {
        if isRefused { return .refused }
        return isDetailed && !(items.isEmpty && heldBack.isEmpty) ? .pending : .success
    }
}
