import ArgumentParser
import Auth

extension TokenCommand {
    /// Lets a principal in that Entra signs for.
    struct Trust: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a principal in that Microsoft Entra ID signs for; there is no secret to keep.",
            discussion: """
                Entra shows its own token, with each request or at /oauth/token (workload identity federation).

                Example:  dagroster token trust entra-prod --tenant 5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f \
                --subject 0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9 --audience api://dagroster
                """
        )

        @Argument(help: "Names the client in logs and commits, such as entra-prod.")
        var name: String

        @Option(help: "The directory's (tenant's) id.")
        var tenant: String

        @Option(help: "The object id of the principal that provisions.")
        var subject: String

        @Option(help: "Whom its tokens are made for: an application id or its URI.")
        var audience = EntraIdentity.provisioningAudience

        @Option(help: "The login service, for a national cloud.")
        var authority = EntraIdentity.publicAuthority

        @Option(help: "How long it is let in, such as 180d. Default: until it is revoked.")
        var expires: Lifetime?

        @Flag(help: "Only let it look: whatever would change something is refused.")
        var readOnly = false

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let identity = EntraIdentity(
                tenant: tenant,
                audience: audience,
                subject: subject,
                authority: authority
            )
            guard let identity else {
                throw Failure.usage(
                    "--tenant and --subject are ids such as 5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f, --audience is not "
                        + "empty, and --authority is one of \(EntraIdentity.authorities.joined(separator: ", ")); "
                        + "nothing was changed"
                )
            }
            let now = Clock.now()
            try TokenFile(tree: try common.locateTree())
                .trust(identity, as: name, at: now, expires: expires?.end(from: now), access: readOnly ? .read : .write)
            Terminal.note("principal \(identity.subject) of tenant \(identity.tenant) is let in as \"\(name)\"")
        }
    }
}
