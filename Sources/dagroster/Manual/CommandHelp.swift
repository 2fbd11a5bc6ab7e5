/// A command as the argument parser describes it in `--experimental-dump-help`: what a manual page is made of.
///
/// Its own type, because the parser offers its description as text alone (`serializationVersion` 0).
struct CommandHelp: Decodable {
    /// The whole program.
    struct Tool: Decodable {
        var command: CommandHelp
    }

    /// One argument of a command.
    struct Argument: Decodable {
        enum Kind: String, Decodable {
            case positional, option, flag
        }

        struct Name: Decodable {
            enum Kind: String, Decodable {
                case long, short, longWithSingleDash
            }

            var kind: Kind
            var name: String
        }

        var kind: Kind
        var shouldDisplay: Bool
        var sectionTitle: String?
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var preferredName: Name?
        var valueName: String?
        var defaultValue: String?
        var abstract: String?
    }

    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var superCommands: [String]?
    var subcommands: [CommandHelp]?
    var arguments: [Argument]?
}

extension CommandHelp {
    /// The commands that help shows, without the parser's own `help`.
    var shownSubcommands: [CommandHelp] {
        (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    }

    /// This command and all below it.
    var all: [CommandHelp] { [self] + shownSubcommands.flatMap(\.all) }

    /// The words that call it: `dagroster token create`.
    var words: [String] { (superCommands ?? []) + [commandName] }

    /// The name of its page: `dagroster-token-create`.
    var page: String { words.joined(separator: "-") }

    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
}
