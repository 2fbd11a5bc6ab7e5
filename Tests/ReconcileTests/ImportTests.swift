import Access
import Generators
import Reconcile
import Roster
import Testing
import Tree
import YAML

/// A live organisation as files of a tree to start from.
struct ImportTests {
    private static let settings = """
        version: 1
        targets:
          sandbox: {kind: file, path: target.yaml}

        """

    private static let organization = """
        organization: acme
        deployments:
          prod: {locations: [finance]}
          staging: {}
        users:
          Ada@Example.com:
            grants:
              - organization: admin
          grace@example.com: {}
          o'neill@example.com:
            grants:
              - branchDeployments: prod
                role: on-call
        teams:
          Data Platform:
            members: [Ada@Example.com, grace@example.com]
            grants:
              - deployment: prod
                role: viewer
                locations: {finance: editor}
              - branchDeployments: all
                role: launcher
          Empty: {}
        roles:
          on-call:
            scope: deployment
            description: Restart what is stuck
            icon: star
            permissions: [START_AND_STOP_RUNS]
        """

    /// What an import of an organisation into a fresh tree gives.
    private func roster(_ organization: Organization, settings: String = settings) throws -> RosterImport {
        let read = try #require(Settings.read(Array(settings.utf8)).settings)
        return RosterImport(organization, target: "sandbox", settings: read)
    }

    private func contents(_ roster: RosterImport, settings: String = settings) async throws -> TreeContents {
        var files = Dictionary(uniqueKeysWithValues: roster.files.map { ($0.path, $0.bytes) })
        files["dagroster.yaml"] = Array(settings.utf8)
        return try await TreeReader.read(MemoryTree(files: files))
    }

