internal import Roster
internal import SCIM
internal import Store

/// What a POST, PUT, PATCH or DELETE asks for, as the mutation that it becomes on a state of the directory.
///
/// Deciding is pure: it is done again when the state turns out to have moved on.
struct Changes: Sendable {
    let type: ResourceType
    let policy: Policy
    /// The URL of the endpoint, for what records say of each other.
    let base: String
    /// What of it is kept.
    let stored: StoredAttributes

    /// A new user with these attributes; which directory it comes into makes no difference to it.
    func newUser(_ attributes: Object, id: String, now: Timestamp) throws(SCIMError) -> User {
        let attributes = UserRecord.stored(attributes)
        try RecordSize.check(attributes)
        return User(id: id, created: now.wholeSeconds.description, attributes: attributes)
    }

    /// A new user in a directory.
    func creation(_ user: User, in snapshot: Snapshot) throws(StoreError) -> Mutation {
        try refuseIfUnknown(in: snapshot)
        return .createUser(user)
    }

    /// A new group with these attributes in a directory.
    func newGroup(_ attributes: Object, id: String, now: Timestamp, in snapshot: Snapshot) throws -> Mutation {
        try refuseIfUnknown(in: snapshot)
        let created = now.wholeSeconds.description
        let empty = Group(id: id, created: created, attributes: ["displayName": attributes["displayName"] ?? ""])
        var record = GroupRecord(empty, links: links(snapshot))
        try record.replace(with: attributes)
        try RecordSize.check(record.attributes)
        return .createGroup(record.group(id: id, created: created))
    }

    /// A record with these attributes in place of all that it had.
    func replacement(_ body: Value, of record: ResourceRecord) throws -> Mutation? {
        var ignored: [String] = []
        let read = stored.read(type)
        switch record {
        case .user(var record):
            record.replace(
                with: try ResourceReader.read(body, replacing: record, as: read, policy: policy, ignored: &ignored)
            )
            try RecordSize.check(record.attributes)
            return record.mutation
        case .group(var record):
            try record.replace(
                with: try ResourceReader.read(body, replacing: record, as: read, policy: policy, ignored: &ignored)
            )
            try RecordSize.check(record.attributes)
            return record.mutation
        }
    }

    /// A record after the operations of a PATCH, all of them or none.
    func patch(_ request: PatchRequest, of record: ResourceRecord) throws -> Mutation? {
        switch record {
        case .user(var record):
            try request.apply(to: &record)
            try RecordSize.check(record.measuredAttributes)
            return record.mutation
        case .group(var record):
            try request.apply(to: &record)
            try RecordSize.check(record.attributes)
            return record.mutation
        }
    }

    /// No record any more.
    func deletion(of record: ResourceRecord) -> Mutation {
        switch record {
        case .user: .deleteUser(id: record.id)
        case .group: .deleteGroup(id: record.id)
        }
    }

    /// The record of an id; while a file cannot be read that may hold it, nobody is told that there is none.
    func existing(_ id: String, in snapshot: Snapshot) throws -> ResourceRecord {
        if let record = ResourceRecord(type, id: id, links: links(snapshot)) { return record }
        try refuseIfUnknown(in: snapshot)
        throw SCIMError.notFound("there is no \(type.name) with id \"\(id)\"")
    }

    private func refuseIfUnknown(in snapshot: Snapshot) throws(StoreError) {
        let unknown = snapshot.broken.unknown
        if !unknown.isEmpty { throw StoreError.unknownRecords(unknown) }
    }

    private func links(_ snapshot: Snapshot) -> Links { Links(snapshot: snapshot, base: base, stored: stored) }
}
