import Foundation
import Testing

/// A plan of a large tree, of which only the people are read whom it can touch: it is the plan of a whole reading.
@Suite struct LargePlanTests {
    private static let people = 1_100

    private static func name(_ number: Int) -> String { "p\(1_000 + number)@example.com" }

    private static func user(_ number: Int, active: Bool = true) -> String {
        "id: u\(number)\nuserName: \(name(number))\nactive: \(active)\ncreated: 2026-01-01T00:00:00Z\n"
    }

    private static func group(_ id: Int, _ members: some Sequence<Int>) -> String {
        "id: g\(id)\ndisplayName: Team \(id)\nmembers:\n" + members.map { "  - \(name($0))\n" }.joined()
    }

    private static func access(_ id: Int, _ role: String) -> String {
        "team: Team \(id)\ngrants:\n  - deployment: prod\n    role: \(role)\n"
    }

    /// A tree that the target follows.
    private static func withTree(_ body: (TemporaryTree) throws -> Void) throws {
        try TemporaryTree.with { tree in
            for number in 0..<people { try tree.folder.write(user(number), to: "provisioned/users/\(number).yaml") }
            for id in 0..<4 {
                let members = (0..<people).filter { $0 % 4 == id }
                try tree.folder.write(group(id, members), to: "provisioned/groups/\(id).yaml")
                try tree.folder.write(access(id, "viewer"), to: "access/\(id).yaml")
            }
            try tree.write("target.yaml", "deployments:\n  prod: {}\n")
            let applied = try tree.run(["reconcile", "--apply"])
            try #require(applied.exitCode == 0, "\(applied.errors)")
            try body(tree)
        }
    }

    @Test func `it says what the plan of everybody says, in every form`() throws {
        try Self.withTree { tree in
            try tree.folder.write(Self.access(1, "editor"), to: "access/1.yaml")
            try tree.folder.write(Self.user(7, active: false), to: "provisioned/users/7.yaml")
            try tree.folder.write(Self.group(3, (0..<860).filter { $0 % 4 == 3 }), to: "provisioned/groups/3.yaml")
            let target = try tree.folder.text("target.yaml")
            let moved = "  Team 2:\n    members:\n"
            try #require(target.contains(moved))
            let drifted = target.replacing(moved, with: moved + "      - p1000@example.com\n")
            try tree.folder.write(drifted, to: "target.yaml")
            try tree.commit("changes")
            for format in ["text", "json", "markdown"] {
                let arguments = ["reconcile", "--format", format, "--detailed-exitcode"]
                let (first, second) = (try tree.run(arguments), try tree.run(arguments))
                let whole = try tree.run(arguments + ["--out", tree.folder.path("plan.json")])
                #expect(first == whole && second == whole, "\(first)\n\(whole)")
                #expect(first.exitCode == 4 && first.output.contains("p1007@example.com"), "\(first)")
                #expect(first.output.contains("of 1101 memberships") || format == "json", "\(first)")
            }
            #expect(tree.folder.exists(".dagroster/cache/facts-1"))
        }
    }

    @Test func `nothing to do is nothing to do, and a mistake anywhere is found`() throws {
        try Self.withTree { tree in
            let nothing = try tree.run(["reconcile", "--detailed-exitcode"])
            #expect(nothing.exitCode == 0 && tree.folder.exists(".dagroster/cache/facts-1"), "\(nothing)")
            #expect(nothing == (try tree.run(["reconcile", "--detailed-exitcode", "--out", tree.folder.path("p")])))
            try tree.write("provisioned/users/900.yaml", Self.user(900) + "title: [\n")
            let invalid = try tree.run(["reconcile"])
            #expect(invalid.exitCode == 3 && invalid.errors.contains("provisioned/users/900.yaml:"), "\(invalid)")
            try tree.write("provisioned/users/900.yaml", Self.user(901))
            let twice = try tree.run(["reconcile"])
            #expect(twice.exitCode == 3 && twice.errors.contains("a second record with id \"u901\""), "\(twice)")
        }
    }
}
