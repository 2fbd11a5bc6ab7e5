import ArgumentParser
import Endpoint
import Foundation
import Logging
import ServiceLifecycle

/// The options of `serve` that say who reaches it, and how.
struct ServerOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(
        help:
            "The address of the admin port: /healthz, /readyz, /metrics and the status page. It asks for no credential."
    )
    var adminHost = "127.0.0.1"

    @Option(help: "The admin port; 0 takes a free one.")
    var adminPort = 9090

    @Flag(help: "Have no admin port.")
    var noAdmin = false

    @Option(
        help: ArgumentHelp(
            "The URL under which clients reach the server. Default: what each request names.",
            valueName: "url"
        )
    )
    var baseUrl: String?

    @Option(
        help: ArgumentHelp(
            "Serve TLS with this certificate and its chain (PEM); it is read again when it changes.",
            valueName: "file"
        )
    )
    var tlsCert: String?

    @Option(help: ArgumentHelp("The private key of --tls-cert (PEM).", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "A proxy whose X-Forwarded-For, -Proto and -Host count; may be repeated.",
            valueName: "address"
        )
    )
    var trustedProxy: [String] = []

    @Option(help: "Requests a second that each token may make; beyond it the answer is 429. Default: no limit.")
    var maxRate: Double?

    @Option(help: "Connections that may be open at once.")
    var maxConnections = 1000

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port \(port) is not from 0 to 65535") }
        guard (0...65_535).contains(adminPort) else {
            throw ValidationError("--admin-port \(adminPort) is not from 0 to 65535")
        }
        guard noAdmin || adminPort == 0 || adminPort != port || adminHost != host else {
            throw ValidationError("--port and --admin-port are both \(port)")
        }
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key are only of use together")
        }
        if TrustedProxies(trustedProxy) == nil {
            throw ValidationError("--trusted-proxy takes an IP address, and one of these is none: \(trustedProxy)")
        }
        if let maxRate, !(0.01...1_000_000).contains(maxRate) {
            throw ValidationError("--max-rate \(maxRate) is not from 0.01 to 1000000")
        }
        guard (16...1_000_000).contains(maxConnections) else {
            throw ValidationError("--max-connections \(maxConnections) is not from 16 to 1000000")
        }
        guard let baseUrl else { return }
        guard let url = URL(string: baseUrl), ["http", "https"].contains(url.scheme ?? ""), url.host() != nil else {
            throw ValidationError("--base-url \"\(baseUrl)\" is not a URL such as https://roster.example.com")
        }
    }
}

extension ServerOptions {
    /// What clients call the server; nil: what each request says.
    var clientURL: String? { baseUrl.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }

    /// What the server shows; nil: it speaks plain HTTP.
    func certificates(_ logger: Logger) throws -> Certificates? {
        guard let tlsCert, let tlsKey else { return nil }
        do {
            return try Certificates(certificate: tlsCert, key: tlsKey, logger: logger)
        } catch {
            throw Failure.unexpected(
                "\(error)\nhint: give a certificate and its key, both in PEM form; nothing was started"
            )
        }
    }

    /// The server's address, as clients on this machine write it.
    func url(port: Int) -> String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(tlsCert == nil ? "http" : "https")://\(name):\(port)"
    }

    /// The admin port's server, unless there is to be none.
    func adminServices(for site: AdminSite, _ common: CommonOptions) -> [any Service] {
        guard !noAdmin else { return [] }
        let name = adminHost.contains(":") ? "[\(adminHost)]" : adminHost
        return [
            AdminServer.service(
                for: site,
                host: adminHost,
                port: adminPort,
                logger: common.logger("admin", atLeast: .notice),
                onRunning: { port in Terminal.note("status on http://\(name):\(port)/") }
            )
        ]
    }
}
