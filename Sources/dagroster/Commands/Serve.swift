import ArgumentParser
import Auth
import Endpoint
import Foundation
import Git
import Logging
import Publish
import Roster
import SCIM
import ServiceLifecycle
import Store
import Tree
import UnixSignals
import YAML

/// The SCIM endpoint.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve SCIM to an identity provider and write what it provisions to the tree.",
        discussion: """
            Prints one line on standard error when it accepts requests. SIGTERM and SIGINT finish the requests under \
            way, commit what is open and end with exit 0.

            Example:  dagroster serve --host 127.0.0.1 --port 8080 --base-url https://roster.example.com
            """
    )

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "The URL under which clients reach the server. Default: what each request names.",
            valueName: "url"
        )
    )
    var baseUrl: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port \(port) is not from 0 to 65535") }
        guard let baseUrl else { return }
        guard let url = URL(string: baseUrl), ["http", "https"].contains(url.scheme ?? ""), url.host() != nil else {
            throw ValidationError("--base-url \"\(baseUrl)\" is not a URL such as https://roster.example.com")
        }
    }

    func run() async throws {
        let tree = try common.locateTree()
        let logger = common.logger("serve")
        let lock = try TreeLock.take(tree, for: "dagroster serve", otherwise: "nothing was started")
        defer { withExtendedLifetime(lock) {} }
        let repository = try await Repository.discover(tree)
        let git = try ServedTree.settings(of: tree).git
        let gate: any WriteGate = repository.map { BranchGate(repository: $0, branch: git.branch) } ?? OpenGate()
        // Before the files are read, because it finishes what a crash interrupted.
        let recovery = try Recovery(root: tree, gate: gate)
        let loaded = try await ServedTree.load(tree, repository: repository)
        for problem in loaded.contents.diagnostics { Terminal.note(problem.description) }
        let written = WrittenFiles(tree: tree)
        let isCommitting = repository != nil && git.commits
        let confirmations = try await PushCheck.confirmations(for: git, in: repository)
        let store = try Store.open(
            recovery,
            contents: loaded.contents,
            broken: loaded.broken,
            options: StoreOptions(
                gate: gate,
                confirmation: confirmations,
                log: isCommitting ? written : NoWriteLog(),
                report: StoreLog(logger: common.logger("store")).note
            ),
            now: Clock.now
        )
        if recovery.changesBehind > 0 {
            let count: Logger.Metadata = ["changes": "\(recovery.changesBehind)"]
            logger.notice("answered changes of an earlier run are written to the files", metadata: count)
        }
        let publisher = PublisherService(
            store: store,
            written: written,
            tree: tree,
            repository: repository,
            settings: git,
            confirmations: confirmations,
            logger: common.logger("git")
        )
        let server = HTTPServer.service(
            for: endpoint(store, tree: tree, settings: loaded.contents.settings, logger: logger),
            host: host,
            port: port,
            logger: common.logger("http", atLeast: .notice),
            onRunning: { [host] port in
                Terminal.note("serving SCIM on http://\(host):\(port)\(Route.basePath)")
            }
        )
        try await run([publisher, server], logger: logger)
    }

    /// Runs services until a signal; they are shut down from the last to the first, so that the server has answered
    /// everything before the last commit is made.
    private func run(_ services: [any Service], logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // Whoever does not finish a request does not keep the last commit from being made.
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure.unexpected("cannot serve on \(host):\(port): \(error)")
        }
    }

    private func endpoint(_ store: Store, tree: String, settings: Settings, logger: Logger) -> SCIMEndpoint {
        SCIMEndpoint(
            store: store,
            authenticator: TokenAuthenticator(TokenFile(tree: tree)),
            policy: settings.scim.isStrict ? .strict : .tolerant,
            baseURL: baseUrl.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 },
            logger: logger,
            now: Clock.now,
            newID: { UUID().uuidString.lowercased() }
        )
    }
}
