import Access
import Generators
import Roster
import Testing
import YAML

@testable import Tree

/// A random tree with all that makes people and groups hard to find: files under other names than their own, names in
/// every spelling, shared addresses, nested groups, and names that were somebody else's at the last apply.
struct RandomTree {
    private(set) var files: [String: String] = [:]
    private(set) var known = KnownNames()
    let layout: Layout
    let policy: ResolutionPolicy
    private var random: SeededGenerator
    /// The groups so far, which only later ones may hold, so that there are no circles.
    private var groupNames: [String] = []

    static let names = [
        "ada@example.com", "Grace@Example.com", "zoë@example.com", "Ada Lovelace", "it's", "ada", "007",
        "kim\u{212A}im", String(repeating: "long", count: 60), "a:b #c",
    ]
    private static let groups = ["Data", "Data Platform", "groups of all", "Größe", "ON CALL", "x'y"]
    static let emails = ["ada@example.com", "shared@example.com", "only@example.com", "Zoë@post.example"]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        layout = Layout(shards: random.below(2) == 0 ? 0 : 256)
        policy = ResolutionPolicy(
            users: [.all, .granted, .ignore][random.below(3)],
            teams: [.all, .bound][random.below(2)],
            identity: random.below(3) == 0 ? .workEmail : .userName
        )
        settings()
        for (number, name) in Self.names.enumerated() where random.below(6) > 0 { user(number, name) }
        for (number, name) in Self.groups.enumerated() where random.below(6) > 0 { group(number, name) }
        for number in 0..<3 { team(number) }
        if random.below(2) == 0 { binding() }
        remember()
    }

    private mutating func settings() {
        let identity = policy.identity == .userName ? "" : "identity: {email: 'emails[type eq \"work\"].value'}\n"
        files["dagroster.yaml"] =
            "version: 1\nlayout: {shards: \(layout.shards)}\n\(identity)targets: {t: {kind: file, path: t.yaml}}\n"
    }

    private mutating func user(_ number: Int, _ name: String) {
        let email = Self.emails[random.below(Self.emails.count)]
        let emails = random.below(3) == 0 ? "" : "emails:\n  - type: work\n    value: \(spelled(email))\n"
        let roles = random.below(3) == 0 ? "roles:\n  - value: Ops\n" : ""
        let text = "id: u\(number)\nuserName: \(spelled(name))\nactive: \(random.below(6) > 0)\n\(emails)\(roles)"
        place(text, .user, id: "u\(number)", name)
    }

    private mutating func group(_ number: Int, _ name: String) {
        let members = some(Self.names, of: 3).map { "  - \(spelled($0))\n" }.joined()
        let nested = some(groupNames, of: 2).map { "  - \(spelled($0))\n" }.joined()
        let lists = (members.isEmpty ? "" : "members:\n\(members)") + (nested.isEmpty ? "" : "groups:\n\(nested)")
        groupNames.append(name)
        place("id: g\(number)\ndisplayName: \(spelled(name))\n\(lists)", .group, id: "g\(number)", name)
    }

    /// Puts a record's file where it should be, where another one of its name had it first, or where nobody looks.
    private mutating func place(_ text: String, _ kind: RecordKind, id: String, _ name: String) {
        let own = FileName(of: name, kind: kind)
        let file = [own.plain, own.plain, own.distinguished(), "moved-\(id).yaml"][random.below(4)]
        files[layout.folder(of: kind, id: id) + "/" + file] = text
    }

    private mutating func team(_ number: Int) {
        let groups = some(Self.groups, of: 3).map { Writer.scalar($0) }.joined(separator: ", ")
        let users = some(Self.names, of: 5).map { Writer.scalar($0) }.joined(separator: ", ")
        files["access/t\(number).yaml"] = """
            team: \(number == 0 ? "Data" : "T\(number)")
            \(number == 0 && random.below(2) == 0 ? "" : "groups: [\(groups)]\n")users: [\(users)]
            appRoles: [\(random.below(2) == 0 ? "Ops" : "")]
            grants:
              - deployment: prod
                role: \(["viewer", "editor", "admin"][number])
              - deployment: d\(number)
                role: launcher

            """
    }

    private mutating func binding() {
        let name = Self.names[random.below(Self.names.count)]
        files["access/person.yaml"] = "user: \(Writer.scalar(name))\ngrants:\n  - organization: admin\n"
    }

    /// Some names as they were at the last apply; some of those who had them are gone, or have other names.
    private mutating func remember() {
        guard random.below(2) == 0 else { return }
        for name in Self.names {
            known.users[NameKey(name)] =
                "u\(random.below(3) == 0 ? random.below(14) : Self.names.firstIndex(of: name) ?? 0)"
        }
        for name in Self.groups {
            known.groups[NameKey(name)] =
                "g\(random.below(3) == 0 ? random.below(8) : Self.groups.firstIndex(of: name) ?? 0)"
        }
    }

    /// About one in so many.
    private mutating func some(_ names: [String], of portion: Int) -> [String] {
        names.filter { _ in random.below(portion) == 0 }
    }

    private mutating func spelled(_ name: String) -> String { Self.spellings(of: name)[max(0, random.below(16) - 10)] }

    /// A name as YAML may write it, in this letter case or another.
    static func spellings(of name: String) -> [String] {
        let escaped = name.unicodeScalars.map { scalar in
            scalar == "a" || scalar.value >= 0x80
                ? "\\U" + String(repeating: "0", count: 8 - hex(scalar).count) + hex(scalar) : "\(scalar)"
        }
        let folded = name.replacing(" ", with: "\n      ")
        return [
            Writer.scalar(name), Writer.scalar(name), Writer.scalar(name.uppercased()),
            "\"" + escaped.joined() + "\"", "'" + name.replacing("'", with: "''") + "'",
            "'" + folded.replacing("'", with: "''") + "'",
        ]
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16) }
}
