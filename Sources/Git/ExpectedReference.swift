/// Where a reference must be for a change of it to happen.
package enum ExpectedReference: Hashable, Sendable {
    case anything
    case absent
    case at(CommitID)

    /// Whether a reference that is there satisfies it.
    func accepts(_ found: CommitID?) -> Bool {
        switch self {
        case .anything: true
        case .absent: found == nil
        case .at(let commit): found == commit
        }
    }

    /// The place that it names; nil where it names none.
    var commit: CommitID? {
        guard case .at(let commit) = self else { return nil }
        return commit
    }
}
