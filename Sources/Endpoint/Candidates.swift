internal import HashTreeCollections
internal import Roster
internal import SCIM
internal import Store

/// The records that a filter can match, from the directory's indexes where one of them fits.
///
/// Every match has each part that the filter joins by `and`, so that one index suffices; what it finds is still asked
/// by the filter itself.
struct Candidates {
    let content: Snapshot.Content
    let type: ResourceType

    /// Ids of all records that can match; nil when no index narrows the search.
    func ids(for filter: BoundFilter) -> [String]? {
        if filter.isImpossible { return [] }
        return filter.equalities.compactMap(ids).min { $0.count < $1.count }
    }

    private func ids(for equality: Equality) -> [String]? {
        guard let value = equality.value.string, equality.target.schema.id == type.schema.id else { return nil }
        return type == .user ? userIDs(equality.target.path, value) : groupIDs(equality.target.path, value)
    }

    private func userIDs(_ path: String, _ value: String) -> [String]? {
        switch path {
        case "id": content.user(id: value).map { [$0.id] } ?? []
        case "userName": content.user(named: value).map { [$0.id] } ?? []
        case "externalId": content.directory.userIDs(externalID: value)
        case "emails", "emails.value": content.directory.userIDs(email: value)
        case "groups", "groups.value": content.group(id: value).map { Array($0.members) } ?? []
        default: nil
        }
    }

    private func groupIDs(_ path: String, _ value: String) -> [String]? {
        switch path {
        case "id": content.group(id: value).map { [$0.id] } ?? []
        case "displayName": content.directory.group(named: value).map { [$0.id] } ?? []
        case "externalId": content.directory.groupIDs(externalID: value)
        case "members", "members.value": content.groupIDs(containing: value)
        default: nil
        }
    }
}
