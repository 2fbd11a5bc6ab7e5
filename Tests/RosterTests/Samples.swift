import Roster
import SCIM

/// People and groups that several suites use.
enum Samples {
    static func user(_ id: String, _ userName: String, active: Bool = true, email: String? = nil) -> User {
        var attributes: Object = ["userName": .string(userName), "active": .bool(active)]
        if let email { attributes["emails"] = [["type": "work", "value": .string(email), "primary": true]] }
        return User(id: id, created: "2026-11-23T16:47:00Z", attributes: attributes)
    }

    static func group(_ id: String, _ name: String, members: [String] = [], groups: [String] = []) -> Group {
        Group(
            id: id,
            created: "2026-11-23T16:47:00Z",
            attributes: ["displayName": .string(name)],
            members: members,
            groups: groups
        )
    }

    /// Ada and Grace in Data Platform, which stands in Everyone.
    static func directory() throws -> Directory {
        var directory = Directory()
        try directory.apply(.createUser(user("u1", "ada@example.com", email: "ada@example.com")))
        try directory.apply(.createUser(user("u2", "grace@example.com")))
        try directory.apply(.createGroup(group("g1", "Data Platform", members: ["u1", "u2"])))
        try directory.apply(.createGroup(group("g2", "Everyone", groups: ["g1"])))
        return directory
    }
}
