import FileTarget
import Generators
import Reconcile
import Testing

/// A target's file that somebody has written otherwise than the program does: nobody in it is overlooked.
@Suite struct RewrittenTargetTests {
    /// Puts a person into team G5 who is in no group of it.
    enum Rewriting: String, CaseIterable, Sendable {
        case line = "      - p20@example.com"
        case comment = "      - p20@example.com # since May"
        case spaces = "      -  p20@example.com"
        case tail = "      - p20@example.com  "
        case single = "      - 'p20@example.com'"
        case double = "      - \"p20@example.com\""
        case upper = "      - P20@EXAMPLE.COM"
        case blank = "\n      - p20@example.com\n"
        case folded = "      - >-\n        p20@example.com"
        case flow
        case team
        case quotedKey
        case lessIndent
    }

    private func text(_ rewriting: Rewriting, _ organization: Organization) throws -> String {
        let text = String(decoding: OrganizationFile.bytes(of: organization), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let team = try #require(lines.firstIndex(of: "  G5:"))
        let rest = lines[(team + 2)...]
        let end = try #require(rest.firstIndex { !$0.hasPrefix("      - ") })
        let listed = Array(lines[(team + 2)..<end])
        let members = listed.map { $0.dropFirst(8) } + ["p20@example.com"]
        let flow = "[" + members.map { $0.hasPrefix("\"") ? "\($0)" : "\"\($0)\"" }.joined(separator: ", ") + "]"
        let written: [String] =
            switch rewriting {
            case .flow: ["  G5:", "    members: \(flow)"]
            case .team: ["  G5: {members: \(flow)}"]
            case .quotedKey: ["  G5:", "    \"members\":"] + members.map { "      - \($0)" }
            case .lessIndent: ["  G5:", "    members:"] + members.map { "    - \($0)" }
            default: ["  G5:", "    members:"] + listed + [rewriting.rawValue]
            }
        return (lines[..<team] + written + lines[end...]).joined(separator: "\n")
    }

    @Test(arguments: Rewriting.allCases)
    func `whoever is put into a team is seen`(_ rewriting: Rewriting) async throws {
        var random = SeededGenerator(seed: 7)
        var crowd = Crowd(&random)
        crowd.groups["G5"]?.members.remove("p20@example.com")
        try await crowd.apply()
        crowd.liveText = try text(rewriting, crowd.live)
        let whole = try await crowd.whole().plan
        #expect(whole.items.map(\.id.text).contains { $0.contains("p20@example.com") })
        guard let world = try await crowd.reduced() else { return }
        #expect(try await crowd.prepared(world).plan == whole)
    }

    @Test func `an account that the record knows beside its successor is seen`() async throws {
        var random = SeededGenerator(seed: 7)
        var crowd = Crowd(&random)
        try await crowd.apply()
        crowd.record?.users["ghost@example.com"] = RecordedUser(id: "u20", userName: "ghost@example.com")
        crowd.live.users["ghost@example.com"] = UserState(email: "ghost@example.com")
        let whole = try await crowd.whole().plan
        #expect(!whole.items.isEmpty)
        let world = try #require(try await crowd.reduced())
        #expect(try await crowd.prepared(world).plan == whole)
    }

    @Test func `a text within which another one seems to begin is read whole`() async throws {
        var random = SeededGenerator(seed: 7)
        var crowd = Crowd(&random)
        try await crowd.apply()
        crowd.live.name = "acme"
        let text = String(decoding: OrganizationFile.bytes(of: crowd.live), as: UTF8.self)
        crowd.liveText = text.replacing("organization: acme", with: "organization: \"a\n  b\"")
        #expect(try await crowd.whole().plan.items.isEmpty)
        #expect(try await crowd.reduced() == nil)
    }
}
