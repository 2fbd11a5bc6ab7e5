import Roster
import SCIM
import Testing
import YAML

@testable import Access

/// A directory, files under `access/`, and what comes of them.
struct World {
    var directory = Directory()
    var files: [(path: String, bytes: [UInt8])] = []
    var known = KnownNames()
    var holders: [String: String] = [:]
    var taking: Set<String> = []
    var policy = ResolutionPolicy()
    var today = "2026-11-23"

    mutating func user(_ name: String, id: String? = nil, active: Bool = true, _ more: Object = Object()) throws {
        var attributes: Object = ["userName": .string(name), "active": .bool(active)]
        for member in more.members { attributes[member.name] = member.value }
        try directory.apply(.createUser(User(id: id ?? "u-\(name)", created: nil, attributes: attributes)))
    }

    mutating func group(_ name: String, id: String? = nil, _ members: [String] = [], groups: [String] = []) throws {
        let group = Group(
            id: id ?? "g-\(name)",
            created: nil,
            attributes: ["displayName": .string(name)],
            members: members.map { "u-\($0)" },
            groups: groups.map { "g-\($0)" }
        )
        try directory.apply(.createGroup(group))
    }

    mutating func file(_ path: String, _ text: String) { files.append((path, Array(text.utf8))) }

    func resolved() throws -> (wanted: Wanted, report: [String]) {
        let (access, diagnostics) = AccessFiles.read(files)
        let day = try #require(CalendarDate(today))
        let (wanted, more) = Resolution.wanted(
            access,
            directory,
            policy: policy,
            known: known,
            holders: holders,
            taking: taking,
            today: day,
            paths: ["u-bob": "provisioned/users/bob.yaml"]
        )
        return (wanted, (diagnostics + more).map(\.description))
    }
}

extension Wanted {
    /// Who is in which team because of what, in words.
    var memberships: [String: [String: [String]]] {
        teams.mapValues { $0.members.mapValues { $0.map(\.description) } }
    }
}
