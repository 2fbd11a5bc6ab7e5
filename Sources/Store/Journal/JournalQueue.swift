/// What waits for the journal's thread, in order.
struct JournalQueue: Sendable {
    enum Item: Sendable {
        /// A change to append, and who waits for it.
        case change(AppliedChange, Promise<Snapshot>)
        /// An answer that changes nothing, given on a state that is not on disk yet.
        case answer(Result<Snapshot, any Error>, Promise<Snapshot>)
        /// A state in which somebody else's edits are taken over; their files hold them, so that the journal need not.
        case adoption(Latest.State, Promise<Snapshot>)
        /// Something about the files.
        case note(JournalEntry, Guarded<Result<Void, StoreError>?>)
    }

    /// Whether changes are taken.
    enum Standing: Sendable {
        case open
        /// No change is taken any more; those that wait are made, and so are the files.
        case closed(StoreError)
        /// Nothing is taken any more, because it is not known what is on disk.
        case failed(StoreError)

        var takesChanges: Bool {
            guard case .open = self else { return false }
            return true
        }

        /// Whether anything can still be appended.
        var takesNotes: Bool {
            switch self {
            case .open, .closed: true
            case .failed: false
            }
        }
    }

    var items: [Item] = []
    var standing = Standing.open
    /// Whether some items were refused for want of room, while the store is open or closing, and whoever decides does not
    /// know it yet: the next ones are decided on the state before those.
    var isRolledBack = false
    /// Why the last append found no room; nil when it did, or there is room again.
    var trouble: StoreError?
    /// Whether the thread has taken items that it has not answered yet.
    var isBusy = false
    /// Whether the thread ends when nothing is left, and what becomes of the journal.
    var end: End?
    var isEnded = false

    enum End: Sendable {
        /// All that the journal holds is in the files.
        case removing
        /// The next start reads it.
        case keeping
    }
}

extension JournalQueue.Item {
    /// Tells whoever waits that it did not come to pass.
    func fail(_ error: StoreError) {
        switch self {
        case .change(_, let promise), .answer(_, let promise), .adoption(_, let promise):
            promise.keep(.failure(error))
        case .note(_, let outcome): outcome.update { $0 = .failure(error) }
        }
    }
}
