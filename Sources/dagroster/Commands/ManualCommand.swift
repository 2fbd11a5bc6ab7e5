import ArgumentParser
import Foundation
import Tree

/// Writes manual pages; hidden, because only the install step needs it.
struct ManualCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write manual pages, one a command, for man(1).",
        discussion: """
            They say what --help says. SOURCE_DATE_EPOCH, where it is set, is their date.

            Example:  dagroster manual /usr/local/share/man/man1
            """,
        shouldDisplay: false
    )

    @Argument(help: "The folder that they are written to.")
    var folder: String

    func run() async throws {
        let program = try JSONDecoder().decode(CommandHelp.Tool.self, from: Data(Dagroster._dumpHelp().utf8)).command
        let pages = program.all
        let date = Self.date(ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int.init))
        for command in pages {
            let page = ManualPage(
                command: command,
                related: Self.related(to: command, in: pages),
                date: date,
                version: Version.current
            )
            try DurableFile.replace("\(folder)/\(command.page).1", with: Array(page.text.utf8))
        }
    }

    /// The command above, and its neighbours there; those of the program are on its own page, and too many.
    private static func related(to command: CommandHelp, in pages: [CommandHelp]) -> [String] {
        let above = Array(command.words.dropLast())
        let near = pages.filter { $0.words == above || above.count > 1 && Array($0.words.dropLast()) == above }
        return near.map(\.page).filter { $0 != command.page }.sorted()
    }

    /// `November 29, 2026`, in UTC.
    private static func date(_ seconds: Int?) -> String {
        let date = seconds.map { Date(timeIntervalSince1970: Double($0)) } ?? Date()
        let style = Date.FormatStyle(locale: Locale(identifier: "en_US"), timeZone: .gmt)
        return date.formatted(style.month(.wide).day().year())
    }
}
