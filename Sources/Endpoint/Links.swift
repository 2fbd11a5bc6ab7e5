internal import Roster
internal import SCIM
internal import Store
internal import HashTreeCollections

/// What resources say about each other: URLs, names and memberships, as one state of the directory has them.
///
/// A class, because every record of an answer has it.
final class Links: Sendable {
    let snapshot: Snapshot
    /// The records of the snapshot.
    let content: Snapshot.Content
    /// The URL of the endpoint, without a slash at its end.
    let base: String
    /// What records show of themselves and each other.
    let stored: StoredAttributes
    init(snapshot: Snapshot, base: String, stored: StoredAttributes = .all) {
        self.snapshot = snapshot
        content = snapshot.content
        self.base = base
        self.stored = stored
    }

    /// The URL of a resource.
    func location(_ type: ResourceType, id: String) -> String {
        base + type.endpoint + "/" + PercentEncoding.encoded(id)
    }

    /// A group's member as the group shows it.
    ///
    /// `display` is the displayName and nothing in its place: scim2-tester compares whole elements and fails where
    /// somebody who was made with nothing but a userName is shown with more than was sent.
    func member(_ member: Member) -> Value {
        switch member {
        case .user(let id): reference(.user, id: id, display: content.user(id: id).flatMap(name))
        case .group(let id): reference(.group, id: id, display: content.group(id: id)?.displayName)
        }
    }

    private func name(of user: User) -> String? { stored.keepsNames ? user.displayName : nil }

    private func reference(_ type: ResourceType, id: String, display: String?) -> Value {
        var object: Object = [
            "value": .string(id), "$ref": .string(location(type, id: id)), "type": .string(type.name),
        ]
        if let display { object["display"] = .string(display) }
        return .object(object)
    }

    /// The groups that hold a person directly, as the person shows them (RFC 7643 section 4.1.2).
    ///
    /// - Returns: nil for somebody who is in no group.
    func groups(of user: String) -> Value? {
        let ids = content.groupIDs(containing: user)
        guard !ids.isEmpty else { return Value?.none }
        return .array(
            ids.map { id in
                var object: Object = [
                    "value": .string(id), "$ref": .string(location(.group, id: id)), "type": "direct",
                ]
                if let name = content.group(id: id)?.displayName {
                    object["display"] = .string(name)
                }
                return .object(object)
            }
        )
    }

    /// A manager with the name and URL of the person, where the id is somebody's.
    func manager(_ stored: Value) -> Value {
        guard var object = stored.object, let id = object["value"]?.string,
            let user = content.user(id: id)
        else { return stored }
        object["$ref"] = .string(location(.user, id: id))
        if let name = name(of: user) { object["displayName"] = .string(name) }
        return .object(object)
    }

    /// `meta` of a record (RFC 7643 section 3.1).
    func meta(_ type: ResourceType, id: String, created: String?, version: EntityTag) -> Value {
        var meta: Object = ["resourceType": .string(type.name)]
        if let created { meta["created"] = .string(created) }
        if let modified = content.modified(id: id) { meta["lastModified"] = .string(modified.description) }
        meta["location"] = .string(location(type, id: id))
        meta["version"] = .string(version.description)
        return .object(meta)
    }
}
