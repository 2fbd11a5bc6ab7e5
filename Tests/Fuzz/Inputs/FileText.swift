import Generators
import Roster
import SCIM

/// Files of a tree: whole ones, ones that a bad merge or a careless hand has damaged, and documents of any shape.
enum FileText {
    static func document(using generator: inout SeededGenerator) -> [UInt8] {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0, 1:
            let document = MessyDocument(using: generator)
            generator = document.remaining
            return damaged(document.text, using: &generator)
        case 2: return Array((0..<4).map { _ in HostileText.random(using: &generator) }.joined().utf8)
        case 3: return binding(using: &generator)
        case 4: return settings(using: &generator)
        default:
            let lines = PlainDocument(using: &generator).lines
            return damaged(lines.joined(separator: "\n") + "\n", using: &generator)
        }
    }

    static func user(using generator: inout SeededGenerator) -> [UInt8] {
        guard !generator.chance(12) else { return document(using: &generator) }
        var attributes = BodyText.user(using: &generator)
        attributes["schemas"] = nil
        let id = generator.chance(4) ? HostileText.random(using: &generator) : "id-7"
        let bytes = UserFile.bytes(of: User(id: id, created: created(using: &generator), attributes: attributes))
        return damaged(String(decoding: bytes, as: UTF8.self), using: &generator)
    }

    static func group(using generator: inout SeededGenerator) -> [UInt8] {
        guard !generator.chance(12) else { return document(using: &generator) }
        let names = (0..<Int.random(in: 0...4, using: &generator)).map { _ in HostileText.random(using: &generator) }
        let group = Group(
            id: "id-8",
            created: created(using: &generator),
            attributes: ["displayName": .string(HostileText.random(using: &generator))],
            unresolved: UnresolvedMembers(users: names, groups: Array(names.prefix(1)))
        )
        let bytes = GroupFile.bytes(of: group, in: Directory())
        return damaged(String(decoding: bytes, as: UTF8.self), using: &generator)
    }

    static func binding(using generator: inout SeededGenerator) -> [UInt8] {
        damaged(generator.pick(bindings), using: &generator)
    }

    static func roles(using generator: inout SeededGenerator) -> [UInt8] {
        damaged(generator.pick(roleFiles), using: &generator)
    }

    static func settings(using generator: inout SeededGenerator) -> [UInt8] {
        damaged(generator.pick(settingsFiles), using: &generator)
    }

    private static func damaged(_ text: String, using generator: inout SeededGenerator) -> [UInt8] {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return Array(text.utf8)
        case 1:
            var bytes = Array(text.utf8)
            bytes.mangle(with: marks, times: Int.random(in: 1...3, using: &generator), using: &generator)
            return bytes
        default:
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            for _ in 0..<Int.random(in: 1...3, using: &generator) { lines.damage(using: &generator) }
            return Array(lines.joined(separator: "\n").utf8)
        }
    }

    private static func created(using generator: inout SeededGenerator) -> String? {
        generator.chance(2) ? "2026-11-23T16:47:00Z" : nil
    }

    private static let marks = [
        ": ", "- ", "\n", "\n  ", "  ", " #", "\t", "\"", "'", "[", "]", "{", "}", "&a ", "*a", "!t ", "|\n", ">-\n",
        "? ", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "~", "\\", "\u{FEFF}", "\u{85}", "\r", "é", "grants:\n",
        "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "role", "expires: 2027-02-30\n", "[[[[", "- - - ",
    ]

    private static let bindings = [
        """
        # who reads what
        team: Data Platform            # in Dagster+
        previously: [Data Eng]
        groups: [Data Platform, "no"]
        users:
          - lin@example.com   # until May
        appRoles: [Dagster.Editor]
        owner: "@acme/data-leads"
        reason: DATA-1234

        grants:
          - deployment: prod
            role: viewer
            locations: {finance: editor, "007": on-call}
          - deployment: staging
            role: admin
            expires: 2027-01-31
          - branchDeployments: all
            role: editor

        """,
        "user: ada@example.com\nreason: founder\ngrants:\n  - organization: admin\n",
        "team: A\ngrants: []\n",
        "team: B\nreason: |\n  more\n  than one line\ngrants:\n- {branchDeployments: prod, role: on-call}\n",
    ]

    private static let roleFiles = [
        """
        roles:
          on-call:
            scope: deployment            # or organization
            description: Restart what is stuck
            icon: star
            permissions: [START_AND_STOP_RUNS, TOGGLE_SCHEDULES]
          auditor: {scope: organization, permissions: [READ_AUDIT_LOG]}

        """
    ]

    private static let settingsFiles = [
        """
        # dagroster.yaml
        version: 1
        layout: {shards: 256}
        scim: {strict: false, store: [emails, name.givenName]}
        git: {commit: true, branch: main, window: 2s, maxWindow: 10s, push: {remote: origin, window: 10s}}
        identity: {email: 'emails[type eq "work"].value'}
        targets:
          sandbox: {kind: file, path: target.yaml}
          acme:
            kind: dagster-plus
            organization: acme
            url: https://acme.dagster.cloud
            token: env:DAGSTER_CLOUD_API_TOKEN
            users: granted
        guards:
          removals: {percent: 5, count: 100, floor: 10}
          group: {percent: 50, floor: 10}
          minAdmins: 2
          grace: 72h

        """,
        "version: 1\ntargets:\n  sandbox: {kind: file, path: target.yaml}\n",
    ]
}
