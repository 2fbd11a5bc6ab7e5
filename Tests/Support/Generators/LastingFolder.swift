import Foundation
import Synchronization

/// A folder for one test that is there as long as anybody holds it.
///
/// A store that a test drops ends its threads a moment later, and until then they write. What they hold must hold the
/// folder, too (a closure of the store's options does): removed under them, they would make it anew. The process ends
/// after the last folder is gone.
package final class LastingFolder: Sendable {
    /// Where it is; whoever holds it makes it.
    package let path: String

    package init() {
        path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        Self.held.withLock { held in
            if !held.isAwaited { atexit { LastingFolder.awaitRemoval() } }
            held.isAwaited = true
            held.paths.insert(path)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        Self.held.withLock { _ = $0.paths.remove(path) }
    }

    /// A closure that keeps the folder as long as it is kept itself.
    package func kept<Value>(_ body: @escaping @Sendable (Value) -> Void) -> @Sendable (Value) -> Void {
        { [self] value in withExtendedLifetime(self) { body(value) } }
    }

    private static let held = Mutex((paths: Set<String>(), isAwaited: false))

    /// Those that somebody holds for ever are named after ten seconds, and stay.
    private static func awaitRemoval() {
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            if held.withLock({ $0.paths.isEmpty }) { return }
            // Nothing can be awaited where a process ends, and threads that hold a folder let go of it without a word.
            usleep(5000)
        }
        let paths = held.withLock { $0.paths.sorted() }
        FileHandle.standardError.write(Data("still held: \(paths.joined(separator: ", "))\n".utf8))
    }
}
