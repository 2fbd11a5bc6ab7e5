package import Reconcile

/// Reads a live organisation at Dagster+.
package struct DagsterPlusReader: TargetReader {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    package func read() async throws -> Organization {
        do {
            return try await connection.read()
        } catch let error as APIError {
            throw error.asOfReading
        }
    }
}

extension APIError {
    /// What a reading that failed means for a run: anything but a whole answer can be no ground for a plan.
    var asOfReading: TargetError {
        switch self {
        case .unavailable: .unavailable(reason)
        case .refused(type: "UnauthorizedError", message: _): .precondition(description)
        default: .unreadable(description)
        }
    }

    /// What a change that failed means for a run.
    var asOfWriting: TargetError {
        switch self {
        case .unavailable: .unavailable(reason)
        case .denied, .leadsElsewhere, .untrusted: .denied(description)
        case .unclear, .notTheAPI, .rejected, .refused, .incomplete: .refused(description)
        }
    }
}
