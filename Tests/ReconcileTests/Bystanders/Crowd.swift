import Access
import FileTarget
import Generators
import Reconcile
import Roster
import SCIM
import Testing
import Tree
import YAML

/// A tree, a target and a record as texts, in which most people are left alone: made at random, and changed by little.
struct Crowd {
    struct Person {
        var id: String
        var name: String
        var created: String? = "2026-01-01T00:00:00Z"
        var isActive = true
        var appRole: String?
    }

    struct Group {
        var id: String
        var members: Set<String>
        var groups: Set<String> = []
    }

    /// By number; the names are those of files, too.
    var people: [Int: Person] = [:]
    /// By name.
    var groups: [String: Group] = [:]
    var access: [String: String] = [:]
    var teams = "all"
    var live = Organization()
    var record: TargetRecord?
    var today = "2026-11-23"
    /// Lines that somebody writes otherwise than the program does.
    var liveText: String?

    init(_ random: inout SeededGenerator) {
        live.deployments = World.deployments
        for number in 0..<40 { people[number] = Person(id: "u\(number)", name: Self.name(number)) }
        for number in 0..<7 {
            let members = Self.some(of: people.keys.sorted(), one: 4, &random).map { Self.name($0) }
            groups["G\(number)"] = Group(id: "g\(number)", members: Set(members))
        }
        groups["G0"]?.groups = ["G1"]
        groups["G2"]?.groups = ["G0"]
        access["access/a.yaml"] = "team: G0\ngrants:\n  - deployment: prod\n    role: viewer\n"
        access["access/b.yaml"] = """
            team: Both
            groups: [G1, G3]
            users: [\(Self.name(1)), \(Self.name(2))]
            grants:
              - deployment: staging
                role: editor
                expires: 2026-12-01

            """
        access["access/c.yaml"] = "team: G4\ngrants:\n  - organization: admin\n"
        access["access/d.yaml"] = "user: \(Self.name(3))\ngrants:\n  - deployment: prod\n    role: admin\n"
        access["access/e.yaml"] = "team: Apps\ngroups: []\nappRoles: [Dagster.Editor]\ngrants: []\n"
        access["access/protected.yaml"] = "users: [breakglass@example.com, wilhelmin@example.com, \(Self.name(5))]\n"
        for number in [7, 8] { people[number]?.appRole = "Dagster.Editor" }
    }

    /// Some in mixed case, some that need quotes or an escape in a file, some without an "@".
    static func name(_ number: Int) -> String {
        switch number {
        case 11: "Mixed.Case@Example.com"
        case 12: "007"
        case 13: "Jörg@example.com"
        case 14: "plain"
        case 15: "Upper"
        case 16: "o'neill@example.com"
        case 17: "two words"
        case 19: "wilhelmina@example.com"
        default: "p\(number)@example.com"
        }
    }

    static func some<Element>(of all: [Element], one part: Int, _ random: inout SeededGenerator) -> [Element] {
        all.filter { _ in Int.random(in: 0..<part, using: &random) == 0 }
    }
}

extension Crowd {
    /// The tree's files.
    var files: [String: String] {
        var files = access
        files["dagroster.yaml"] = "version: 1\ntargets:\n  sandbox: {kind: file, path: target.yaml, teams: \(teams)}\n"
        for person in people.values {
            var attributes: Object = ["userName": .string(person.name), "active": .bool(person.isActive)]
            if let role = person.appRole { attributes["roles"] = .array([.object(["value": .string(role)])]) }
            let user = User(id: person.id, created: person.created, attributes: attributes)
            files["provisioned/users/\(person.id).yaml"] = String(decoding: UserFile.bytes(of: user), as: UTF8.self)
        }
        for (name, group) in groups {
            let members = group.members.sorted(), nested = group.groups.sorted()
            let contents = GroupFile.Contents(id: group.id, displayName: name, members, nested)
            let bytes = GroupFile.bytes(of: contents)
            files["provisioned/groups/\(group.id).yaml"] = String(decoding: bytes, as: UTF8.self)
        }
        return files
    }

    var text: [UInt8] { liveText.map { Array($0.utf8) } ?? OrganizationFile.bytes(of: live) }

    private var target: TargetSettings {
        get throws { try #require(Settings.read(Array((files["dagroster.yaml"] ?? "").utf8)).settings?.targets.first) }
    }

    private func options(_ contents: TreeContents) throws -> Reconciler.Options {
        let commits = Dictionary(uniqueKeysWithValues: access.keys.map { ($0, String(repeating: "d", count: 40)) })
        return Reconciler.Options(
            target: try target,
            commit: String(repeating: "c", count: 40),
            provenance: Provenance(files: contents.paths, commits: commits),
            today: try #require(CalendarDate(today))
        )
    }

    /// The plan for everybody.
    func whole() async throws -> Prepared {
        let contents = try await TreeReader.read(TextSource(texts: files))
        let live = try #require(OrganizationFile.read(text, file: "target.yaml").organization)
        let record = record.flatMap { TargetRecord.read($0.bytes, file: "record").record }
        return try await Reconciler.prepare(
            contents,
            record: record,
            reader: MemoryTarget(live),
            options: options(contents)
        )
    }

    /// The world without bystanders; nil where there is none.
    func reduced() async throws -> ReducedWorld? {
        guard let record, let outline = try await TreeOutline.read(TextSource(texts: files)) else { return nil }
        let sources = ReducedWorld.Sources(
            outline: outline,
            target: try target,
            today: try #require(CalendarDate(today)),
            record: record.bytes,
            live: text,
            organization: { OrganizationFile.read($0, file: "target.yaml").organization }
        )
        return try await ReducedWorld.make(sources, most: 100)
    }

    /// The plan for a reduced world.
    func prepared(_ world: ReducedWorld) async throws -> Prepared {
        var options = try options(world.contents)
        options.bystanders = world.bystanders
        options.userNames = world.userNames
        return try await Reconciler.prepare(
            world.contents,
            record: world.record,
            reader: MemoryTarget(world.live),
            options: options
        )
    }

    /// Brings the target to the tree, whatever guards say.
    mutating func apply() async throws {
        let contents = try await TreeReader.read(TextSource(texts: files))
        var options = try options(contents)
        let refusals = try await whole().plan.refusals
        options.overrides = refusals.map {
            GuardOverride(guardName: $0.check.name, digest: $0.digest, reason: "test")
        }
        let target = MemoryTarget(live)
        let prepared = try await Reconciler.prepare(contents, record: record, reader: target, options: options)
        let applied = try await Reconciler.apply(
            prepared,
            reader: target,
            writer: target,
            records: MemoryRecords(),
            time: "2026-11-23T16:47:00Z"
        )
        live = await target.organization
        if let made = applied.record { record = made }
    }
}

/// A tree in memory.
struct TextSource: FileSource {
    var texts: [String: String]

    func files() async throws -> [SourceFile] { texts.keys.map { SourceFile(path: $0) } }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        files.map { texts[$0.path].map { Array($0.utf8) } }
    }
}
