import ArgumentParser
import Foundation
import Git
import Tree
import YAML

/// The merge driver that git calls for the tree's files.
struct MergeDriverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge-driver",
        abstract: "Merge two versions of one of the tree's files by what they say; git calls this.",
        discussion: """
            Lists are joined as sets and maps key by key; comments stay. A conflict is only where one side takes away \
            or sets what the other changes in another way: then the file gets conflict markers, and the exit is 1. A \
            file that cannot be read is merged line by line, as git would.

            "dagroster init" registers it in its clone; in any other clone do that once with --install. Forges do not \
            know it: GitHub and GitLab merge line by line.

            Example:  dagroster merge-driver --install
            """
    )

    @Flag(help: "Register the driver in this clone's configuration, and complete .gitattributes.")
    var install = false

    @Option(help: ArgumentHelp("How long conflict markers are.", valueName: "n"))
    var markerSize = 7

    @Argument(
        help: ArgumentHelp(
            "The common version (%O), ours (%A, which gets the result), theirs (%B), and the path (%P).",
            valueName: "file"
        )
    )
    var files: [String] = []

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...1000).contains(markerSize) else { throw ValidationError("--marker-size is from 1 to 1000") }
        if install, !files.isEmpty { throw ValidationError("--install takes no files") }
        if !install, files.count != 4 { throw ValidationError("expected 4 files, as git gives them: %O %A %B %P") }
    }

    func run() async throws {
        guard !install else { return try await register() }
        let (base, ours, theirs, path) = (files[0], files[1], files[2], files[3])
        var conflicts: [String]
        do {
            let merged = try TreeMerge.merged(
                path: path,
                base: try DurableFile.read(base),
                ours: try DurableFile.read(ours),
                theirs: try DurableFile.read(theirs),
                markerSize: markerSize
            )
            try write(merged.bytes, to: ours)
            conflicts = merged.conflicts
        } catch let error as YAMLError {
            let reason = Diagnostic(error, file: path).description
            Terminal.note("merged line by line, because a version cannot be merged by what it says\n\(reason)")
            let merged = try await Repository.mergeLines(base: base, ours: ours, theirs: theirs, markerSize: markerSize)
            try write(merged.bytes, to: ours)
            conflicts = merged.conflicts == 0 ? [] : [Count.of(merged.conflicts, "place")]
        }
        for conflict in conflicts { Terminal.note("conflict in \(path): \(Printable.line(conflict))") }
        if !conflicts.isEmpty { throw ExitCode(1) }
    }

    /// Git's file is temporary and its own: it is written in place.
    private func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    private func register() async throws {
        let tree = try common.locateTree()
        guard let repository = try await Repository.discover(tree) else {
            throw Failure.usage("\(tree) is in no git repository; nothing was registered")
        }
        try await MergeDriver.register(in: repository)
        let changed = try TreeInitializer.completeAttributes(of: tree)
        Terminal.note("the merge driver is registered in this clone")
        if let changed { Terminal.note("\(changed) was completed; commit it") }
    }
}

/// How a clone comes to know the merge driver.
enum MergeDriver {
    /// Registers this program by its name where the shell finds it by that, else by its path.
    static func register(in repository: Repository) async throws {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path(percentEncoded: false)
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let found = folders.map { "\($0)/dagroster" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        let isOwn =
            found.map { URL(filePath: $0).resolvingSymlinksInPath().path(percentEncoded: false) == own } ?? false
        try await repository.registerMergeDriver(program: isOwn ? "dagroster" : ShellWord.quoted(own))
    }
}
