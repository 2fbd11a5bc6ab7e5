import Foundation
import Glibc
import Testing

/// What befalls a running server, and its end.
struct Mishap: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// How a change is refused meanwhile.
    var status = 503
    /// Whether what is known can be read meanwhile.
    var canBeRead = true
    /// Whether the admin port can be reached meanwhile.
    var isTold = true
    /// Whether it needs file systems of its own.
    var needsMounts = false
    let begin: @Sendable (TemporaryTree, Server) throws -> Void
    let end: @Sendable (TemporaryTree, Server) throws -> Void
}

extension Mishap {
    static let all = [
        Mishap(
            testDescription: "the disk is full",
            needsMounts: true,
            begin: { tree, _ in
                // It ends with an error, when nothing more fits.
                _ = try run("dd", "if=/dev/zero", "of=\(tree.folder.path("fill"))", "bs=4k")
            },
            end: { tree, _ in try tree.folder.remove("fill") }
        ),
        Mishap(
            testDescription: "the records are on a read-only file system",
            needsMounts: true,
            begin: { tree, _ in
                let path = tree.folder.path("provisioned")
                try done("mount", "--bind", path, path)
                try done("mount", "-o", "remount,bind,ro", path)
            },
            end: { tree, _ in try done("umount", tree.folder.path("provisioned")) }
        ),
        Mishap(
            testDescription: "the folder of all records is gone",
            begin: { tree, _ in try tree.move("provisioned", to: ".git/away") },
            end: { tree, _ in try tree.move(".git/away", to: "provisioned") }
        ),
        Mishap(
            testDescription: "the folder of all people is gone",
            begin: { tree, _ in try tree.move("provisioned/users", to: ".git/away") },
            end: { tree, _ in try tree.move(".git/away", to: "provisioned/users") }
        ),
        Mishap(
            testDescription: "the folder of local state is gone, with the tokens",
            canBeRead: false,
            begin: { tree, _ in try tree.move(".dagroster", to: ".git/away") },
            end: { tree, _ in try tree.move(".git/away", to: ".dagroster") }
        ),
        Mishap(
            testDescription: "the repository is gone",
            begin: { tree, _ in try tree.move(".git", to: ".dagroster/away") },
            end: { tree, _ in try tree.move(".dagroster/away", to: ".git") }
        ),
        Mishap(
            testDescription: "no file can be opened any more",
            isTold: false,
            begin: { _, server in try done("prlimit", "--pid", "\(server.pid)", "--nofile=3:") },
            end: { _, server in try done("prlimit", "--pid", "\(server.pid)", "--nofile=1024:") }
        ),
    ]

    private static func done(_ command: String...) throws {
        let result = try run(command)
        try #require(result.exitCode == 0, "\(command): \(result)")
    }

    private static func run(_ command: String...) throws -> CommandResult { try run(command) }

    private static func run(_ command: [String]) throws -> CommandResult {
        try TemporaryFolder.with { folder in
            try Program.run(executable: command[0], Array(command.dropFirst()), in: folder)
        }
    }
}

extension TemporaryTree {
    fileprivate func move(_ path: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: folder.path(path), toPath: folder.path(other))
    }
}
