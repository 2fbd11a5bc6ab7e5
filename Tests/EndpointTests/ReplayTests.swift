import Foundation
import Roster
import SCIM
import Store
import Testing

/// What Entra in both dialects, Okta (the twelve steps of its specification test are the first twelve files) and
/// Microsoft's validator are known to send, in the order in which they send it (facts 2.1, 2.4, 2.6).
struct ReplayTests {
    @Test(arguments: ["entra-legacy", "entra-2020", "okta", "microsoft-validator"])
    func `an identity provider's requests get their answers, files and changes`(_ dialect: String) async throws {
        let world = try await World()
        var names = ["base": World.base]
        var lines: [String] = []
        for exchange in try Exchange.all(in: dialect) {
            let reply = await world.send(
                exchange.method,
                exchange.path.filled(names),
                exchange.body.map { World.text($0.filled(names)) },
                headers: Dictionary(
                    uniqueKeysWithValues: exchange.headers.map { ($0.key.lowercased(), $0.value.filled(names)) }
                ),
                isAuthorized: exchange.headers["Authorization"] == nil
            )
            #expect(reply.status == exchange.status, "\(exchange.title): \(reply.text)")
            for (name, member) in exchange.captures { names[name] = reply[member]?.string ?? "" }
            Self.compare(reply.body, exchange, names)
            if !exchange.files.isEmpty { try await world.settle() }
            try Self.compare(exchange.files, in: world, names, exchange.title)
            lines += exchange.changes.map { $0.filled(names) }
        }
        let announced = await world.announced().flatMap { $0.lines.map(Self.text) }
        #expect(announced == lines)
    }

    /// A line as commit messages have it.
    private static func text(_ line: ChangeLine) -> String {
        let kind = line.kind.rawValue.padding(toLength: 5, withPad: " ", startingAt: 0)
        return "\(line.sign.rawValue) \(kind)  \(line.name)" + (line.detail.isEmpty ? "" : "  \(line.detail)")
    }

    private static func compare(_ body: Value, _ exchange: Exchange, _ names: [String: String]) {
        if let whole = exchange.answer?.filled(names) {
            #expect(Canonical(body.masked(by: whole)) == Canonical(whole), "\(exchange.title)")
        }
        if let part = exchange.part?.filled(names) {
            #expect(Canonical(body.restricted(to: part).masked(by: part)) == Canonical(part), "\(exchange.title)")
        }
    }

    private static func compare(
        _ files: [(path: String, text: String?)],
        in world: World,
        _ names: [String: String],
        _ title: String
    ) throws {
        for (path, text) in files {
            let found = try? String(contentsOfFile: world.path + "/" + path, encoding: .utf8)
            let masked = found?.replacing(/created: [-0-9T:]+Z/, with: "created: *")
            #expect(masked == text?.filled(names), "\(title): \(path)")
        }
    }
}
