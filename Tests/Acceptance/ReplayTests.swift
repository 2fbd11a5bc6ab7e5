import Testing

/// Everything that Entra and Okta are known to send, in the order in which they send it.
@Suite struct ReplayTests {
    @Test(arguments: ["entra-legacy", "entra-2020", "okta", "microsoft-validator"])
    func `an identity provider's requests get their answers, files and commits`(dialect: String) throws {
        try TemporaryTree.with { tree in
            let start = try tree.git("rev-parse", "HEAD").prefix(40)
            let changes = try Server.with(tree) { server in
                var replay = Replay(server, tree)
                for (name, exchange) in try Exchange.all(in: dialect) { try replay.play(exchange, name) }
                return replay.changes
            }
            let messages = try tree.git("log", "--reverse", "--format=%B", "\(start)..HEAD")
            let lines = messages.split(separator: "\n").map(String.init).filter { $0.hasChangeSign }
            #expect(differences(lines.joined(separator: "\n"), from: changes.joined(separator: "\n")) == "")
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }
}

extension String {
    fileprivate var hasChangeSign: Bool { ["+ ", "~ ", "- "].contains { hasPrefix($0) } }
}
