import Access
import ArgumentParser
import Foundation
import Git
import Tree
import YAML

/// Writes who approves what for the forge.
struct CodeownersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codeowners",
        abstract: "Write CODEOWNERS from the owners that the files under access/ name.",
        discussion: """
            Only the part between two marks is dagroster's; the rest of the file is yours and stays. The file is the \
            one that the repository has (CODEOWNERS, .github/CODEOWNERS, .gitlab/CODEOWNERS, docs/CODEOWNERS), or \
            CODEOWNERS at its root. With --check nothing is written, and the exit is 3 when it is not as it would be.

            Example:  dagroster codeowners --check
            """
    )

    @Flag(help: "Say whether the file is as it would be written, and write nothing.")
    var check = false

    @Option(help: ArgumentHelp("The file, relative to the repository's root.", valueName: "path"))
    var file: String?

    @OptionGroup var common: CommonOptions

    private static let places = ["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"]

    func run() async throws {
        let tree = try common.locateTree()
        let repository = try await Repository.discover(tree)
        let contents = try await TreeReader.read(FolderSource(tree).cached)
        let (lines, problems) = Codeowners.lines(for: contents.access, prefix: repository?.prefix ?? "")
        let errors = contents.diagnostics.filter { $0.severity == .error && $0.file.hasPrefix("access/") } + problems
        guard errors.isEmpty else {
            for problem in errors.sorted() { Terminal.note(problem.description) }
            throw Failure.invalidTree("the owners cannot be read; nothing was written")
        }
        let root = repository?.workTree ?? tree
        let name =
            file ?? Self.places.first { FileManager.default.fileExists(atPath: root + "/" + $0) } ?? Self.places[0]
        let path = root + "/" + name
        let old = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        let new = Codeowners.updated(old ?? "", with: lines)
        guard new != old, !(lines.isEmpty && old == nil) else {
            return Terminal.note(
                "\(Printable.line(name)) is as the tree says: \(Count.of(lines.count, "file")) with an owner"
            )
        }
        guard !check else {
            throw Failure.invalidTree(
                "\(Printable.line(name)) is not as the tree says\nhint: run \"dagroster codeowners\""
            )
        }
        try DurableFile.apply([DurableFile.Change(path: path, bytes: Array(new.utf8))])
        Terminal.result(Printable.line(name))
        Terminal.note("\(Count.of(lines.count, "file")) with an owner")
    }
}
