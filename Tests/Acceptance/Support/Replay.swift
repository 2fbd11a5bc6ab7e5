import Testing

/// Replays exchanges in order against one server, remembering what they captured.
struct Replay {
    let server: Server
    let tree: TemporaryTree
    private(set) var names: [String: String]
    /// The lines that the commit messages must hold in the end.
    private(set) var changes: [String] = []

    init(_ server: Server, _ tree: TemporaryTree) {
        self.server = server
        self.tree = tree
        names = ["base": server.base]
    }

    mutating func play(_ exchange: Exchange, _ title: String) throws {
        let answer = try server.send(
            exchange.request.method,
            exchange.request.path.filled(names),
            exchange.request.body?.filled(names),
            headers: exchange.request.headers ?? [:]
        )
        #expect(answer.status == exchange.answer.status, "\(title): \(answer.text)")
        let body = try answer.json()
        for (name, member) in exchange.captures ?? [:] { names[name] = body[member]?.string ?? "" }
        compare(body, exchange.answer, title)
        for (name, value) in exchange.answer.headers ?? [:] {
            #expect(answer.headers[name.lowercased()] == value.filled(names), "\(title): header \(name)")
        }
        try compareFiles(exchange.files ?? [:], title)
        changes += (exchange.changes ?? []).map { $0.filled(names) }
    }

    private func compare(_ body: JSONValue, _ expected: Exchange.Answer, _ title: String) {
        if let whole = expected.body?.filled(names) {
            #expect(differences(body.masked(by: whole).lines, from: whole.lines) == "", "\(title)")
        }
        if let part = expected.bodyWith?.filled(names) {
            let found = body.restricted(to: part).masked(by: part)
            #expect(differences(found.lines, from: part.lines) == "", "\(title): \(body.text)")
        }
    }

    private func compareFiles(_ files: [String: [String]?], _ title: String) throws {
        for (path, lines) in files {
            guard let lines else {
                Deadline.wait(for: "\(path) to be gone: \(title)") { !tree.folder.exists(path) }
                continue
            }
            let expected = lines.map { $0.filled(names) + "\n" }.joined()
            let found = tree.folder.text(path) { $0.withoutTimes == expected }
            #expect(differences(found.withoutTimes, from: expected) == "", "\(title): \(path)")
        }
    }
}

extension String {
    /// With `*` for the second in which a record was made.
    var withoutTimes: String {
        replacing(/created: [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z/, with: "created: *")
    }
}