    @Test func `people, teams, grants and roles become files as people and serve would write them`() async throws {
        let roster = try roster(Organization(yaml: Self.organization))
        let ids = try await contents(roster).directory
        let ada = try #require(ids.user(named: "ada@example.com")?.id)
        let group = try #require(ids.group(named: "Data Platform")?.id)
        let comment = "# Written by dagroster from SCIM. Change it in the identity provider.\n"
        let files = Dictionary(
            uniqueKeysWithValues: roster.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
        )
        #expect(
            files.keys.sorted() == [
                "access/ada@example.com.yaml", "access/data-platform.yaml", "access/o%27neill@example.com.yaml",
                "access/roles.yaml", "provisioned/groups/data-platform.yaml", "provisioned/groups/empty.yaml",
                "provisioned/users/ada@example.com.yaml", "provisioned/users/grace@example.com.yaml",
                "provisioned/users/o%27neill@example.com.yaml",
            ]
        )
        #expect(
            files["provisioned/users/ada@example.com.yaml"]
                == comment + "id: \(ada)\nuserName: Ada@Example.com\nactive: true\n"
        )
        #expect(
            files["provisioned/groups/data-platform.yaml"] == comment + """
                id: \(group)
                displayName: Data Platform
                members:
                  - Ada@Example.com
                  - grace@example.com

                """
        )
        #expect(
            files["access/data-platform.yaml"] == """
                team: Data Platform
                grants:
                  - deployment: prod
                    role: viewer
                    locations:
                      finance: editor
                  - branchDeployments: all
                    role: launcher

                """
        )
        #expect(files["access/ada@example.com.yaml"] == "user: Ada@Example.com\ngrants:\n  - organization: admin\n")
        #expect(
            files["access/roles.yaml"] == """
                roles:
                  on-call:
                    scope: deployment
                    description: Restart what is stuck
                    icon: star
                    permissions:
                      - START_AND_STOP_RUNS

                """
        )
        #expect(roster.omissions.isEmpty)
    }

    @Test func `the same organisation gives the same files with ids of the form of a UUID`() throws {
        let organization = try Organization(yaml: Self.organization)
        let roster = try roster(organization)
        #expect(try roster.files == self.roster(organization).files)
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        for file in roster.files where file.path.hasPrefix("provisioned/") {
            let line = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")[1]
            #expect(line.dropFirst("id: ".count).wholeMatch(of: form) != nil, "\(line)")
        }
    }

    @Test func `people are found by the address where the settings say so`() async throws {
        let settings = Self.settings + "identity: {email: 'emails[type eq \"work\"].value'}\n"
        let roster = try roster(Organization(yaml: Self.organization), settings: settings)
        let ada = try await contents(roster, settings: settings).directory.user(named: "ada@example.com")
        #expect(ada?.email(ofType: "work") == "Ada@Example.com")
    }

    /// What no file can say is left out with its reason, and everything else is imported.
    @Test(arguments: [
        // Groups are one when their names differ in letter case alone.
        (
            "teams: {Data: {}, data: {}}",
            #"team "data": differs from another team in letter case alone, and two groups cannot"#
        ),
        // The organisation has no such role any more: a file could not name it.
        (
            "roles: {Editor: {scope: deployment, permissions: []}}",
            #"role "Editor": "Editor" is the name of a built-in role"#
        ),
        (
            "roles: {ops: {scope: deployment, permissions: []}, Ops: {scope: deployment, permissions: []}}",
            #"role "ops": role "ops" and role "Ops" differ only in letter case"#
        ),
        // `branchDeployments: all` means those of every base.
        (
            "teams: {A: {grants: [{branchDeployments: all, role: viewer}]}}",
            nil
        ),
    ])
    func `what no file can say is left out with its reason`(yaml: String, omission: String?) async throws {
        let organization = try Organization(yaml: "deployments: {all: {}}\n" + yaml)
        let roster = try roster(organization)
        #expect(roster.omissions.map { "\($0.what): \($0.reason)" } == (omission.map { [$0] } ?? []))
        try await expectNothingToDo(roster, at: organization)
    }

    @Test func `grants that a file would state otherwise are left as they are`() async throws {
        var organization = try Organization(yaml: Self.organization)
        organization.deployments["all"] = DeploymentState()
        let grants: [(Scope, Role, [String: Role])] = [
            // A file that says so means the branch deployments of every base.
            (.branchDeployments(of: "all"), .viewer, [:]),
            // Dagster+ keeps what was given for a location or a deployment that is gone.
            (.deployment("prod"), .viewer, ["gone": .editor]),
            (.deployment("gone"), .viewer, [:]),
            (.deployment("prod"), .custom("gone"), [:]),
            (.organization, .custom("on-call"), [:]),
        ]
        for (scope, role, locations) in grants {
            organization.teams["Empty"]?.grants = [scope: Grant(scope: scope, role: role, locations: locations)]
            let roster = try roster(organization)
            #expect(roster.omissions.map(\.what) == [#"the grants of team "Empty""#], "\(scope) \(role)")
            try await expectNothingToDo(roster, at: organization)
        }
    }

    @Test func `a team is left out with a member whom no file can name`() async throws {
        var organization = try Organization(yaml: Self.organization)
        organization.users[""] = UserState(email: "")
        organization.teams["Empty"]?.members = [""]
        let roster = try roster(organization)
        #expect(
            roster.omissions.map { "\($0.what) \($0.reason)" } == [
                "a person has no e-mail address, by which a tree knows people",
                #"team "Empty" has a member whom no file names, """#,
            ]
        )
        try await expectNothingToDo(roster, at: organization)
    }

    @Test func `a service user is left out, and a role that nobody knows is left as it is`() async throws {
        var organization = try Organization(yaml: Self.organization)
        organization.serviceUsers = ["ci"]
        organization.unknownRoles = ["FUTURE"]
        organization.teams["Empty"]?.grants[.organization] = Grant(scope: .organization, role: .custom("FUTURE"))
        let roster = try roster(organization)
        #expect(
            roster.omissions.map { "\($0.what): \($0.reason)" } == [
                "the grants of team \"Empty\": role \"FUTURE\" is neither a Dagster+ role nor in access/roles.yaml",
                "service user \"ci\": is a program's account, and a tree has people",
            ]
        )
        try await expectNothingToDo(roster, at: organization)
    }

    @Test func `a tree that has something is refused with what it has`() async throws {
        let roster = try roster(Organization(yaml: Self.organization))
        let contents = try await contents(roster)
        #expect {
            try ImportCheck.refuse(contents)
        } throws: { error in
            "\(error)".hasPrefix("the tree has access/ada@example.com.yaml, access/data-platform.yaml, ")
                && "\(error)".contains(" and 4 more already") && "\(error)".contains("nothing was written\nhint: ")
        }
        try ImportCheck.refuse(TreeContents())
    }

    @Test(arguments: 0..<60)
    func `after an import of any organisation there is nothing to do`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let organization = Organization(random: &random)
        let roster = try roster(organization)
        try await expectNothingToDo(roster, at: organization)
        // Only what is really no file's is left out: everybody with an address is there, and every team but for twins.
        #expect(roster.counts.people == organization.users.count)
        #expect(roster.counts.teams == Set(organization.teams.keys.map { $0.lowercased() }).count)
    }

    /// Reads the files, plans and applies: no item, nothing held back, nothing written; and a record as of any apply.
    private func expectNothingToDo(
        _ roster: RosterImport,
        at organization: Organization,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let contents = try await contents(roster)
        #expect(contents.isValid, "\(contents.diagnostics)", sourceLocation: sourceLocation)
        let target = try #require(contents.settings.targets.first)
        let today = try #require(CalendarDate("2026-11-27"))
        try await ImportCheck.refuse(
            roster,
            over: MemoryTree(files: ["dagroster.yaml": Array(Self.settings.utf8)]),
            target: target,
            live: organization,
            today: today
        )
        let memory = MemoryTarget(organization)
        var record: TargetRecord?
        for _ in 0..<2 {
            let prepared = try await Reconciler.prepare(
                contents,
                record: record,
                reader: memory,
                options: Reconciler.Options(target: target, today: today)
            )
            #expect(prepared.plan.outline == [], sourceLocation: sourceLocation)
            #expect(prepared.plan.heldOutline == [], sourceLocation: sourceLocation)
            let records = MemoryRecords()
            let applied = try await Reconciler.apply(
                prepared,
                reader: memory,
                writer: memory,
                records: records,
                time: "2026-11-27T00:00:00Z"
            )
            #expect(applied.exitCode == .success, sourceLocation: sourceLocation)
            record = applied.record ?? record
        }
        #expect(await memory.states == [organization], sourceLocation: sourceLocation)
        #expect(record?.users.count == roster.counts.people, sourceLocation: sourceLocation)
        #expect(record?.teams.count == roster.counts.teams, sourceLocation: sourceLocation)
    }
}

/// A tree in memory.
private struct MemoryTree: FileSource {
    let files: [String: [UInt8]]

    func files() async throws -> [SourceFile] { files.keys.map { SourceFile(path: $0) } }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] { files.map { self.files[$0.path] } }
}
