/// Reads an organisation as it is now; all that a plan is given.
package protocol TargetReader: Sendable {
    /// The whole organisation, or a ``TargetError``: never a part of it.
    func read() async throws -> Organization
}

/// Changes an organisation; only an apply is given one.
package protocol TargetWriter: Sendable {
    /// Does one change, or throws and leaves it undone.
    func apply(_ item: PlanItem) async throws
    /// How many items that do not depend on one another it takes at once.
    var width: Int { get }
    /// Called once after the last item: what was gathered must be written when it returns.
    func finish() async throws
}

extension TargetWriter {
    /// One after the other.
    package var width: Int { 1 }

    /// Nothing was gathered.
    package func finish() async throws {}
}

/// Why a target was not read or written.
package enum TargetError: Error, Hashable, Sendable {
    /// It cannot be read, or not as a whole.
    case unreadable(String)
    /// It does not answer, or asks to be left alone for now: nothing more is tried in this run.
    case unavailable(String)
    /// It refuses all writing, for a reason that is known beforehand.
    case precondition(String)
    /// It refuses one item; others may go on.
    case refused(String)
    /// It does not let the caller in any more: nothing more is tried in this run.
    case denied(String)
    /// One item cannot be done yet, because somebody must do something first; that is no failure.
    case waiting(String)
}

extension TargetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let reason), .unavailable(let reason), .precondition(let reason), .refused(let reason),
            .denied(let reason), .waiting(let reason):
            reason
        }
    }
}
