import Access
import Reconcile
import Roster
import Testing
import YAML

/// A record is read back as what was written, byte for byte and value for value.
struct TargetRecordTests {
    static let record = TargetRecord(
        target: "sandbox",
        commit: String(repeating: "a", count: 40),
        attempted: String(repeating: "b", count: 40),
        intent: Intent(
            users: ["lin@example.com": RecordedUser(id: "3", userName: "lin@example.com", grants: [:])],
            teams: ["1e3": RecordedTeam(members: ["lin@example.com"])],
            roles: ["new": CustomRole(name: "new", scope: .organization, permissions: [.deleteRuns])],
            renames: [
                PrincipalRename(from: .user("a"), to: .user("b")), PrincipalRename(from: .team("no"), to: .team("C")),
            ],
            peopleLeft: 3,
            teamsLeft: 2
        ),
        time: "2026-11-23T16:47:00Z",
        users: [
            "ada@example.com": RecordedUser(
                id: "1",
                created: "2026-01-01T00:00:00Z",
                userName: "ada@example.com",
                grants: [
                    .organization: RecordedGrant(
                        Grant(scope: .organization, role: .admin),
                        because: "access/ada.yaml:3:5"
                    )
                ]
            ),
            "no": RecordedUser(id: "007", userName: "NO", isOurs: false, grants: [:]),
        ],
        teams: [
            "Data Platform": RecordedTeam(
                groups: ["g2", "g1"],
                members: ["no", "ada@example.com"],
                grants: [
                    .deployment("prod"): RecordedGrant(
                        Grant(scope: .deployment("prod"), role: .viewer, locations: ["finance": .custom("on-call")]),
                        because: "access/x.yaml:1:1",
                        expires: CalendarDate("2027-01-31")
                    )
                ]
            ),
            "\u{1B}[31mred\n": RecordedTeam(),
        ],
        roles: ["on-call": CustomRole(name: "on-call", scope: .deployment, permissions: [.deleteRuns])],
        invitations: ["new@example.com": Timestamp(milliseconds: 1_790_000_000_000)],
        newcomers: ["1e3", "ada@example.com"],
        deployments: ["prod": DeploymentState(locations: ["finance"]), "x": DeploymentState(locations: nil)],
        names: KnownNames(
            users: [NameKey("ada@example.com"): "1", NameKey("NO"): "007", NameKey("gone@example.com"): "9"],
            groups: [NameKey("Data Platform"): "g1"]
        ),
        notAdopted: [ItemID("team/x/remove")],
        limits: GuardLimits(percent: 7),
        protected: ProtectedNames(
            users: ["ada@example.com"],
            teams: ["Data Platform"],
            renamedTeams: ["Platform": "Data Platform"]
        ),
        overrides: [GuardOverride(guardName: "people", digest: "0123456789ab", reason: "layoff: # 3")]
    )

    @Test func `everything in a record comes back`() throws {
        let (read, diagnostics) = TargetRecord.read(Self.record.bytes, file: "record.yaml")
        #expect(diagnostics.isEmpty)
        let record = try #require(read)
        #expect(record.withoutPlaces == Self.record)
        #expect(record.bytes == Self.record.bytes)
    }

    @Test func `the smallest record has a version and a target`() {
        let text = String(decoding: TargetRecord(target: "t").bytes, as: UTF8.self)
        #expect(text == "# Written by dagroster after an apply: what it holds in the target.\nversion: 1\ntarget: t\n")
    }

    @Test(arguments: [
        (
            "version: 2\ntarget: t\n",
            "record:1:10: error: unknown version 2 of a record\nhint: it was written by a newer dagroster; run that one"
        ),
        ("target: t\n", "record:1:1: error: a record states its version and target"),
        ("version: 1\ntarget: t\nusers:\n  ada: {}\n", "record:4:3: error: a user without \"id\""),
        (
            "version: 1\ntarget: t\nuser: {}\n",
            "record:3:1: error: unknown key \"user\" in the record\nhint: did you mean \"users\"?"
        ),
    ])
    func `what is no record is refused whole`(text: String, message: String) {
        let (record, diagnostics) = TargetRecord.read(Array(text.utf8), file: "record")
        #expect(record == nil)
        #expect(diagnostics.map(\.description) == [message])
    }

    @Test func `a record of more people than one file of a tree may hold is read back`() {
        let tail = String(repeating: "x", count: 900) + "@example.com"
        var record = TargetRecord(target: "sandbox")
        for number in 0..<20_000 {
            let key = "\(number)\(tail)"
            record.users[key] = RecordedUser(id: "\(number)", userName: key)
            record.names.users[NameKey(key)] = "\(number)"
        }
        let bytes = record.bytes
        #expect(bytes.count > 16 << 20)
        #expect(TargetRecord.read(bytes, file: "record.yaml").record == record)
    }
}

extension TargetRecord {
    /// Places come from the file that a role was read from.
    fileprivate var withoutPlaces: TargetRecord {
        var record = self
        record.roles = roles.mapValues(\.withoutPlace)
        if let roles = intent?.roles { record.intent?.roles = roles.mapValues(\.withoutPlace) }
        return record
    }
}
