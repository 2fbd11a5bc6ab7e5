import Roster
import Store
import Testing

@testable import Git
@testable import Publish

struct CommitMessageTests {
    private func change(
        _ lines: [ChangeLine],
        id: String = "1",
        source: String = "entra-prod",
        request: String = "r1"
    ) -> StoredChange {
        StoredChange(
            mutation: .deleteUser(id: id),
            source: source,
            requestID: request,
            time: 0,
            lines: lines,
            files: [FileChange(path: "\(id).yaml", bytes: [])]
        )
    }

    private func batch(_ changes: [StoredChange]) throws -> Batch {
        var batch = Batch(try #require(changes.first), at: .zero)
        for change in changes.dropFirst() { batch.add(change, at: .zero) }
        return batch
    }

    @Test func `a message has a subject in numbers, a line a change, and trailers`() throws {
        let batch = try batch([
            change(
                [ChangeLine(sign: .created, kind: .user, name: "ada@example.com", detail: "active")],
                id: "1",
                request: "6f0c"
            ),
            change(
                [ChangeLine(sign: .created, kind: .user, name: "grace@example.com", detail: "active")],
                id: "2",
                request: "6f0d"
            ),
            change(
                [ChangeLine(sign: .changed, kind: .user, name: "grace@example.com", detail: "deactivated")],
                id: "2",
                request: "6f0d"
            ),
            change(
                [ChangeLine(sign: .changed, kind: .group, name: "Data Platform", detail: "+2 -0 members")],
                id: "3",
                request: ""
            ),
            change([ChangeLine(sign: .removed, kind: .user, name: "carl@example.com", detail: "")], id: "4"),
        ])
        let expected = """
            provision: 2 users created, 1 user removed, 1 group changed (entra-prod)

            + user   ada@example.com  active
            + user   grace@example.com  active
            ~ user   grace@example.com  deactivated
            ~ group  Data Platform  +2 -0 members
            - user   carl@example.com

            Dagroster-Source: entra-prod
            Dagroster-Ops: user.create=2 user.change=1 user.remove=1 group.change=1
            Dagroster-Request-Id: 6f0c
            Dagroster-Request-Id: 6f0d
            Dagroster-Request-Id: r1

            """
        #expect(CommitMessage(batch: batch).text == expected)
    }

    @Test(
        arguments: [
            "x\n\nDagroster-Source: forged", "x\r\n\r\nDagroster-Source: forged",
            "x\u{2028}\u{2029}Dagroster-Source: forged", "x\u{85}\u{B}\u{C}Dagroster-Source: forged",
            "x\0Dagroster-Source: forged", "\n\nSigned-off-by: forged <f@x>\n",
        ]
    )
    func `no name, source or request forges a trailer`(text: String) async throws {
        let fixture = try await Fixture()
        try await fixture.running {
            try await fixture.send(
                change(
                    [ChangeLine(sign: .created, kind: .group, name: text, detail: text)],
                    source: text,
                    request: text
                )
            )
        }
        let commit = try #require(try await fixture.history().first)
        #expect(commit.trailers.map(\.key) == ["Dagroster-Source", "Dagroster-Ops", "Dagroster-Request-Id"])
        #expect(commit.trailers.first?.value == Neutral.line(text))
        #expect(try await fixture.git("fsck", "--strict", "--no-dangling").isEmpty)
    }

    @Test(
        arguments: [
            ("Ada Lovelace", "Ada Lovelace"), ("a\nb", "a?b"), ("a\u{1B}[31mb", "a?[31mb"), ("\u{202E}evil", "?evil"),
            ("Zoë 👩‍💻 名前", "Zoë 👩‍💻 名前"), ("tab\tx", "tab?x"), ("\u{FEFF}x", "?x"), ("", ""),
            (String(repeating: "x", count: 201), String(repeating: "x", count: 200) + "…"),
        ]
    )
    func `text from outside is one visible line`(text: String, expected: String) {
        #expect(Neutral.line(text) == expected)
    }

    @Test(
        arguments: [
            ("entra-prod", "entra-prod"), ("Okta Prod", "okta-prod"), ("a@b<c>", "a-b-c-"), ("", "unknown"),
            ("\n", "unknown"), ("..", "unknown"), ("a_b.c", "a_b.c"), ("é", "unknown"),
        ]
    )
    func `a source becomes the first part of an address`(source: String, expected: String) {
        #expect(Neutral.local(source) == expected)
    }

    @Test func `a subject has no address, even where the source is one`() throws {
        let change = change([], source: "ada@example.com")
        #expect(CommitMessage(batch: try batch([change])).subject == "provision: 1 file changed (ada-example.com)")
    }

    @Test func `many requests and many lines are counted`() throws {
        let line = ChangeLine(sign: .created, kind: .user, name: "ada", detail: "")
        let batch = try batch((0..<5002).map { change([line], id: "\($0)", request: "r\($0)") })
        let lines = CommitMessage(batch: batch).text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "provision: 5002 users created (entra-prod)")
        #expect(lines[5001...5002] == ["+ user   ada", "… and 2 more"])
        #expect(lines.count { $0.hasPrefix("Dagroster-Request-Id: ") } == 20)
        #expect(lines.suffix(2) == ["Dagroster-Request-Count: 5002", ""])
    }

    @Test(
        arguments: [
            ([ChangeLine.Sign.created, .changed], "1 user created"), ([.created, .removed], "1 user removed"),
            ([.changed, .changed], "1 user changed"), ([.changed, .removed], "1 user removed"),
            ([.removed, .created], "1 user created"),
        ]
    )
    func `a record counts once, as what came of it`(signs: [ChangeLine.Sign], expected: String) throws {
        let changes = signs.map { change([ChangeLine(sign: $0, kind: .user, name: "ada", detail: "")]) }
        #expect(CommitMessage(batch: try batch(changes)).subject == "provision: \(expected) (entra-prod)")
    }
}
