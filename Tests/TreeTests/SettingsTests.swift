import Access
import Testing
import YAML

@testable import Tree

struct SettingsTests {
    private func read(_ text: String) -> (settings: Settings?, report: [String]) {
        let (settings, diagnostics) = Settings.read(Array(text.utf8))
        return (settings, diagnostics.map(\.description))
    }

    private let start = "version: 1\ntargets: {sandbox: {kind: file, path: target.yaml}}\n"

    @Test func `what is left out has its default`() {
        let (settings, report) = read(start)
        #expect(report == [])
        let place = Place(line: 2, column: 11)
        let target = TargetSettings(name: "sandbox", place: place, kind: .file(path: "target.yaml"))
        #expect(settings == Settings(targets: [target]))
        #expect(settings?.git == GitSettings(branch: "main", window: .seconds(2), longestWindow: .seconds(10)))
        #expect(settings?.guards.removals == GuardSettings.Removals(percent: 5, count: 100, floor: 10))
        #expect(settings?.guards.group == GuardSettings.Group(percent: 50, floor: 10))
        #expect(settings?.guards.minAdmins == 2)
        #expect(settings?.guards.grace == .zero)
    }

    @Test func `everything can be said`() {
        let (settings, report) = read(
            """
            version: 1
            layout: {shards: 256}
            scim: {strict: true, store: [DisplayName, emails, enterprise]}
            git:
              commit: false
              branch: roster/live
              window: 5s
              maxWindow: 2m
              push: {remote: upstream, branch: identity, window: 1m, durable: true}
            identity: {email: 'emails[type eq "work"].value'}
            targets:
              sandbox: {kind: file, path: out/target.yaml, teams: bound}
              acme:
                kind: dagster-plus
                organization: acme
                url: https://acme.eu.dagster.cloud/
                token: file:/run/secrets/dagster-token
                newUserGrants: remove
                users: granted
                teams: ignore
              other: {kind: dagster-plus, organization: other}
            guards:
              removals: {percent: 6, count: 7, floor: 8}
              group: {percent: 9, floor: 10}
              minAdmins: 3
              grace: 7d
            """
        )
        #expect(report == [])
        let stored = SCIMSettings.Stored.attributes([
            "displayName", "emails", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        ])
        let acme = DagsterPlusSettings(
            organization: "acme",
            url: "https://acme.eu.dagster.cloud",
            token: .file("/run/secrets/dagster-token"),
            newUserGrants: .remove
        )
        let other = DagsterPlusSettings(
            organization: "other",
            token: .environment("DAGSTER_CLOUD_API_TOKEN")
        )
        let expected = Settings(
            layout: Layout(shards: 256),
            scim: SCIMSettings(isStrict: true, store: stored),
            git: GitSettings(
                commits: false,
                branch: "roster/live",
                window: .seconds(5),
                longestWindow: .seconds(120),
                push: GitSettings.Push(
                    remote: "upstream",
                    branch: "identity",
                    window: .seconds(60),
                    isDurable: true
                )
            ),
            identity: .workEmail,
            targets: [
                TargetSettings(
                    name: "sandbox",
                    place: Place(line: 12, column: 3),
                    kind: .file(path: "out/target.yaml"),
                    teams: .bound
                ),
                TargetSettings(
                    name: "acme",
                    place: Place(line: 13, column: 3),
                    kind: .dagsterPlus(acme),
                    users: .granted,
                    teams: .ignore
                ),
                TargetSettings(name: "other", place: Place(line: 21, column: 3), kind: .dagsterPlus(other)),
            ],
            guards: GuardSettings(
                removals: GuardSettings.Removals(percent: 6, count: 7, floor: 8),
                group: GuardSettings.Group(percent: 9, floor: 10),
                minAdmins: 3,
                grace: .seconds(7 * 86_400)
            )
        )
        #expect(settings == expected)
        #expect(
            settings.flatMap { settings in settings.target(named: "acme").map(settings.policy) }
                == ResolutionPolicy(users: .granted, teams: .ignore, identity: .workEmail)
        )
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var report: String
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ report: String) {
            self.text = text
            self.report = report
        }
    }

    @Test(arguments: [
        Case("gti: {}\n", "3:1: error: unknown key \"gti\" in the settings\nhint: did you mean \"git\"?"),
        Case("layout: {shards: 16}\n", "3:18: error: \"shards\" is \"16\"\nhint: it is 0 or 256"),
        Case(
            "scim: {strict: yes}\n",
            "3:16: error: found a boolean \"yes\", expected true or false for \"strict\""
        ),
        Case(
            "scim: {store: some}\n",
            "3:15: error: \"store\" is \"some\"\nhint: it is one of: all, a list of attributes"
        ),
        Case(
            "scim: {store: [titel]}\n",
            "3:16: error: unknown attribute \"titel\" in \"store\"\nhint: did you mean \"title\"?"
        ),
        Case(
            "scim: {store: [title, colour]}\n",
            "3:23: error: unknown attribute \"colour\" in \"store\"\n"
                + "hint: name attributes of the SCIM schemas, such as \"name\" or \"emails\", or \"enterprise\""
        ),
        Case(
            "scim: {store: [name.givenName]}\n",
            "3:16: error: unknown attribute \"name.givenName\" in \"store\"\n"
                + "hint: write \"name\"; attributes are stored as a whole"
        ),
        Case(
            "scim: {store: [department]}\n",
            "3:16: error: unknown attribute \"department\" in \"store\"\n"
                + "hint: write \"enterprise\", which stands for all of the enterprise extension"
        ),
        Case(
            "scim: {store: [enterprize]}\n",
            "3:16: error: unknown attribute \"enterprize\" in \"store\"\nhint: did you mean \"enterprise\"?"
        ),
        Case(
            "scim: {store: [Password]}\n",
            "3:16: error: \"password\" is never stored\nhint: take it out of the list"
        ),
        Case(
            "scim: {store: [title]}\nidentity: {email: 'emails[type eq \"work\"].value'}\n",
            "4:11: error: people are identified by their \"emails\", which \"store\" in \"scim\" does not list\n"
                + "hint: add \"emails\" to that list"
        ),
        Case(
            "git: {window: 2}\n",
            "3:15: error: \"window\" is \"2\"\nhint: write a whole number with s, m, h or d: \"10s\", \"5m\", \"0h\""
        ),
        Case(
            "git: {window: 1.5s}\n",
            "3:15: error: \"window\" is \"1.5s\"\nhint: write a whole number with s, m, h or d: \"10s\", \"5m\", \"0h\""
        ),
        Case(
            "git: {window: 9999999999999999999d}\n",
            "3:15: error: \"window\" is \"9999999999999999999d\"\n"
                + "hint: write a whole number with s, m, h or d: \"10s\", \"5m\", \"0h\""
        ),
        Case("git: {window: 9s, maxWindow: 8s}\n", "3:30: error: \"maxWindow\" is shorter than \"window\""),
        Case(
            "git: {branch: a..b}\n",
            "3:15: error: \"a..b\" is not a branch's name\nhint: write it without refs/heads/"
        ),
        Case(
            "git: {push: origin}\n",
            "3:13: error: \"push\" is \"origin\"\n"
                + "hint: it is one of: none, {remote: origin, window: 10s, durable: false}"
        ),
        Case("git: {push: {remote: -x}}\n", "3:22: error: \"-x\" is not a remote's name"),
        Case(
            "identity: {email: username}\n",
            "3:19: error: \"email\" is \"username\"\nhint: did you mean \"userName\"?"
        ),
        Case("guards: {removals: {percent: 101}}\n", "3:30: error: \"percent\" is \"101\"\nhint: it is 0 to 100"),
        Case("guards: {minAdmins: -1}\n", "3:21: error: \"minAdmins\" is \"-1\"\nhint: it is 0 or more"),
        Case(
            "guards: {group: {count: 1}}\n",
            "3:18: error: unknown key \"count\" in \"group\"\nhint: known keys: percent, floor"
        ),
    ])
    func `what is wrong is said with its place`(_ row: Case) {
        let (settings, report) = read(start + row.text)
        #expect(report == ["dagroster.yaml:" + row.report])
        #expect(settings == nil)
    }

    @Test(arguments: [
        ("[]", []), ("[TITLE, id, Members]", ["title", "id", "members"]),
        (
            "[Enterprise, 'URN:ietf:params:scim:schemas:extension:enterprise:2.0:user']",
            Array(repeating: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", count: 2)
        ),
    ])
    func `what is stored is named as the schemas name it`(_ list: String, _ names: [String]) {
        let (settings, report) = read(start + "scim: {store: \(list)}\n")
        #expect(report == [])
        #expect(settings?.scim.store == .attributes(names))
    }

    @Test(arguments: [
        Case("x: {path: t.yaml}", "3:3: error: target \"x\" has no \"kind\"\nhint: it is one of: file, dagster-plus"),
        Case(
            "x: {kind: files, path: t.yaml}",
            "3:13: error: \"kind\" is \"files\"\nhint: did you mean \"file\"?"
        ),
        Case("x: {kind: file}", "3:3: error: target \"x\" has no \"path\""),
        Case(
            "x: {kind: file, path: t.yaml, url: https://x}",
            "3:33: error: unknown key \"url\" in a target of kind file\nhint: known keys: kind, path, users, teams"
        ),
        Case(
            "x: {kind: file, path: ./access/t.yaml}",
            "3:25: error: \"path\" is \"./access/t.yaml\", which is not a target's file\n"
                + "hint: name a file of its own, such as \"target.yaml\""
        ),
        Case(
            "x: {kind: dagster-plus, organization: a.b}",
            """
            3:41: error: "organization" is "a.b", which is not an organization's name
            hint: it is the first part of the address in the browser: "acme" of acme.dagster.cloud
            """
        ),
        Case(
            "x: {kind: dagster-plus, organization: a, token: secret-value}",
            "3:51: error: \"token\" does not say where the token is\n"
                + "hint: write env:NAME or file:PATH; a token itself is never kept in a tree"
        ),
        Case(
            "x: {kind: dagster-plus, organization: a, url: 'https://me:pw@x'}",
            "3:49: error: \"url\" is not the address of a server\nhint: write https://HOST without a user"
        ),
        Case(
            "../x: {kind: file, path: t.yaml}",
            "3:3: error: \"../x\" is not a target's name\n"
                + "hint: a name begins with a letter or digit and has letters, digits, \".\", \"_\" and \"-\""
        ),
        Case(
            "x: {kind: file, path: t.yaml, users: bound}",
            "3:40: error: \"users\" is \"bound\"\nhint: it is one of: all, granted, ignore"
        ),
    ])
    func `what is wrong with a target is said with its place`(_ row: Case) {
        #expect(read("version: 1\ntargets:\n  \(row.text)\n").report == ["dagroster.yaml:" + row.report])
    }

    @Test(arguments: [
        Case("targets: {}\n", "1:1: error: the settings have no \"version\"\nhint: add a line \"version: 1\""),
        Case(
            "version: 2\ntargets: {}\n",
            "1:10: error: version \"2\" is not known\nhint: this dagroster reads version 1"
        ),
        Case(
            "version: 1\n",
            "1:1: error: the settings have no \"targets\"\n"
                + "hint: add a line \"targets: {sandbox: {kind: file, path: target.yaml}}\""
        ),
        Case("version: 1\ntargets: {}\n", "2:10: error: \"targets\" is empty\nhint: name at least one target"),
    ])
    func `a version and a target are needed`(_ row: Case) {
        #expect(read(row.text).report == ["dagroster.yaml:" + row.report])
    }

    @Test(arguments: [0, 256])
    func `fresh settings are the defaults`(shards: Int) {
        let (settings, diagnostics) = Settings.read(Settings.fresh(layout: Layout(shards: shards), branch: "live"))
        #expect(diagnostics == [])
        #expect(settings?.layout.shards == shards)
        #expect(settings?.git == GitSettings(branch: "live"))
        #expect(settings?.targets.map(\.name) == ["sandbox"])
    }

    @Test func `fresh settings are short`() {
        #expect(
            String(decoding: Settings.fresh(), as: UTF8.self) == """
                # Settings of this dagroster tree; what is left out has its default.
                version: 1
                git: {branch: main}
                targets:
                  sandbox: {kind: file, path: target.yaml}

                """
        )
    }
}
