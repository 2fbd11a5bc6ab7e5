import Testing

/// A small organisation: two people in a team of three, one administrator more, and a target that knows none of them.
enum Acme {
    static let target = """
        organization: acme
        deployments:
          prod:
            locations:
              - finance
              - marketing
          staging: {}

        """

    static let dataPlatform = """
        team: Data Platform
        grants:
          - deployment: prod
            role: viewer
            locations:
              finance: editor
          - branchDeployments: all
            role: editor

        """

    static let admins = """
        team: Admins
        groups: []
        users:
          - ada@example.com
          - lin@example.com
        grants:
          - organization: admin

        """

    /// The target after everything has been applied.
    static let applied = """
        organization: acme
        deployments:
          prod:
            locations:
              - finance
              - marketing
          staging: {}
        users:
          ada@example.com: {}
          grace@example.com: {}
          lin@example.com: {}
        teams:
          Admins:
            members:
              - ada@example.com
              - lin@example.com
            grants:
              - organization: admin
          Data Platform:
            members:
              - ada@example.com
              - grace@example.com
            grants:
              - deployment: prod
                role: viewer
                locations:
                  finance: editor
              - branchDeployments: all
                role: editor

        """

    static func user(_ name: String, active: Bool = true) -> String {
        "id: \(name)\nuserName: \(name)@example.com\nactive: \(active)\n"
    }

    static func group(_ name: String, _ members: [String]) -> String {
        let list = members.map { "  - \($0)@example.com\n" }.joined()
        return "id: \(name.lowercased())\ndisplayName: \(name)\n" + (list.isEmpty ? "" : "members:\n\(list)")
    }

    /// A tree whose provisioned files stand as `serve` would have written them.
    static func with<Result>(_ body: (TemporaryTree) throws -> Result) throws -> Result {
        try TemporaryTree.with { tree in
            for name in ["ada", "grace", "lin"] {
                try tree.folder.write(user(name), to: "provisioned/users/\(name)@example.com.yaml")
            }
            try tree.folder.write(
                group("Data Platform", ["ada", "grace"]),
                to: "provisioned/groups/data-platform.yaml"
            )
            try tree.folder.write(dataPlatform, to: "access/data-platform.yaml")
            try tree.folder.write(admins, to: "access/admins.yaml")
            try tree.folder.write(target, to: "target.yaml")
            try tree.commit("acme")
            return try body(tree)
        }
    }

    /// The same, applied once.
    static func applied<Result>(_ body: (TemporaryTree) throws -> Result) throws -> Result {
        try with { tree in
            let result = try tree.run(["reconcile", "--apply"])
            try #require(result.exitCode == 0, "\(result)")
            try tree.commit("applied")
            return try body(tree)
        }
    }
}

extension TemporaryTree {
    func target() throws -> String { try folder.text("target.yaml") }

    func reconcile(_ arguments: String...) throws -> CommandResult { try run(["reconcile"] + arguments) }

    /// What `reconcile` says in JSON; it must end with exit 0.
    func json(_ arguments: String...) throws -> JSONValue {
        let result = try run(["reconcile"] + arguments)
        try #require(result.exitCode == 0, "\(result)")
        return try JSONValue(parsing: Array(result.output.utf8))
    }
}

extension String {
    /// With `COMMIT` for every abbreviated commit name.
    var withoutCommits: String { replacing(/(commit|applied) [0-9a-f]{7,40}/) { "\($0.1) COMMIT" } }
}
