import Roster
import Store
import Tree

/// The lock of whoever writes records' files: one process at a time.
enum TreeLock {
    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - tree: the tree's folder.
    ///   - command: what is done with it, as a person would call it.
    ///   - consequence: what was not done because another process has the lock.
    /// - Returns: the lock, which is had as long as that is kept.
    /// - Throws: ``Failure`` with exit code 7, which names that process.
    static func take(_ tree: String, for command: String, otherwise consequence: String) throws -> FileLock {
        let holder = LockHolder.current(command: command, since: Clock.now().wholeSeconds.description)
        switch try FileLock.tryLock(tree + "/.dagroster/serve.lock", as: holder) {
        case .acquired(let lock): return lock
        case .held(let other):
            let name = other.map { "\($0)" } ?? "another process"
            throw Failure.locked(
                "\(name) has this tree; \(consequence)\nhint: stop it first, or wait until it has ended"
            )
        }
    }

    /// Refuses while answered changes of an earlier run wait for their files, which must not change until then.
    static func refuseWaitingChanges(_ tree: String, otherwise consequence: String) throws {
        let count = try Recovery.waitingChanges(root: tree)
        guard count > 0 else { return }
        throw Failure.unexpected(
            "\(Count.of(count, "answered change")) of an earlier run of serve wait in the journal; \(consequence)\n"
                + "hint: start \"dagroster serve\" once and stop it, which writes them"
        )
    }
}
