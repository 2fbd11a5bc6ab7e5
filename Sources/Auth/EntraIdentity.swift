/// A principal of Microsoft Entra ID that is let in because Entra signs for it.
///
/// The facts come from Microsoft's pages "Workload identity federation for SCIM provisioning" and "Use SCIM to provision
/// users and groups": keys by tenant, both versions of the issuer, and the audience that provisioning has where no
/// application of one's own was named.
package struct EntraIdentity: Hashable, Sendable {
    /// The directory's id, in lower case.
    package var tenant: String
    /// Whom the token must be made for: an application id or its URI.
    package var audience: String
    /// The object id of the principal that provisions (`sub`).
    package var subject: String
    /// Scheme and host of the login service, without a slash at its end.
    package var authority: String

    /// The audience of tokens that Entra's provisioning service makes where the secret token is left empty.
    package static let provisioningAudience = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
    /// The login service of the public cloud.
    package static let publicAuthority = "https://login.microsoftonline.com"
    /// Every login service that keys may be fetched from: the public cloud's, the US government's, and China's.
    package static let authorities = [
        publicAuthority, "https://login.microsoftonline.us", "https://login.partner.microsoftonline.cn",
    ]

    /// Nil where the tenant or the subject is no GUID, the audience is empty, or nobody knows the authority.
    package init?(
        tenant: String,
        audience: String = provisioningAudience,
        subject: String,
        authority: String = publicAuthority
    ) {
        guard Self.isGUID(tenant), Self.isGUID(subject), !audience.isEmpty, audience.utf8.count <= 512,
            audience.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            Self.authorities.contains(authority) || Self.isLoopback(authority)
        else { return nil }
        self.tenant = tenant.lowercased()
        self.audience = audience
        self.subject = subject.lowercased()
        self.authority = authority
    }

    /// Where the tenant's public keys are.
    package var keysURL: String { "\(authority)/\(tenant)/discovery/v2.0/keys" }

    /// The issuers that sign for the tenant: of version 2 and of version 1.
    package var issuers: [String] { ["\(authority)/\(tenant)/v2.0", "https://sts.windows.net/\(tenant)/"] }

    /// Eight, four, four, four and twelve hexadecimal digits.
    private static func isGUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
    }

    /// A login service on this machine, to try the exchange on.
    private static func isLoopback(_ authority: String) -> Bool {
        guard authority.hasPrefix("http://127.0.0.1:") else { return false }
        return UInt16(authority.dropFirst("http://127.0.0.1:".count)) != nil
    }
}
