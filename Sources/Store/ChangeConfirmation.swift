/// Holds the answer to a change back until it is safe elsewhere, too.
package protocol ChangeConfirmation: Sendable {
    /// Waits until the first `count` of the store's changes are safe.
    ///
    /// - Parameters:
    ///   - count: how many of the changes that the store has told, or will tell, since it began.
    ///   - record: the record that was asked to change; nil when nothing changed.
    /// - Throws: why they are not; the change itself stays made.
    func confirm(_ count: Int, record: String?) async throws
}
