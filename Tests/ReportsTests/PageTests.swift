import Access
import Reconcile
import Testing

@testable import Reports

/// A run as a page.
struct PageTests {
    private static let prod = Scope.deployment("prod")

    /// Ada stays viewer through a team, and Bob loses his own grant.
    private var matrix: AccessMatrix {
        let team = TeamState(members: ["ada"], grants: [Self.prod: Grant(scope: Self.prod, role: .viewer)])
        let bob = UserState(email: "Bob", grants: [Self.prod: Grant(scope: Self.prod, role: .editor)])
        let deployments = ["prod": DeploymentState(), "staging": DeploymentState()]
        let before = Organization(
            deployments: deployments,
            users: ["ada": UserState(email: "ada"), "bob": bob],
            teams: ["Data": team]
        )
        var after = before
        after.users["bob"]?.grants = [:]
        let plan = Plan(target: "t", people: [PersonChange(key: "bob", membership: .stays, changes: [])])
        let wanted = Wanted(teams: ["Data": WantedTeam(name: "Data", members: ["ada": [.group(path: ["Data"])]])])
        return AccessMatrix(before: AccessTable(before), after: AccessTable(after), plan: plan, wanted: wanted)
    }

    @Test func `the matrix has whoever changes first, and the way to every grant`() {
        let viewer = EffectiveRole([.viewer])
        let none = EffectiveRole()
        #expect(
            matrix
                == AccessMatrix(
                    points: [.organization, .deployment("prod"), .deployment("staging")],
                    rows: [
                        AccessMatrix.Row(
                            person: "Bob",
                            cells: [.init(none), .init(none, before: EffectiveRole([.editor])), .init(none)]
                        ),
                        AccessMatrix.Row(
                            person: "ada",
                            cells: [.init(none), .init(viewer), .init(none)],
                            paths: [#"prod: viewer, team "Data" (group "Data")"#]
                        ),
                    ]
                )
        )
    }

    @Test func `names are text in a page, and the page may load and run nothing but its own`() {
        let name = "<script>alert(1)</script>\"'&"
        var plan = Samples.plan
        plan.items = [PlanItem(.createTeam(name), origin: .drift, reasons: [name])]
        plan.people = [Samples.loser(name)]
        plan.unmanaged.teams = [name]
        var shown = matrix
        shown.rows[0].person = name
        shown.rows[0].paths = [name]
        shown.points[1] = .deployment(name)
        let html = RunReport(.planned(plan), matrix: shown).rendered(as: .html)
        #expect(!html.contains("<script>alert"))
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"))
        #expect(html.contains("default-src 'none'; style-src 'sha256-"))
        for loader in [" src=", " href=", "url(", "@import", "fetch(", " style=", "onclick"] {
            #expect(!html.contains(loader), "\(loader)")
        }
    }

    @Test func `a page that would have too many cells says whom it leaves out`() throws {
        let people = (0..<100).map { AccessReport.Person(person: "p\($0)", groups: [], points: []) }
        let moment = try TreeMoment(commit: nil, seconds: nil, day: #require(CalendarDate("2026-10-01")))
        let report = AccessReport(moment: moment, points: [.organization, .deployment("prod")], people: people)
        let matrix = AccessMatrix(report: report, mostCells: 40)
        #expect(matrix.rows.count == 20 && matrix.omitted == 80)
        #expect(MatrixHTML(matrix: matrix).html.contains("and 80 people more"))
    }
}
