import Endpoint
import Roster
import Store

extension AuditEntry {
    /// A change that is on disk.
    init(_ change: StoredChange) {
        self.init(
            time: Timestamp(milliseconds: Int(change.time * 1000)),
            event: .written,
            source: change.source,
            requestID: change.requestID,
            action: Self.action(of: change.mutation),
            id: change.mutation.id,
            what: change.lines.map { [$0.name, $0.detail].filter { !$0.isEmpty }.joined(separator: "  ") },
            before: change.before,
            after: change.after
        )
    }

    private static func action(of mutation: Mutation) -> String {
        switch mutation {
        case .createUser: "user.create"
        case .changeUser: "user.change"
        case .deleteUser: "user.delete"
        case .createGroup: "group.create"
        case .changeGroup: "group.change"
        case .deleteGroup: "group.delete"
        }
    }
}
