/// Where the organisation's token may be sent: to Dagster+ itself, to this machine, and to hosts that the operator named
/// on the command line.
///
/// A pull request can change `dagroster.yaml`, so the address in it is not to be trusted with a token. Names are
/// compared as a whole or as a subdomain, in lower case: `dagster.cloud.example.com` is not Dagster+.
package struct TokenHost: Sendable, Equatable {
    /// The host as a URL names it, in lower case, without a port.
    package let name: String

    package init(_ name: String) {
        self.name = name.lowercased()
    }

    /// Whether the host is Dagster+'s own: `dagster.cloud` or a name under it (the EU region's too).
    package var isDagsterCloud: Bool {
        name == "dagster.cloud" || name.hasSuffix(".dagster.cloud")
    }

    /// Whether the host is this machine, by a name that no resolver can lead elsewhere.
    package var isLoopback: Bool {
        if ["localhost", "::1", "[::1]"].contains(name) { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts.first == 127 && parts.allSatisfy { $0 != nil }
    }

    /// Whether a token may be sent there.
    ///
    /// Without TLS it goes to this machine alone.
    package func mayBeSentToken(overTLS: Bool, allowing allowed: [String]) -> Bool {
        if isLoopback { return true }
        return overTLS && (isDagsterCloud || allowed.contains { $0.lowercased() == name })
    }
}
