/// One command's manual page in mdoc(7), section 1.
struct ManualPage {
    let command: CommandHelp
    /// The pages that this one refers to.
    let related: [String]
    /// When it was made, as mdoc has it: `November 29, 2026`.
    let date: String
    let version: String

    var text: String {
        let parts = [
            head, name, synopsis, description, commands, options, exitStatus, examples,
            section("SEE ALSO", links(related)),
        ]
        return parts.joined(separator: "\n").split(separator: "\n").joined(separator: "\n") + "\n"
    }

    private var head: String {
        ".Dd \(date)\n.Dt \(command.page.uppercased()) 1\n.Os dagroster \(version)"
    }

    private var name: String {
        var what = command.abstract ?? ""
        if what.hasSuffix(".") { what.removeLast() }
        return ".Sh NAME\n.Nm \(command.page)\n.Nd \(ManualText.lines(what))"
    }

    private var synopsis: String {
        let words = ".Nm \(command.words.joined(separator: " "))"
        guard command.shownSubcommands.isEmpty else { return ".Sh SYNOPSIS\n\(words)\n.Ar command\n.Op Ar options" }
        return ([".Sh SYNOPSIS", words] + command.shownArguments.map(\.synopsis)).joined(separator: "\n")
    }

    private var description: String { section("DESCRIPTION", Discussion(command).paragraphs.map(ManualText.lines)) }

    private var commands: String {
        let items = command.shownSubcommands.map { ".It Xr \($0.page) 1\n\(ManualText.lines($0.abstract ?? ""))" }
        return items.isEmpty ? "" : ([".Sh COMMANDS", ".Bl -tag -width Ds"] + items + [".El"]).joined(separator: "\n")
    }

    private var options: String {
        let arguments = command.shownArguments
        guard !arguments.isEmpty else { return "" }
        let items = arguments.map { "\($0.item)\n\(ManualText.lines($0.words))" }
        return ([".Sh OPTIONS", ".Bl -tag -width Ds"] + items + [".El"]).joined(separator: "\n")
    }

    private var exitStatus: String {
        let codes = Discussion(command).codes
        guard !codes.isEmpty else { return "" }
        let items = codes.map { ".It \($0.code)\n\(ManualText.lines($0.meaning))" }
        return ([".Sh EXIT STATUS", ".Bl -tag -width Ds"] + items + [".El"]).joined(separator: "\n")
    }

    private var examples: String {
        let lines = Discussion(command).examples.map { ".Dl \(ManualText.argument($0))" }
        return lines.isEmpty ? "" : ([".Sh EXAMPLES"] + lines).joined(separator: "\n")
    }

    private func section(_ title: String, _ paragraphs: [String]) -> String {
        paragraphs.isEmpty ? "" : ".Sh \(title)\n" + paragraphs.joined(separator: "\n.Pp\n")
    }

    private func links(_ pages: [String]) -> [String] {
        let lines = pages.enumerated().map { ".Xr \($1) 1" + ($0 == pages.count - 1 ? "" : " ,") }
        return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
    }
}

extension CommandHelp.Argument {
    /// How it is written in a synopsis.
    fileprivate var synopsis: String {
        let repeated = isRepeating ? " ..." : ""
        switch kind {
        case .positional: return (isOptional ? ".Op Ar " : ".Ar ") + value + repeated
        case .flag: return ".Op \(flag(preferredName))"
        case .option: return (isOptional ? ".Op " : ".") + "\(flag(preferredName)) Ar \(value)\(repeated)"
        }
    }

    /// The head of its paragraph.
    fileprivate var item: String {
        guard kind != .positional else { return ".It Ar \(value)" }
        let all = (names ?? []).map(flag).joined(separator: " , ")
        return ".It \(all)" + (kind == .option ? " Ar \(value)" : "")
    }

    /// What it does, with its default.
    fileprivate var words: String {
        let abstract = abstract ?? ""
        guard let defaultValue, !abstract.contains("Default:") else { return abstract }
        return "\(abstract) Default: \(defaultValue)."
    }

    private var value: String { ManualText.argument(valueName ?? "value") }

    private func flag(_ name: Name?) -> String {
        guard let name else { return "Fl \(value)" }
        return "Fl \(name.kind == .long ? "\\-" : "")\(ManualText.argument(name.name))"
    }
}
