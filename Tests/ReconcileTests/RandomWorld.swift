import Access
import Generators
import Reconcile
import Testing
import Tree

extension World {
    static let people = (0..<7).map { "p\($0)@example.com" }
    static let teams = ["A", "B", "C", "D"]
    static let deployments: [String: DeploymentState] = [
        "prod": DeploymentState(locations: ["x", "z"]), "staging": DeploymentState(locations: ["x"]),
    ]
    static let roles = ["catalog_viewer", "viewer", "launcher", "editor", "admin"]

    /// Gives the tree another random content: people and groups keep their ids when their names change.
    mutating func shuffleTree(_ random: inout SeededGenerator) {
        users = [:]
        inactive = [:]
        for (index, first) in Self.people.enumerated() {
            // Some have another userName now, and some that of somebody else.
            let names = [first, first, first, "q\(index)@example.com", "q\(index / 2)@example.com"]
            let name = names.randomElement(using: &random) ?? first
            guard users[name] == nil, inactive[name] == nil else { continue }
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<7: users[name] = "u\(index)"
            case 7: inactive[name] = "u\(index)"
            default: break
            }
        }
        groups = [:]
        for name in Self.teams where Bool.random(using: &random) {
            groups[name] = users.keys.sorted().filter { _ in Bool.random(using: &random) }
        }
        // Groups keep their ids under names that go round.
        let shift = Int.random(in: 0..<6, using: &random)
        for (index, name) in Self.teams.enumerated() {
            let id = shift > 3 ? (index + 1) % Self.teams.count : index
            groupIDs[name] = "g\(id)"
        }
        created = Dictionary(uniqueKeysWithValues: (0..<7).map { ("u\($0)", "2026-01-0\($0 + 1)T00:00:00Z") })
        access = [:]
        let custom = Self.customRoles(&random)
        if !custom.isEmpty { access["access/roles.yaml"] = Self.file(of: custom) }
        let roles = Self.roles + custom.keys.sorted()
        for name in groups.keys.sorted() where Int.random(in: 0..<4, using: &random) > 0 {
            access["access/\(name).yaml"] = "team: \(name)\n" + Self.grants(of: roles, &random)
        }
        for name in users.keys.sorted() where Int.random(in: 0..<3, using: &random) == 0 {
            access["access/\(name).yaml"] = "user: \(name)\n" + Self.grants(of: roles, &random)
        }
    }

    /// Custom roles of deployments with some permissions each, others each time.
    private static func customRoles(_ random: inout SeededGenerator) -> [String: [String]] {
        let permissions = ["START_AND_STOP_RUNS", "TOGGLE_SCHEDULES", "TOGGLE_SENSORS", "DELETE_RUNS"]
        var roles: [String: [String]] = [:]
        for name in ["on-call", "keeper"] where Int.random(in: 0..<4, using: &random) > 0 {
            let some = permissions.filter { _ in Bool.random(using: &random) }
            roles[name] = some.isEmpty ? [permissions[0]] : some
        }
        return roles
    }

    private static func file(of roles: [String: [String]]) -> String {
        let entries = roles.sorted { $0.key < $1.key }.map { name, permissions in
            "  \(name): {scope: deployment, permissions: [\(permissions.joined(separator: ", "))]}\n"
        }
        return "roles:\n" + entries.joined()
    }

    private static func grants(of roles: [String], _ random: inout SeededGenerator) -> String {
        func role(_ random: inout SeededGenerator) -> String { roles.randomElement(using: &random) ?? "viewer" }
        var lines: [String] = []
        for deployment in deployments.keys.sorted() where Bool.random(using: &random) {
            lines += ["  - deployment: \(deployment)", "    role: \(role(&random))"]
            let locations =
                deployments[deployment]?.locations?.sorted().filter { _ in Bool.random(using: &random) } ?? []
            let overrides = locations.map { "\($0): \(role(&random))" }
            if !overrides.isEmpty { lines.append("    locations: {\(overrides.joined(separator: ", "))}") }
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
            lines += ["  - branchDeployments: all", "    role: \(role(&random))"]
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
            lines += ["  - branchDeployments: prod", "    role: \(role(&random))"]
        }
        if Int.random(in: 0..<5, using: &random) == 0 { lines.append("  - organization: admin") }
        return lines.isEmpty ? "grants: []" : "grants:\n" + lines.joined(separator: "\n")
    }

    /// Lets somebody else change the target at random, never so much that it is not believed.
    mutating func shuffleTarget(_ random: inout SeededGenerator) {
        for name in live.teams.keys.sorted() {
            for person in live.users.keys.sorted() where Int.random(in: 0..<4, using: &random) == 0 {
                if live.teams[name]?.members.remove(person) == nil { live.teams[name]?.members.insert(person) }
            }
            if let scope = live.teams[name]?.grants.keys.sorted().randomElement(using: &random) {
                live.teams[name]?.grants[scope]?.role = Role(name: Self.roles.randomElement(using: &random) ?? "viewer")
            }
        }
        if let person = live.users.keys.sorted().randomElement(using: &random), live.users.count > 4 {
            try? live.apply(.removeUser(key: person))
        }
        live.users["guest@example.com"] = UserState(email: "guest@example.com")
    }

    /// Passes every guard that refuses: these tests are about the way, not about how much.
    mutating func passGuards() async throws {
        overrides = []
        overrides = try await plan().refusals.map {
            GuardOverride(guardName: $0.check.name, digest: $0.digest, reason: "test")
        }
    }
}
