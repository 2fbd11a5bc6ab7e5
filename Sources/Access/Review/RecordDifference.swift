internal import Roster
internal import SCIM

/// Finds the provisioned records that are not as they were.
struct RecordDifference {
    let old: TreeSide
    let new: TreeSide

    /// Users by name, then groups by name.
    var objects: [ObjectDifference] { users + groups }

    private var users: [ObjectDifference] {
        Set(old.directory.userIDs).union(new.directory.userIDs).compactMap { id in
            let (before, after) = (old.directory.user(id: id), new.directory.user(id: id))
            guard before != after, let user = after ?? before else { return nil }
            return object("user", user.userName, id, before == nil, after == nil, details(before, after))
        }
        .sorted { ($0.name, $0.action.rank) < ($1.name, $1.action.rank) }
    }

    private func details(_ before: User?, _ after: User?) -> [String] {
        guard let before, let after else { return after.map { $0.isActive ? [] : ["inactive"] } ?? [] }
        var details: [String] = []
        if before.userName != after.userName { details.append("was \(before.userName)") }
        if before.isActive != after.isActive { details.append(after.isActive ? "activated" : "deactivated") }
        return details
            + Self.names(before.attributes, after.attributes).filter { !["userName", "active"].contains($0) }
    }

    private var groups: [ObjectDifference] {
        Set(old.directory.groupIDs).union(new.directory.groupIDs).compactMap { id in
            let (before, after) = (old.directory.group(id: id), new.directory.group(id: id))
            guard let group = after ?? before, before != after else { return nil }
            var details: [String] = []
            if let before, let after {
                if before.displayName != after.displayName { details.append("was \(before.displayName)") }
                let joined =
                    after.members.subtracting(before.members).count
                    + after.groups.subtracting(before.groups).count
                let left =
                    before.members.subtracting(after.members).count
                    + before.groups.subtracting(after.groups).count
                if joined + left > 0 { details.append("+\(joined) -\(left) members") }
                details += Self.names(before.attributes, after.attributes).filter { $0 != "displayName" }
                // Its people are listed by other names.
                if details.isEmpty { return nil }
            }
            return object("group", group.displayName, id, before == nil, after == nil, details)
        }
        .sorted { ($0.name, $0.action.rank) < ($1.name, $1.action.rank) }
    }

    private func object(
        _ kind: String,
        _ name: String,
        _ id: String,
        _ isNew: Bool,
        _ isGone: Bool,
        _ details: [String]
    ) -> ObjectDifference {
        ObjectDifference(
            kind: kind,
            name: name,
            action: isNew ? .created : isGone ? .removed : .changed,
            details: details,
            file: new.paths[id] ?? old.paths[id] ?? ""
        )
    }

    /// The attributes whose values differ, by name.
    private static func names(_ before: Object, _ after: Object) -> [String] {
        Set(before.members.map(\.name)).union(after.members.map(\.name))
            .filter { before[$0] != after[$0] }.sorted()
    }
}
