import Foundation

/// A file system of a few megabytes, where the machine lets tests mount one: as root, and not in every container.
enum SmallDisk {
    /// Whether there can be one.
    static let isAllowed = (try? with { _ in }) != nil

    /// Runs with an empty folder on a disk of its own.
    static func with(_ body: (TemporaryFolder) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            try mount(folder)
            defer { try? unmount(folder) }
            try body(folder)
        }
    }

    private static func mount(_ folder: TemporaryFolder) throws {
        try run("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder.path])
    }

    /// Whatever still uses it.
    private static func unmount(_ folder: TemporaryFolder) throws { try run("umount", ["--lazy", folder.path]) }

    private static func run(_ command: String, _ arguments: [String]) throws {
        try TemporaryFolder.with { scratch in
            let result = try Program.run(executable: command, arguments, in: scratch)
            guard result.exitCode == 0 else { throw ChildProcess.Failure(description: "\(command): \(result)") }
        }
    }
}
