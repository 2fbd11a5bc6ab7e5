import Access
import Generators
import Roster
import SCIM

@testable import Tree

/// Random requests, applied to a directory, and random edits under `access/`, with the files that each step changes.
struct Replay {
    private(set) var directory = Directory()
    private var files: [String: String] = [:]
    private var paths: [String: String] = [:]
    private var made = 0

    /// What people wrote so far.
    var access: AccessFiles { AccessFiles.read(files.map { (path: $0.key, bytes: Array($0.value.utf8)) }).access }

    /// Everybody and every group whose names are used, so that few names are nobody's.
    mutating func populate() -> [String: [UInt8]?] {
        var changed: [String: [UInt8]?] = [:]
        for number in 0..<6 {
            let attributes: Object = ["userName": .string("p\(number)")]
            changed.merge(apply(.createUser(User(id: "p\(number)", created: nil, attributes: attributes)))) { $1 }
        }
        for number in 0..<4 {
            let attributes: Object = ["displayName": .string("G\(number)")]
            changed.merge(apply(.createGroup(Group(id: "G\(number)", created: nil, attributes: attributes)))) { $1 }
        }
        return changed
    }

    /// Makes one request or edit; empty where it would change nothing.
    mutating func step(_ random: inout SeededGenerator) -> [String: [UInt8]?] {
        if random.below(4) == 0 { return edit(&random) }
        return mutation(&random).map { apply($0) } ?? [:]
    }

    private mutating func apply(_ mutation: Mutation) -> [String: [UInt8]?] {
        let before = directory
        guard let effect = try? directory.apply(mutation), directory != before else { return [:] }
        var changed: [String: [UInt8]?] = [:]
        for id in effect.removedUsers.union(effect.removedGroups) {
            if let path = paths.removeValue(forKey: id) { changed[path] = .some(nil) }
        }
        for id in effect.users.union(effect.groups).sorted() {
            let (path, bytes) = file(of: id)
            if let old = paths[id], old != path { changed[old] = .some(nil) }
            paths[id] = path
            changed[path] = bytes
        }
        return changed
    }

    private func file(of id: String) -> (String, [UInt8]) {
        let isTaken: (String) -> Bool = { path in paths.contains { $0.value == path && $0.key != id } }
        if let user = directory.user(id: id) {
            let path = Layout().path(of: .user, id: id, name: user.userName, current: paths[id], isTaken: isTaken)
            return (path, UserFile.bytes(of: user))
        }
        let group = directory.group(id: id) ?? Group(id: id, created: nil, attributes: Object())
        let path = Layout().path(of: .group, id: id, name: group.displayName, current: paths[id], isTaken: isTaken)
        return (path, GroupFile.bytes(of: group, in: directory))
    }

    private mutating func mutation(_ random: inout SeededGenerator) -> Mutation? {
        let users = Array(directory.userIDs)
        let groups = Array(directory.groupIDs)
        switch random.below(10) {
        case 0, 1:
            made += 1
            let attributes: Object = ["userName": .string("p\(random.below(6))"), "roles": Self.roles(&random)]
            return .createUser(User(id: "u\(made)", created: nil, attributes: attributes))
        case 2:
            made += 1
            return .createGroup(
                Group(id: "g\(made)", created: nil, attributes: ["displayName": .string("G\(random.below(4))")])
            )
        case 3:
            let values: [String: Value?] = [
                "active": .some(.bool(random.below(2) == 0)), "userName": .some(.string("p\(random.below(6))")),
                "roles": .some(Self.roles(&random)),
            ]
            let name = values.keys.sorted()[random.below(values.count)]
            return random.element(users).map { .changeUser(id: $0, Assignments([name: values[name] ?? nil])) }
        case 4: return random.below(3) == 0 ? random.element(users).map(Mutation.deleteUser) : nil
        case 5: return random.below(4) == 0 ? random.element(groups).map(Mutation.deleteGroup) : nil
        case 6:
            let name = Assignments(["displayName": .some(.string("G\(random.below(4))"))])
            return random.element(groups).map { .changeGroup(id: $0, GroupChange(assignments: name)) }
        default:
            let members = users.map(Member.user) + groups.map(Member.group)
            guard let group = random.element(groups), let member = random.element(members) else { return nil }
            let isLeaving = random.below(3) == 0
            return .changeGroup(
                id: group,
                GroupChange(joining: isLeaving ? [] : [member], leaving: isLeaving ? [member] : [])
            )
        }
    }

    private static func roles(_ random: inout SeededGenerator) -> Value {
        random.below(2) == 0 ? [] : [["value": "Ops"]]
    }

    private mutating func edit(_ random: inout SeededGenerator) -> [String: [UInt8]?] {
        let number = random.below(2)
        let path = "access/t\(number).yaml"
        let role = ["viewer", "editor", "admin"][random.below(3)]
        let override = random.below(2) == 0 ? "\n    locations: {finance: editor}" : ""
        let text: String? =
            random.below(8) == 0
            ? nil
            : """
            team: T\(number)
            groups: [G\(random.below(2)), G\(2 + random.below(2))]
            users: [p\(random.below(6))]
            appRoles: [\(random.below(2) == 0 ? "" : "Ops")]
            grants:
              - deployment: prod
                role: \(role)\(override)
            \(random.below(3) == 0 ? "  - organization: admin\n" : "")
            """
        guard files[path] != text else { return [:] }
        files[path] = text
        return [path: text.map { Array($0.utf8) }]
    }
}

extension SeededGenerator {
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    mutating func element<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }
}
