import Access
import Reconcile
import YAML

/// Plans to report on.
enum Samples {
    static let commit = "1d2e3f4a5b" + String(repeating: "0", count: 30)
    static let base = "0a1b2c3d4e" + String(repeating: "0", count: 30)
    static let prod = Scope.deployment("prod")
    static let viewer = Grant(scope: prod, role: .viewer, locations: ["finance": .editor])
    static let staging = Grant(scope: .deployment("staging"), role: .admin)

    static let addMember = Change.addMember(team: "Data Platform", user: "ada@example.com")
    static let drop = Change.dropGrant(.team("Ops"), staging)

    static let plan = Plan(
        target: "sandbox",
        commit: commit,
        base: base,
        items: [
            PlanItem(
                .addUser(key: "ada@example.com", email: "ada@example.com"),
                origin: .commit(commit),
                reasons: ["active in the directory"]
            ),
            PlanItem(
                addMember,
                origin: .commit(commit),
                reasons: [#"through group "Data Platform""#],
                dependencies: [ItemID("user/ada@example.com/create")]
            ),
            PlanItem(
                .putGrant(.team("Data Platform"), viewer, replacing: Grant(scope: prod, role: .viewer)),
                origin: .commit(base),
                reasons: ["access/data-platform.yaml:10:5", "DATA-1234"]
            ),
            PlanItem(drop, origin: .drift, reasons: ["no file gives it"]),
        ],
        held: [
            HeldItem(.change(.removeMember(team: "Data Platform", user: "old@example.com")), cause: .notAdopted),
            HeldItem(
                .override(.team("Ops"), deployment: "prod", location: "sales", role: .admin),
                cause: .locationDisappeared("sales")
            ),
        ],
        people: [
            PersonChange(
                key: "ada@example.com",
                membership: .joins,
                changes: [
                    AccessChange(
                        point: .deployment("prod"),
                        before: EffectiveRole(),
                        after: EffectiveRole([.viewer]),
                        lost: [],
                        gained: [AccessPath(holder: .team("Data Platform"), scope: prod, role: .viewer)],
                        reasons: [#"through team "Data Platform" (group "Data Platform")"#],
                        items: [addMember.id]
                    )
                ],
                item: ItemID("user/ada@example.com/create")
            ),
            loser("carl@example.com"), loser("dora@example.com"),
        ],
        guards: [
            GuardVerdict(.removals(.people), losses: [], total: 5),
            GuardVerdict(
                .removals(.access),
                losses: ["carl@example.com: staging admin > none", "dora@example.com: staging admin > none"],
                total: 3,
                refusal: .half
            ),
            GuardVerdict(.admins, losses: [], total: 2),
        ],
        unmanaged: Unmanaged(users: ["guest@example.com"], teams: ["Handmade", "Old"]),
        warnings: [
            Diagnostic(
                severity: .warning,
                file: "access/x.yaml",
                place: Place(line: 3, column: 5),
                message: "group \"Old\" is no longer provisioned"
            )
        ]
    )

    static func loser(_ key: String) -> PersonChange {
        PersonChange(
            key: key,
            membership: .stays,
            changes: [
                AccessChange(
                    point: .deployment("staging"),
                    before: EffectiveRole([.admin]),
                    after: EffectiveRole(),
                    lost: [AccessPath(holder: .team("Ops"), scope: staging.scope, role: .admin)],
                    gained: [],
                    reasons: [#"team "Ops" no longer gives it"#],
                    items: [drop.id]
                )
            ]
        )
    }
}
