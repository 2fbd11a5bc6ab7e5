import Logging
import Store

/// Tells the log what happens to the store without anybody's request.
struct StoreLog: Sendable {
    let logger: Logger

    func note(_ event: StoreEvent) {
        switch event {
        case .failed(let error): logger.critical("nothing is written any more", metadata: ["error": "\(error)"])
        case .edited(let files):
            logger.notice("files that somebody else changed were taken over", metadata: ["files": "\(files)"])
        case .putBack(let files):
            logger.warning(
                "files were put back to what the last commit holds of them; what was answered since is in them again",
                metadata: ["files": "\(files)"]
            )
        case .broken(let problem):
            logger.error("a file cannot be used and is left as it is", metadata: ["problem": "\(problem)"])
        case .setAside(let path, let kept):
            let metadata: Logger.Metadata = ["file": "\(path)", "kept": "\(kept)"]
            logger.warning("a file that somebody else changed while it was removed is kept aside", metadata: metadata)
        case .mended(let path): logger.notice("a file can be used again", metadata: ["file": "\(path)"])
        case .notWatching(let reason):
            let metadata: Logger.Metadata = ["reason": "\(reason)"]
            logger.warning("changed files are looked for every few seconds and not noticed at once", metadata: metadata)
        }
    }
}
