/// Somebody who waits until what others did at some paths is part of the state.
struct FileQuestion: Sendable {
    var paths: Set<String>
    /// When waiting has no sense any more.
    var deadline: ContinuousClock.Instant
    var promise: Promise<Void>

    /// Answers it, if there is nothing to wait for, or it took too long.
    ///
    /// - Returns: whether it was answered.
    func isAnswered(_ work: FileWork) -> Bool {
        if !work.waits(for: paths) {
            promise.keep(.success(()))
        } else if deadline <= .now {
            promise.keep(.failure(StoreError.refused("another program is changing the files of the tree")))
        } else {
            return false
        }
        return true
    }
}
