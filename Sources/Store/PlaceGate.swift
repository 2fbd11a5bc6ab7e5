internal import Synchronization

/// Lets the tree be written only while folders that its changes need are those that were there at the start.
///
/// A repository that took another one's place has none of the commits that our changes go on from, and a folder of local
/// state that is new knows nothing of the journal.
package struct PlaceGate: WriteGate {
    private let gate: any WriteGate
    private let places: HeldPlaces

    /// Asks another gate, too.
    package init(_ gate: any WriteGate, _ places: HeldPlaces) { (self.gate, self.places) = (gate, places) }

    package func refusal() -> String? { places.loss ?? gate.refusal() }

    package var isBusy: Bool { gate.isBusy }
}

/// Folders as they were at the start, whatever lies at their paths later.
///
/// A class, because who asks for each write shares when they were last looked at.
package final class HeldPlaces: Sendable {
    /// How long they are taken to be there when they were: whoever moves one is not seen in the middle of a write, either.
    private static let trust = Duration.milliseconds(10)

    private let folders: [TreeFolder]
    private let seen = Mutex<ContinuousClock.Instant?>(nil)

    /// Folders that are there; of one that is not nothing is said.
    package init(_ paths: [String]) { folders = paths.map(TreeFolder.init) }

    /// Why what lies there now is not to be written; nil while all are where they were, and again when they are back.
    package var loss: String? {
        let now = ContinuousClock.now
        if let last = seen.withLock({ $0 }), last.duration(to: now) < Self.trust { return nil }
        guard let lost = folders.first(where: \.isLost) else {
            seen.withLock { $0 = now }
            return nil
        }
        seen.withLock { $0 = nil }
        return "the folder \"\(lost.path)\" was removed or moved away, or another one was put in its place; bring it "
            + "back, or start dagroster again"
    }
}
