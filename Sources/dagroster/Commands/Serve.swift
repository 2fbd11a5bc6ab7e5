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
            way, commit what is open and end with exit 0; SIGHUP reads the settings again. Tokens and certificates \
            count as soon as they are changed.

            Example:  dagroster serve --host 127.0.0.1 --port 8080 --base-url https://roster.example.com
            Example:  dagroster serve --host 0.0.0.0 --port 443 --tls-cert roster.pem --tls-key roster.key
            """
    )

    @OptionGroup var server: ServerOptions

    @Flag(help: "Say whether the settings, the tokens and the certificate can be used, and start nothing.")
    var checkConfig = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let tree = try common.locateTree()
        let logger = common.logger("serve")
        TreeReader.shareMemory()
        let certificates = try server.certificates(common.logger("tls"))
        if checkConfig { return try await ConfigurationCheck(tree: tree).run() }
        let lock = try TreeLock.take(tree, for: "dagroster serve", otherwise: "nothing was started")
        defer { withExtendedLifetime(lock) {} }
        // An identity provider would create again whom half an import does not have.
        let note: ImportNote?
        do throws(Diagnostic) {
            note = try ImportNote(of: tree)
            if let note, note.isHalf { throw note.problem }
        } catch {
            throw Failure.invalidTree("nothing is served\n\(error)")
        }
        if note != nil { try ImportNote.remove(from: tree) }
        let repository = try await Repository.discover(tree).map { found in
            let places = HeldPlaces([tree, found.folder])
            return found.unless { places.loss }
        }
        let git = try ServedTree.settings(of: tree).git
        let branchGate = repository.map { BranchGate(repository: $0, branch: git.branch) }
        let state = "\(tree)/\(TreeLocation.stateFolder)"
        let places = HeldPlaces([state] + (repository.map { [$0.folder] } ?? []))
        let gate = PlaceGate(branchGate ?? OpenGate(), places)
        // Before the files are read, because it finishes what a crash interrupted.
        let recovery = try Recovery(root: tree, gate: gate)
        let renewal = CacheRenewal()
        let written = WrittenFiles(tree: tree)
        let isCommitting = repository != nil && git.commits
        let confirmations = try await PushCheck.confirmations(for: git, in: repository)
        let options = StoreOptions(
            gate: gate,
            confirmation: confirmations,
            log: isCommitting ? written : NoWriteLog(),
            report: StoreLog(logger: common.logger("store")).note
        )
        let (store, settings) = try await Self.open(recovery, of: tree, in: repository, renewal, options)
        let started = Clock.now()
        if recovery.changesBehind > 0 {
            let count: Logger.Metadata = ["changes": "\(recovery.changesBehind)"]
            logger.notice("answered changes of an earlier run are written to the files", metadata: count)
        }
        let board = StatusBoard()
        let audit = AuditLog(path: "\(tree)/\(TreeLocation.stateFolder)/audit/audit.jsonl")
        audit.begin()
        let activity = Activity(started: started)
        let behaviour = Behaviour(scim: settings.scim)
        let publisher = PublisherService(
            store: store,
            written: written,
            tree: tree,
            repository: repository,
            settings: git,
            confirmations: confirmations,
            board: board,
            audit: audit,
            logger: common.logger("git")
        )
        let authenticator = TokenAuthenticator(
            TokenFile(tree: tree),
            accessTokens: try AccessTokens(tree: tree),
            entra: EntraVerifier(source: HTTPKeySource()),
            uses: TokenUses(tree: tree)
        )
        let endpoint = SCIMEndpoint(
            store: store,
            authenticator: authenticator,
            tokenEndpoint: TokenEndpoint(authenticator),
            rateLimit: server.maxRate.map(RateLimit.init),
            behaviour: behaviour,
            stored: .wanted(by: settings.scim),
            activity: activity,
            audit: audit,
            baseURL: server.clientURL,
            logger: logger,
            now: Clock.now,
            newID: { RandomID.make() }
        )
        let front = HTTPServer.service(
            for: endpoint,
            host: server.host,
            port: server.port,
            certificates: certificates,
            proxies: TrustedProxies(server.trustedProxy) ?? .none,
            connections: Connections(limit: FileLimit.raised(for: server.maxConnections)),
            logger: common.logger("http", atLeast: .notice),
            onRunning: { [server] port in
                Terminal.note("serving SCIM on \(server.url(port: port))\(Route.basePath)")
            }
        )
        let site = AdminSite(
            tree: tree,
            store: store,
            gate: gate,
            authenticator: authenticator,
            board: board,
            activity: activity,
            audit: audit,
            started: started
        )
        let reload = ReloadService(tree: tree, settings: settings, behaviour: behaviour, logger: logger)
        let settling = SettlingService(tree: tree, renewal: renewal)
        try await run(
            [settling, reload, publisher] + server.adminServices(for: site, common) + [front],
            logger: logger
        )
        // Where the time for ending was over, the services are told to have been cut short, whatever became of them.
        if let failure = publisher.failure { throw failure }
    }

    /// Reads the tree and opens the store on it; of what was read nothing stays but what the store keeps.
    private static func open(
        _ recovery: Recovery,
        of tree: String,
        in repository: Repository?,
        _ renewal: CacheRenewal,
        _ options: StoreOptions
    ) async throws -> (store: Store, settings: Settings) {
        let loaded = try await ServedTree.load(
            tree,
            repository: repository,
            observer: recovery.listing,
            renewal: renewal
        )
        for problem in loaded.contents.diagnostics { Terminal.note(problem.description) }
        let store = try Store.open(
            recovery,
            contents: loaded.contents,
            broken: loaded.broken,
            options: options,
            now: Clock.now
        )
        return (store, loaded.contents.settings)
    }

    /// How long requests that are under way at the end, and the last commit, are waited for.
    private static let secondsToEnd = 20

    /// Runs services until a signal; they are shut down from the last to the first, so that the server has answered
    /// everything before the last commit is made.
    private func run(_ services: [any Service], logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // Whoever does not finish a request does not keep the last commit from being made.
        configuration.maximumGracefulShutdownDuration = .seconds(Self.secondsToEnd)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let failure as Failure {
            throw failure
        } catch is CancellationError {
            // Nothing else cancels services: one that fails is the error.
            let seconds: Logger.Metadata = ["seconds": "\(Self.secondsToEnd)"]
            logger.warning("the end took long; requests that were still under way were cut short", metadata: seconds)
        } catch {
            throw Failure.unexpected(
                "cannot serve on \(server.host):\(server.port): \(error)\n"
                    + "hint: another program may hold this port or the admin port \(server.adminPort)"
            )
        }
    }
}
