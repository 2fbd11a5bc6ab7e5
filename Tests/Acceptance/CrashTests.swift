import Foundation
import Testing

/// What a server that was killed, or that somebody holds up, leaves behind.
struct CrashTests {
    @Test func `what was written and not committed is committed at the next start, and nothing else`() throws {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            try Server.killed(tree, token: token) { server in
                _ = try server.create("/Users", .user(named: "ada@example.com"))
                _ = try server.create("/Users", .user(named: "grace@example.com"))
                Deadline.wait(for: "word in the journal that both files are written") {
                    let journal = (try? tree.folder.files(under: ".dagroster/journal"))?.values ?? [:].values
                    return journal.contains { $0.contains("\"done\":2}") }
                }
            }
            let grace = "provisioned/users/grace@example.com.yaml"
            try tree.folder.write(try tree.folder.text(grace) + "title: Admiral\n", to: grace)
            _ = try Server.with(tree, token: token) { _ in
                try Deadline.wait(for: "a commit") {
                    try tree.git("log", "-1", "--format=%s") == "provision: 1 file that an earlier run wrote\n"
                }
            }
            #expect(try tree.git("show", "--format=", "--name-only") == "provisioned/users/ada@example.com.yaml\n")
            #expect(try tree.git("status", "--porcelain", "-uall") == "?? \(grace)\n")
        }
    }

    @Test func `git's index learns at the next start what a crash kept from it`() throws {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            try Server.with(tree, token: token) { server in
                _ = try server.create("/Users", .user(named: "ada@example.com"))
            }
            #expect(try tree.git("status", "--porcelain", "-uall") == "")
            // As it is left by a kill between the commit and the index.
            _ = try tree.git("rm", "--cached", "--quiet", "provisioned/users/ada@example.com.yaml")
            let before = try tree.git("rev-parse", "HEAD")
            try Server.with(tree, token: token) { _ in
                _ = try Deadline.wait(for: "a clean status") {
                    try tree.git("status", "--porcelain", "-uall") == ""
                }
            }
            #expect(try tree.git("rev-parse", "HEAD") == before)
        }
    }

    @Test func `nobody's body is waited for who has no token`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let half = "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 30\r\n\r\n{"
                let answer = try Connection.exchange(Array(half.utf8), port: server.port)
                #expect(answer.status == 401)
            }
        }
    }
}
