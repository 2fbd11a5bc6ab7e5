import Foundation
import Glibc
import Synchronization
import Testing

/// Commands that only read find every change of `serve` with all its files, or with none of them.
@Suite(.serialized) struct WholeReadTests {
    /// One person is in so many groups that it takes some time to replace all their files.
    private static let groups = 150
    private static let people = 24

    private static func fill(_ server: Server) throws -> [String] {
        let ids = try (0..<people).map { try server.create("/Users", .user(named: "person\($0)@example.com")) }
        for number in 0..<groups {
            _ = try server.create("/Groups", .group(named: "Team \(number)", members: ids))
        }
        return ids
    }

    @Test func `people who are in many groups are renamed and deleted under the eyes of check`() throws {
        try TemporaryTree.with { tree in
            let results = Mutex<[CommandResult]>([])
            try Server.with(tree) { server in
                let ids = try Self.fill(server)
                let isOver = Atomic(false)
                let readers = DispatchGroup()
                for arguments in [["check"], ["fmt", "--check"]] {
                    readers.enter()
                    Thread.detachNewThread {
                        while !isOver.load(ordering: .relaxed) {
                            guard let result = try? tree.run(arguments) else { continue }
                            results.withLock { $0.append(result) }
                        }
                        readers.leave()
                    }
                }
                for (number, id) in ids.enumerated() {
                    let name: JSONValue = .string("renamed\(number)@example.com")
                    let rename: JSONValue = .patch(["op": "replace", "path": "userName", "value": name])
                    let renamed = try server.send("PATCH", "/Users/\(id)", rename)
                    #expect(renamed.status == 200, "\(renamed.text)")
                    let new = "provisioned/users/renamed\(number)@example.com.yaml"
                    Deadline.wait(for: "the new file") { tree.folder.exists(new) }
                    guard number % 2 == 0 else { continue }
                    #expect(try server.send("DELETE", "/Users/\(id)").status == 204)
                    Deadline.wait(for: "the end of the file") { !tree.folder.exists(new) }
                }
                isOver.store(true, ordering: .relaxed)
                readers.wait()
            }
            let all = results.withLock { $0 }
            #expect(all.count > 20)
            for result in all {
                #expect(result.exitCode == 0, "\(result)")
                #expect(result.output == "", "\(result)")
                #expect(!result.errors.contains("provisioned"), "\(result)")
            }
            print("read the tree \(all.count) times under \(Self.people) renames and \(Self.people / 2) deletions")
        }
    }

    @Test func `whoever may not open the lock reads all the same`() throws {
        try TemporaryTree.with(git: false) { tree in
            try Server.with(tree) { server in
                let (ada, lock) = ("provisioned/users/ada@example.com.yaml", ".dagroster/batch.lock")
                _ = try server.create("/Users", .user(named: "ada@example.com"))
                tree.folder.wait(for: ada, lock)
                chmod(tree.folder.path(".dagroster"), 0o755)
                chmod(tree.folder.path(lock), 0)
                let other = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
                let command = (geteuid() == 0 ? other : ["env"]) + [try Program.path(), "check"]
                let read = try Program.run(executable: command[0], Array(command.dropFirst()), in: tree.folder)
                #expect(read.exitCode == 0 && read.errors.contains("1 user"), "\(read)")
                // Nor does it keep serve from writing.
                _ = try server.create("/Users", .user(named: "grace@example.com"))
                tree.folder.wait(for: "provisioned/users/grace@example.com.yaml")
            }
        }
    }
}
