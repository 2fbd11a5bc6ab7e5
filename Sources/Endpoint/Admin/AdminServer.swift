internal import HTTPTypes
internal import Hummingbird
package import Logging
internal import NIOCore
package import ServiceLifecycle

/// The port for operators: pages to look at, nothing to change.
///
/// It asks for no credential, which is why it listens on loopback unless it is told otherwise, and why it answers only
/// requests that name this machine by its address while it does: a page in somebody's browser cannot read it by a name
/// that it lets lead here (DNS rebinding).
package enum AdminServer {
    /// A server that runs until it is told to shut down.
    ///
    /// - Parameters:
    ///   - pages: what it shows.
    ///   - host: the address to listen on.
    ///   - port: the port to listen on; 0 takes a free one.
    ///   - logger: where the server's own words go.
    ///   - onRunning: called once connections are accepted, with the port.
    /// - Returns: the server, not running yet.
    package static func service(
        for pages: some AdminPages,
        host: String,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        Application(
            responder: AdminResponder(pages: pages, isLocal: AdminHost.isLoopback(host)),
            server: .http1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }
}

/// Answers GET and HEAD with pages.
struct AdminResponder<Pages: AdminPages>: HTTPResponder {
    typealias Context = BasicRequestContext

    let pages: Pages
    /// Whether the port is open to this machine alone.
    let isLocal: Bool

    func respond(to request: Request, context: Context) async throws -> Response {
        guard !isLocal || AdminHost.isAddress(request.head.authority) else {
            return response(.text("this port answers to its address, not to a name\n", status: 421))
        }
        guard [.get, .head].contains(request.method) else {
            var response = response(.text("only GET and HEAD are offered here\n", status: 405))
            response.headers[.allow] = "GET, HEAD"
            return response
        }
        let page = await pages.page(at: request.uri.path) ?? .text("there is nothing here\n", status: 404)
        return request.method == .head ? response(page).createHeadResponse() : response(page)
    }

    private func response(_ page: AdminPage) -> Response {
        var fields = HTTPFields()
        fields[.contentType] = page.contentType
        fields[.cacheControl] = "no-store"
        fields[.xContentTypeOptions] = "nosniff"
        if let name = HTTPField.Name("X-Frame-Options") { fields[name] = "DENY" }
        return Response(
            status: .init(code: page.status),
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(string: page.body))
        )
    }
}

/// What a request to the admin port may call the machine.
enum AdminHost {
    /// Whether an address to listen on is this machine's alone.
    static func isLoopback(_ host: String) -> Bool { host.hasPrefix("127.") || host == "localhost" || host == "::1" }

    /// Whether a `Host` is an IP address or `localhost`: what no name of somebody else's is.
    static func isAddress(_ authority: String?) -> Bool {
        guard let authority, !authority.isEmpty else { return true }
        if authority.hasPrefix("[") { return true }
        let host = authority.prefix { $0 != ":" }
        if host == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
