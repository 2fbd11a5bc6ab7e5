package import YAML

/// What happens to a store without anybody's request, for the log.
package enum StoreEvent: Hashable, Sendable {
    /// Nothing is written any more until a restart; told once.
    case failed(StoreError)
    /// Files that somebody else changed, made or removed are part of the state now.
    case edited(files: Int)
    /// Files were put back to what the last commit holds of them, and have what was answered since again.
    case putBack(files: Int)
    /// A file cannot be read; its record, where it is known, is served as it was.
    case broken(Diagnostic)
    /// Somebody changed a file while it was removed with its record's deletion or renaming; what they made of it is kept.
    case setAside(path: String, kept: String)
    /// A file that could not be read can be read again.
    case mended(path: String)
    /// The system tells nobody of changed files, which are looked for from time to time instead.
    case notWatching(reason: String)
}
