import Access
import Generators
import Reconcile

extension Organization {
    /// Names that files, YAML or shells could take for something else, and names that nearly are the same.
    private static let names = [
        "Data Platform", "data platform", "Data-Platform", "roles", "protected", "con", "null", "007", "1e3", "~",
        "- x",
        "a/b", "..", "größe", "Ω", "x: y", "#", "'", "\"", "名前", "Team, with a comma", "yes", "ada@example.com",
        "tab\there",
    ]
    private static let people = [
        "ada@example.com", "Grace@Example.com", "o'neill@example.com", "no", "null@example.com", "+x@example.com",
        "-y@example.com", "ünï@example.com", "space in@example.com", "a/b@example.com", "1@example.com",
        "con@example.com",
    ]

    /// An organisation in which everything is somebody's somewhere.
    init(random: inout SeededGenerator) {
        self.init(name: Bool.random(using: &random) ? "acme" : nil)
        deployments = [
            "prod": DeploymentState(locations: ["x", "z: y"]), "staging": DeploymentState(locations: nil),
            "all": DeploymentState(),
        ]
        for name in ["on-call", "On-Call", "no", "admin "] where Bool.random(using: &random) {
            let permissions = Permission.allCases.filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
            roles[name] = CustomRole(
                name: name,
                scope: Bool.random(using: &random) ? .deployment : .organization,
                description: Bool.random(using: &random) ? "what: \"it\" is for" : nil,
                permissions: Set(permissions)
            )
        }
        for email in Self.people where Int.random(in: 0..<4, using: &random) > 0 {
            let key = ResolutionPolicy.Identity.key(ofEmail: email)
            users[key] = UserState(email: email, grants: grants(&random))
        }
        for name in Self.names where Bool.random(using: &random) {
            let members = users.keys.sorted().filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            teams[name] = TeamState(members: Set(members), grants: grants(&random))
        }
    }

    private func grants(_ random: inout SeededGenerator) -> [Scope: Grant] {
        let scopes: [Scope] = [
            .organization, .deployment("prod"), .deployment("staging"), .deployment("all"), .allBranchDeployments,
            .branchDeployments(of: "prod"), .branchDeployments(of: "all"),
        ]
        var grants: [Scope: Grant] = [:]
        for scope in scopes where Int.random(in: 0..<4, using: &random) == 0 {
            let builtIn: [Role] = scope == .organization ? [.admin] : Role.builtIn
            let held = builtIn + roles.keys.sorted().map { .custom($0) }
            var grant = Grant(scope: scope, role: held.randomElement(using: &random) ?? .admin)
            if scope == .deployment("prod"), Bool.random(using: &random) {
                grant.locations["z: y"] = held.randomElement(using: &random)
            }
            grants[scope] = grant
        }
        return grants
    }
}
