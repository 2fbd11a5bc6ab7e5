import Foundation
import Testing

/// Names and values that were made to escape the tree or to be read as something else.
@Suite struct HostileNameTests {
    private static var safePath: Regex<Substring> {
        /provisioned\/(?:users|groups)\/(?:[a-z0-9@_+]|%[0-9A-F]{2})(?:[a-z0-9@._+~-]|%[0-9A-F]{2})*\.yaml/
    }

    /// Every one is refused with a clear error, or stored in a file that stays where it belongs and reads back whole.
    @Test func `no userName leaves the folder of users`() throws {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            let stored = try Server.with(tree, token: token) { server in
                try store(HostileText.names.map { .user(named: $0) }, name: "userName", at: "/Users", server)
            }
            #expect(stored.count > HostileText.names.count * 3 / 4, "only \(stored.count) were taken")
            try expectRoundTrip(stored, attribute: "userName", in: "users", tree, token)
        }
    }

    @Test func `no displayName leaves the folder of groups`() throws {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            let stored = try Server.with(tree, token: token) { server in
                try store(HostileText.names.map { .group(named: $0) }, name: "displayName", at: "/Groups", server)
            }
            #expect(stored.count > HostileText.names.count * 3 / 4, "only \(stored.count) were taken")
            try expectRoundTrip(stored, attribute: "displayName", in: "groups", tree, token)
        }
    }

    @Test func `no text is read as something else`() throws {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            let users = HostileText.values.enumerated().map { index, text in
                JSONValue.user(named: "user\(index)", ["title": .string(text)])
            }
            let stored = try Server.with(tree, token: token) { server in
                try store(users, name: "title", at: "/Users", server)
            }
            #expect(stored.count > 200)
            try expectRoundTrip(stored, attribute: "title", in: "users", tree, token)
        }
    }

    @Test func `a member with a hostile name is listed under it`() throws {
        try TemporaryTree.with { tree in
            let names = ["no", "- x", "a: b", "# c", "\"quoted\"", "2026-01-01", "line\nbreak", "007"]
            let token = try tree.token()
            let group = try Server.with(tree, token: token) { server in
                let ids = try names.map { try server.create("/Users", .user(named: $0)) }
                _ = try server.create("/Groups", .group(named: "All", members: ids))
                return tree.folder.text("provisioned/groups/all.yaml") { !$0.isEmpty }
            }
            #expect(group.contains("  - \"no\"\n") && group.contains("  - \"007\"\n"), "\(group)")
            try Server.with(tree, token: token) { server in
                let members = try server.send("GET", "/Groups").json()["Resources"]?.elements.first?["members"]
                #expect(members?.elements.count == names.count)
            }
            let read = try PyYAML.read(["provisioned/groups/all.yaml"], in: tree.folder)
            guard let read else { return }
            let listed = read["provisioned/groups/all.yaml"]?["members"]?.elements.compactMap(\.string)
            #expect(Set(listed ?? []) == Set(names))
        }
    }

    /// The text of each record that was taken, by id.
    private func store(
        _ records: [JSONValue],
        name: String,
        at path: String,
        _ server: Server
    ) throws -> [String: String] {
        var stored: [String: String] = [:]
        for record in records {
            let text = record[name]?.string ?? ""
            let answer = try server.send("POST", path, record)
            let body = try answer.json()
            guard answer.status == 201, let id = body["id"]?.string else {
                let expected = JSONValue.error(answer.status, body["scimType"]?.string)
                #expect([400, 409].contains(answer.status), "\(text.debugDescription): \(answer.text)")
                #expect(body.masked(by: expected).lines == expected.lines, "\(text.debugDescription)")
                continue
            }
            #expect(scalars(body[name]?.string) == scalars(text))
            stored[id] = text
        }
        return stored
    }

    private func expectRoundTrip(
        _ stored: [String: String],
        attribute: String,
        in kind: String,
        _ tree: TemporaryTree,
        _ token: String
    ) throws {
        let paths = try tree.folder.files().keys.filter { $0.hasSuffix(".yaml") && $0 != "dagroster.yaml" }
        #expect(paths.count == stored.count)
        #expect(Set(paths.map { $0.lowercased() }).count == paths.count, "two paths differ in letter case only")
        for path in paths {
            #expect(path.wholeMatch(of: Self.safePath) != nil && path.utf8.count <= 205, "\(path)")
        }
        #expect(try tree.run(["check"]).exitCode == 0)
        #expect(try tree.git("status", "--porcelain") == "")
        try Server.with(tree, token: token) { server in
            for (id, text) in stored {
                let path = kind == "users" ? "/Users/\(id)" : "/Groups/\(id)"
                let answer = try server.send("GET", path).json()
                #expect(scalars(answer[attribute]?.string) == scalars(text))
            }
        }
        guard let read = try PyYAML.read(paths.sorted(), in: tree.folder) else { return }
        for document in read.values {
            let id = try #require(document["id"]?.string)
            #expect(scalars(document[attribute]?.string) == scalars(stored[id]), "PyYAML reads something else")
        }
    }

    /// The code points, since Swift takes a composed and a decomposed letter for one.
    private func scalars(_ text: String?) -> [UInt32]? { text?.unicodeScalars.map(\.value) }
}
