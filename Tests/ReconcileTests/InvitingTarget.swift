import Access
import Reconcile

/// A target in memory where people are invited: listed once they accept, with what the service gives to new people.
actor InvitingTarget: TargetReader, TargetWriter {
    private var organization: Organization
    private(set) var invited: Set<String> = []
    /// The changes that it was asked for, by the names of their items.
    private(set) var asked: [String] = []
    private let newUserGrants: [Scope: Grant]
    /// Whether people are there as soon as they are invited.
    private let acceptsAtOnce: Bool

    init(_ organization: Organization, newUserGrants: [Scope: Grant] = [:], acceptsAtOnce: Bool = false) {
        self.organization = organization
        self.organization.conditions.invitesPeople = true
        self.organization.conditions.keepsAddresses = true
        self.newUserGrants = newUserGrants
        self.acceptsAtOnce = acceptsAtOnce
    }

    func read() async throws -> Organization { organization }

    func accept(_ key: String) {
        guard invited.remove(key) != nil else { return }
        organization.users[key] = UserState(email: key, grants: newUserGrants)
    }

    func apply(_ item: PlanItem) async throws {
        asked.append(item.id.text)
        switch item.change {
        case .addUser(let key, email: _):
            invited.insert(key)
            if acceptsAtOnce { accept(key) }
            return
        case .removeUser(let key) where invited.contains(key):
            invited.remove(key)
            return
        case .addMember(team: _, let user) where invited.contains(user),
            .putGrant(.user(let user), _, replacing: _) where invited.contains(user):
            throw TargetError.waiting("\(user) has not accepted the invitation yet")
        case .rekeyUser: throw TargetError.refused("addresses are kept")
        default: break
        }
        do {
            try organization.apply(item.change)
        } catch {
            throw TargetError.refused(error.description)
        }
    }
}

extension World {
    /// Plans against a target, applies what is planned, and keeps the record that is left.
    @discardableResult
    mutating func apply(to target: some TargetReader & TargetWriter, time: String) async throws -> Applied {
        let prepared = try await prepared(reading: target)
        let applied = try await Reconciler.apply(
            prepared,
            reader: target,
            writer: target,
            records: MemoryRecords(),
            time: time
        )
        if let record = applied.record { self.record = record }
        return applied
    }
}
