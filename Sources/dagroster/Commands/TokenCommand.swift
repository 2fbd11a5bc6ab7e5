import ArgumentParser
import Auth
import Roster
import Tree

/// The tokens of provisioning clients.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make, list and revoke the tokens of provisioning clients.",
        discussion: """
            A token is shown once, when it is made; the tree keeps its hash alone. One that is made or revoked counts \
            at once, also for a serve that is running.

            Example:  dagroster token create entra-prod --expires 180d
            """,
        subcommands: [Create.self, Trust.self, List.self, Revoke.self]
    )
}

extension TokenCommand {
    /// Prints a new token alone on standard output.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it, once.",
            discussion: """
                With --client-secret it is not sent with requests, but exchanged for access tokens that last an hour: \
                POST /oauth/token, grant_type client_credentials, NAME as the client_id and what is printed as the \
                client_secret.

                Example:  dagroster token create entra-prod --expires 180d
                Example:  dagroster token create auditor --read-only --expires 30d
                """
        )

        @Argument(help: "Names the client in logs and commits, such as entra-prod.")
        var name: String

        @Option(help: "How long the token is accepted, such as 180d, 12h or 30m. Default: until it is revoked.")
        var expires: Lifetime?

        @Flag(help: "Only let it look: whatever would change something is refused.")
        var readOnly = false

        @Flag(help: "Make the secret of an OAuth client instead of a token that is sent with requests.")
        var clientSecret = false

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let file = TokenFile(tree: try common.locateTree())
            let now = Clock.now()
            let secret = try file.create(
                name,
                at: now,
                expires: expires?.end(from: now),
                access: readOnly ? .read : .write,
                isClientSecret: clientSecret
            )
            Terminal.result(secret.revealed)
            Terminal.note("token \"\(name)\" was made; it is not shown again")
        }
    }

    /// Lists names and dates, never a token or its hash.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the tokens by name.",
            discussion: "Example:  dagroster token list"
        )

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let tree = try common.locateTree()
            let tokens = try TokenFile(tree: tree).tokens()
            guard !tokens.isEmpty else {
                Terminal.note("there are no tokens; make one with: dagroster token create NAME")
                return
            }
            let now = Clock.now()
            let uses = TokenUses(tree: tree)
            let width = tokens.map(\.name.count).max() ?? 0
            for token in tokens {
                let name = token.name + String(repeating: " ", count: width - token.name.count)
                let use = uses.lastUse(of: token.name).map { "last used \($0)" } ?? "never used"
                let facts = ["made \(token.created)", Self.validity(of: token, at: now), use] + Self.kind(of: token)
                Terminal.result(([name] + facts).joined(separator: "  "))
            }
        }

        /// What is unlike a token that is sent with requests and may change everything.
        private static func kind(of token: Token) -> [String] {
            let kind: String? =
                switch token.proof {
                case .bearer: nil
                case .clientSecret: "client secret"
                case .entra(let identity): "Entra principal \(identity.subject) of tenant \(identity.tenant)"
                }
            return [kind, token.access == .read ? "read-only" : nil].compactMap(\.self)
        }

        private static func validity(of token: Token, at now: Timestamp) -> String {
            guard let expires = token.expires else { return "does not expire" }
            return token.isValid(at: now) ? "expires \(expires)" : "expired \(expires)"
        }
    }

    /// Takes a token away.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a token; it is refused from now on.",
            discussion: "Example:  dagroster token revoke entra-prod"
        )

        @Argument(help: "The token's name.")
        var name: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try TokenFile(tree: try common.locateTree()).revoke(name, at: Clock.now())
            Terminal.note("token \"\(name)\" is revoked")
        }
    }
}

/// A time span such as `180d`.
struct Lifetime: ExpressibleByArgument {
    let seconds: Int

    init?(argument: String) {
        let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[String($0)] }),
            let number = Int(argument.dropLast()), (1...36_500).contains(number)
        else { return nil }
        seconds = number * unit
    }

    /// The instant at which a span that begins now ends.
    func end(from now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds + seconds * 1000).wholeSeconds
    }
}
