import Roster
import SCIM
import Testing
import YAML

@testable import Access

struct ResolutionTests {
    @Test func `every active user is wanted and every group is a team`() throws {
        var world = World()
        try world.user("Ada@Example.com", ["displayName": "Ada Lovelace"])
        try world.user("grace@example.com")
        try world.user("left@example.com", active: false)
        try world.group("Data Platform", ["Ada@Example.com", "left@example.com"])
        let (wanted, report) = try world.resolved()
        #expect(report == [])
        #expect(
            wanted
                == Wanted(
                    users: [
                        "ada@example.com": WantedUser(
                            userID: "u-Ada@Example.com",
                            userName: "Ada@Example.com",
                            email: "Ada@Example.com",
                            displayName: "Ada Lovelace"
                        ),
                        "grace@example.com": WantedUser(
                            userID: "u-grace@example.com",
                            userName: "grace@example.com",
                            email: "grace@example.com"
                        ),
                    ],
                    teams: [
                        "Data Platform": WantedTeam(
                            name: "Data Platform",
                            groupIDs: ["g-Data Platform"],
                            members: ["ada@example.com": [.group(path: ["Data Platform"])]]
                        )
                    ]
                )
        )
    }

    @Test func `a team's members are the union of its sources, and each says why`() throws {
        var world = World()
        try world.user("ada")
        try world.user("grace")
        try world.user("lin", ["roles": [["value": "Dagster.Editor"]]])
        try world.user("gone", active: false, ["roles": [["value": "Dagster.Editor"]]])
        try world.group("On Call", ["grace"])
        try world.group("Inner", ["ada"], groups: ["On Call"])
        try world.group("Data Platform", ["ada", "gone"], groups: ["Inner", "On Call"])
        world.file(
            "access/dp.yaml",
            "team: data platform\nusers: [lin, GRACE, gone]\ngroups: [DATA PLATFORM]\nappRoles: [Dagster.Editor]\n"
        )
        let (wanted, report) = try world.resolved()
        #expect(report == [])
        #expect(wanted.teams.keys.sorted() == ["Inner", "On Call", "data platform"])
        #expect(
            wanted.memberships["data platform"] == [
                "ada": [#"group "Data Platform""#, #"group "Data Platform" > "Inner""#],
                "grace": [
                    #"group "Data Platform" > "On Call""#, #"group "Data Platform" > "Inner" > "On Call""#,
                    "access/dp.yaml:2:14",
                ],
                "lin": ["access/dp.yaml:2:9", #"app role "Dagster.Editor""#],
            ]
        )
        #expect(wanted.memberships["Inner"] == ["ada": [#"group "Inner""#], "grace": [#"group "Inner" > "On Call""#]])
    }

    @Test func `grants carry the lines that ask for them`() throws {
        var world = World()
        try world.user("ada")
        try world.group("Team", ["ada"])
        world.file(
            "access/t.yaml",
            "team: Team\nreason: DATA-1\nowner: \"@a\"\ngrants:\n  - {deployment: prod, role: viewer}\n"
                + "  - {deployment: staging, role: admin, expires: 2026-11-22}\n"
        )
        world.file("access/u.yaml", "user: ADA\ngrants: []\n")
        let (wanted, report) = try world.resolved()
        #expect(
            report == [
                "access/t.yaml:6:49: warning: the grant of \"admin\" for deployment \"staging\" ended after 2026-11-22 "
                    + "and gives nothing\nhint: remove it, or give it a later day"
            ]
        )
        let team = try #require(wanted.teams["Team"])
        let place = BindingPlace(file: "access/t.yaml", place: Place(line: 1, column: 7), reason: "DATA-1", owner: "@a")
        #expect(team.binding == place)
        #expect(
            team.grants?.mapValues(\.grant) == [.deployment("prod"): Grant(scope: .deployment("prod"), role: .viewer)]
        )
        #expect(team.grants?[.deployment("prod")]?.origin == "access/t.yaml:5:5")
        #expect(team.grants?[.deployment("prod")]?.reason == "DATA-1")
        #expect(wanted.users["ada"]?.grants == [:])
        #expect(wanted.users["ada"]?.binding?.description == "access/u.yaml:1:7")
    }

    @Test(arguments: [
        ("2026-11-22", true, "ended after 2026-11-22 and gives nothing"),
        ("2026-11-23", false, "ends after 2026-11-23, today"),
        ("2026-11-24", false, "ends after 2026-11-24, tomorrow"),
        ("2026-12-07", false, "ends after 2026-12-07, in 14 days"),
        ("2026-12-08", false, nil),
    ])
    func `a grant counts through its last day, which is announced`(day: String, isOver: Bool, words: String?) throws {
        var world = World()
        try world.user("ada")
        world.file("access/u.yaml", "user: ada\ngrants:\n  - {organization: admin, expires: \(day)}\n")
        let (wanted, report) = try world.resolved()
        #expect(wanted.users["ada"]?.grants?.isEmpty == isOver)
        let hint = isOver ? "\nhint: remove it, or give it a later day" : ""
        #expect(
            report
                == (words.map {
                    ["access/u.yaml:3:36: warning: the grant of \"admin\" for the organization \($0)\(hint)"]
                } ?? [])
        )
    }

    @Test func `names that the identity provider changed are followed, with a warning`() throws {
        var world = World()
        try world.user("ada.king", id: "1")
        try world.user("new", id: "3")
        try world.group("Data Engineering", id: "g1")
        try world.directory.apply(.changeGroup(id: "g1", GroupChange(joining: [.user("1")])))
        world.known = KnownNames(
            users: [NameKey("ada"): "1", NameKey("bob"): "2", NameKey("new"): "2"],
            groups: [NameKey("Data Eng"): "g1", NameKey("Old"): "g9"]
        )
        world.file("access/a.yaml", "team: Data Eng\ngrants: []\n")
        world.file("access/b.yaml", "team: Other\ngroups: [Old, Data Eng]\nusers: [Ada, bob, new]\n")
        world.file("access/c.yaml", "user: ada\ngrants: []\n")
        let (wanted, report) = try world.resolved()
        #expect(
            report == [
                "access/a.yaml:1:7: warning: group \"Data Eng\" is called \"Data Engineering\" now and is followed\n"
                    + "hint: write Data Engineering",
                "access/b.yaml:2:10: warning: group \"Old\" is no longer provisioned and gives nothing\n"
                    + "hint: remove the name if that is meant",
                "access/b.yaml:2:15: warning: group \"Data Eng\" is called \"Data Engineering\" now and is followed\n"
                    + "hint: write Data Engineering",
                "access/b.yaml:3:9: warning: user \"Ada\" is called \"ada.king\" now and is followed\n"
                    + "hint: write ada.king",
                "access/b.yaml:3:14: warning: user \"bob\" is no longer provisioned and gives nothing\n"
                    + "hint: remove the name if that is meant",
                "access/b.yaml:3:19: warning: user \"new\" is another one than at the last apply; "
                    + "the former one is no longer provisioned",
                "access/c.yaml:1:7: warning: user \"ada\" is called \"ada.king\" now and is followed\n"
                    + "hint: write ada.king",
            ]
        )
        // The renamed group is still the group of team "Data Eng", and makes no second team.
        #expect(wanted.teams.keys.sorted() == ["Data Eng", "Other"])
        #expect(wanted.memberships["Data Eng"] == ["ada.king": [#"group "Data Engineering""#]])
        #expect(wanted.users["ada.king"]?.grants == [:])
    }

    @Test func `names that were never known are errors`() throws {
        var world = World()
        try world.user("ada@example.com")
        try world.group("Data Platform")
        world.file("access/a.yaml", "team: Data Platfrom\n")
        world.file("access/b.yaml", "team: Ghosts\n")
        world.file("access/c.yaml", "team: X\nusers: [adda@example.com, zzz]\nappRoles: [None]\n")
        world.file("access/d.yaml", "user: ad@example.com\n")
        world.file("access/e.yaml", "team: Z\ngroups: []\n")
        let (wanted, report) = try world.resolved()
        #expect(
            report == [
                "access/a.yaml:1:7: error: no group is called \"Data Platfrom\"\nhint: did you mean \"Data Platform\"?",
                "access/b.yaml:1:7: error: no group is called \"Ghosts\"\n"
                    + "hint: name the team's groups under \"groups\"; \"groups: []\" means none",
                "access/c.yaml:2:9: error: no user is called \"adda@example.com\"\n"
                    + "hint: did you mean \"ada@example.com\"?",
                "access/c.yaml:2:27: error: no user is called \"zzz\"",
                "access/c.yaml:3:12: warning: nobody holds the app role \"None\"",
                "access/d.yaml:1:7: error: no user is called \"ad@example.com\"\n"
                    + "hint: did you mean \"ada@example.com\"?",
            ]
        )
        #expect(wanted.teams["Z"]?.members == [:])
    }

    @Test func `two files that lead to one person count once`() throws {
        var world = World()
        try world.user("ada.king", id: "1")
        world.known = KnownNames(users: [NameKey("ada"): "1"])
        world.file("access/a.yaml", "user: ada\ngrants: [{organization: admin}]\n")
        world.file("access/b.yaml", "user: ada.king\ngrants: []\n")
        let (wanted, report) = try world.resolved()
        #expect(wanted.users["ada.king"]?.grants == [:])
        #expect(
            report.first == "access/a.yaml:1:7: warning: the file is about the same person as access/b.yaml:1:7 "
                + "and gives nothing\nhint: join the two files"
        )
    }

    @Test func `a renamed team does not lose its name to the group that lent it`() throws {
        var world = World()
        try world.user("ada")
        try world.group("Data Eng", ["ada"])
        try world.group("Free", ["ada"])
        world.file("access/a.yaml", "team: Data\npreviously: [Data Eng]\ngroups: [Data Eng]\n")
        world.file("access/b.yaml", "team: Paid\npreviously: [Free]\ngroups: []\n")
        let (wanted, report) = try world.resolved()
        #expect(wanted.teams.keys.sorted() == ["Data", "Paid"])
        #expect(wanted.teams["Data"]?.previously == ["Data Eng"])
        #expect(
            report == [
                "access/b.yaml:2:14: warning: group \"Free\" gives no team, because that is a former name of "
                    + "team \"Paid\"\nhint: add the group to \"groups\", or remove its name from \"previously\""
            ]
        )
    }

    @Test(arguments: [
        (ResolutionPolicy.Users.all, ["ada", "grace", "lin", "max"]),
        (.granted, ["ada", "grace"]),
        (.ignore, ["ada", "grace", "lin", "max"]),
    ])
    func `users narrow who is a member`(users: ResolutionPolicy.Users, keys: [String]) throws {
        var world = World(policy: ResolutionPolicy(users: users))
        for name in ["ada", "grace", "lin", "max"] { try world.user(name) }
        try world.group("Granted", ["grace"])
        try world.group("Plain", ["grace", "lin"])
        try world.group("Nothing", ["lin"])
        world.file("access/g.yaml", "team: Granted\ngrants: [{deployment: prod, role: viewer}]\n")
        world.file("access/n.yaml", "team: Nothing\ngrants: []\n")
        world.file("access/a.yaml", "user: ada\ngrants: [{deployment: prod, role: viewer}]\n")
        world.file("access/m.yaml", "user: max\ngrants: []\n")
        let (wanted, _) = try world.resolved()
        #expect(wanted.users.keys.sorted() == keys)
        #expect(wanted.teams["Plain"]?.members.keys.sorted() == (users == .granted ? ["grace"] : ["grace", "lin"]))
    }

    @Test(arguments: [
        (ResolutionPolicy.Teams.all, ["A", "B"]), (.bound, ["B"]), (.ignore, []),
    ])
    func `teams narrow which there are`(teams: ResolutionPolicy.Teams, names: [String]) throws {
        var world = World(policy: ResolutionPolicy(teams: teams))
        try world.group("A")
        try world.group("B")
        world.file("access/b.yaml", "team: B\n")
        #expect(try world.resolved().wanted.teams.keys.sorted() == names)
    }

    @Test func `people are known by their work address where the settings say so`() throws {
        var world = World(policy: ResolutionPolicy(identity: .workEmail))
        func emails(_ value: String, _ type: String = "work") -> Object {
            ["emails": [["type": .string(type), "value": .string(value)]]]
        }
        try world.user("ada", emails("Ada@Example.com"))
        try world.user("bob", emails("bob@home.example", "home"))
        try world.user("twin", emails("ada@example.com"))
        try world.group("Team", ["ada", "bob", "twin"])
        let (wanted, report) = try world.resolved()
        #expect(wanted.users.mapValues(\.email) == ["ada@example.com": "Ada@Example.com"])
        #expect(wanted.teams["Team"]?.members.keys.sorted() == ["ada@example.com"])
        #expect(
            report == [
                "provisioned/users: warning: user \"twin\" has the same address as user \"ada\", "
                    + "\"ada@example.com\"; only \"ada\" counts",
                "provisioned/users/bob.yaml: warning: user \"bob\" has no e-mail address of type work, "
                    + "so that no target can know them",
            ]
        )
    }

    @Test func `who is protected is known by name and by what the name became`() throws {
        var world = World()
        try world.user("ada.king", id: "1")
        world.known = KnownNames(users: [NameKey("ada"): "1"])
        world.file("access/protected.yaml", "users: [Breakglass@example.com, ada]\nteams: [Platform Admins]\n")
        let (wanted, report) = try world.resolved()
        #expect(report == [])
        #expect(wanted.protectedUsers == ["breakglass@example.com", "ada", "ada.king"])
        #expect(wanted.protectedTeams == ["Platform Admins"])
    }

    @Test func `of two people with one address the one counts who had it at the last apply`() throws {
        var world = World(policy: ResolutionPolicy(identity: .workEmail))
        let emails: Object = ["emails": [["type": "work", "value": "ada@example.com"]]]
        try world.user("ada", emails)
        try world.user("bob", emails)
        world.holders = ["ada@example.com": "u-bob"]
        try world.group("Team", ["ada", "bob"])
        let (wanted, report) = try world.resolved()
        #expect(wanted.users.mapValues(\.userID) == ["ada@example.com": "u-bob"])
        #expect(wanted.teams["Team"]?.members.count == 1)
        #expect(
            report == [
                "provisioned/users: warning: user \"ada\" has the same address as user \"bob\", "
                    + "\"ada@example.com\"; only \"bob\" counts"
            ]
        )
    }

    @Test(arguments: [([], ["ada.king": 1]), (["user:ada"], ["ada": 1])] as [(Set<String>, [String: Int])])
    func `a name means whoever had it, until the new one is taken`(taking: Set<String>, holders: [String: Int]) throws {
        var world = World()
        try world.user("ada.king", id: "1")
        try world.user("ada", id: "2")
        world.known = KnownNames(users: [NameKey("ada"): "1"])
        world.taking = taking
        world.file("access/c.yaml", "user: Ada\ngrants: [{organization: admin}]\n")
        let (wanted, report) = try world.resolved()
        #expect(wanted.users.compactMapValues { $0.grants?.count } == holders)
        #expect(report.count == 1)
        let moved = try #require(wanted.movedNames.first)
        #expect(moved.isTaken == taking.contains("user:ada") && moved.gaining == ["ada"])
        #expect(moved.key == "user:Ada" && moved.formerNow == "ada.king")
    }

    @Test func `inactive people hold nothing`() throws {
        var world = World()
        try world.user("ada", active: false)
        try world.group("Team", ["ada"])
        world.file("access/u.yaml", "user: ada\ngrants: [{organization: admin}]\n")
        world.file("access/t.yaml", "team: Team\nusers: [ada]\n")
        let (wanted, report) = try world.resolved()
        #expect(report == [])
        #expect(wanted.users == [:])
        #expect(wanted.teams["Team"]?.members == [:])
        #expect(wanted.held(by: "ada") == [])
    }
}
