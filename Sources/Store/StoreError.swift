package import YAML

/// Why a change was not made; but for ``notPushed(_:)``, memory and files are as they were.
package enum StoreError: Error, Hashable, Sendable {
    /// Nothing is written at present, for a reason that an operator can change, such as another branch.
    case refused(String)
    /// The record's file cannot be read, so that writing it would lose what somebody wrote there.
    case broken(Diagnostic)
    /// Some file cannot be read and nothing is known of its record, which may be the one that is missing.
    case unknownRecords([Diagnostic])
    /// The system refused to write.
    case notWritten(String)
    /// A failure left files that do not agree with memory; nothing is written until a restart.
    case disagreement(String)
    /// The change is made here and is not at the remote yet, which was asked for before it is answered.
    case notPushed(String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let reason): "\(reason); nothing was changed"
        case .broken(let problem): "the record's file cannot be read, so that it is not overwritten: \(problem)"
        case .unknownRecords(let problems):
            "this record may stand in a file that cannot be read: "
                + problems.map(\.description).joined(separator: "; ")
        case .notWritten(let problem): "\(problem); nothing was changed"
        case .disagreement(let problem):
            "\(problem); the files may not agree with what was answered before, and nothing is written until "
                + "dagroster is started again"
        case .notPushed(let reason):
            "the change is made and is not pushed yet, and will be as soon as that is possible: \(reason)"
        }
    }
}
