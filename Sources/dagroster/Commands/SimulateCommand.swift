import ArgumentParser
import FileTarget
import Logging
import Reconcile
import Roster
import ServiceLifecycle
import Simulator
import UnixSignals

/// A Dagster+ organisation to try things on.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run a Dagster+ organisation on this machine, to try everything on.",
        discussion: """
            Speaks the part of Dagster+'s GraphQL API that is about access, from memory; nothing is written to a file. \
            GET /simulator/organization shows the organisation as a target file, GET /simulator/requests what it was \
            asked. SIGTERM and SIGINT end it with exit 0.

            Example:  dagroster simulate --seed target.yaml --port 3333

            Switches, for what differs or is unknown: \(Switches.names.joined(separator: ", ")).

            Faults: KIND@read|write|any:N[xTIMES][:before|after], such as 429=2@write:3 and timeout@write:1:after. \
            Kinds: a status with or without =SECONDS or =date+SECONDS, timeout, cut, html, maintenance, \
            500-with-data, 200-with-errors, short-lists, slow=MILLISECONDS, redirect=URL.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The organisation to begin with, a file as targets of kind \"file\" have it.",
            valueName: "file"
        )
    )
    var seed: String?

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 0

    @Option(
        help: ArgumentHelp(
            "A token and whose it is, such as viewer=abc; may be repeated. Default: one of an administrator.",
            valueName: "role=token"
        )
    )
    var token: [String] = []

    @Option(help: ArgumentHelp("The person whose tokens these are.", valueName: "email"))
    var caller: String?

    @Option(help: ArgumentHelp("The person who owns the organisation.", valueName: "email"))
    var owner: String?

    @Option(help: ArgumentHelp("The plan, such as ENTERPRISE or SOLO.", valueName: "plan"))
    var plan = "ENTERPRISE"

    @Option(help: ArgumentHelp("How many people may hold editor or more. Default: any number.", valueName: "n"))
    var seats: Int?

    @Flag(help: "Dagster+'s own SCIM is on.")
    var scimSync = false

    @Option(
        name: .customLong("switch"),
        help: ArgumentHelp("How it behaves; may be repeated.", valueName: "name[=value]")
    )
    var switches: [String] = []

    @Option(help: ArgumentHelp("What goes wrong, and when; may be repeated.", valueName: "fault"))
    var fault: [String] = []

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port \(port) is not from 0 to 65535") }
        _ = try setup(seed: Organization())
    }

    func run() async throws {
        let organization = try SimulatedOrganization(setup(seed: await readSeed()))
        let shown = token.isEmpty ? "token \(Setup.defaultToken)" : "the tokens given"
        let server = SimulatorServer.service(
            for: organization,
            port: port,
            logger: common.logger("simulate", atLeast: .notice)
        ) { port in
            Terminal.note("simulating Dagster+ on http://127.0.0.1:\(port) with \(shown)")
        }
        var configuration = ServiceGroupConfiguration(
            services: [server],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: common.logger("simulate", atLeast: .notice)
        )
        // A request that is never answered on purpose does not keep the program from ending.
        configuration.maximumGracefulShutdownDuration = .seconds(1)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            throw Failure.unexpected("cannot simulate on 127.0.0.1:\(port): \(error)")
        }
    }

    private func readSeed() async throws -> Organization {
        guard let seed else { return Organization(deployments: ["prod": DeploymentState()]) }
        do {
            return try await FileTargetReader(path: seed, name: seed).read()
        } catch let error as TargetError {
            throw Failure.invalidTree("\(error)")
        }
    }
}

extension SimulateCommand {
    private func setup(seed: Organization) throws -> Setup {
        var setup = Setup(seed: seed)
        setup.seed.owner = owner
        setup.caller = caller
        setup.plan = plan
        setup.seats = seats
        setup.isSCIMSyncOn = scimSync
        setup.now = { Double(Clock.now().milliseconds) / 1000 }
        if !token.isEmpty { setup.tokens = try tokens() }
        for text in switches where !setup.switches.set(text) {
            throw ValidationError("--switch \"\(text)\" is none of \(Switches.names.joined(separator: ", "))")
        }
        setup.faults = try fault.map { text in
            guard let fault = Fault(text) else {
                throw ValidationError("--fault \"\(text)\" is no fault such as 429=2@write:3 or timeout@read:1")
            }
            return fault
        }
        return setup
    }

    private func tokens() throws -> [String: Caller] {
        var tokens: [String: Caller] = [:]
        for text in token {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let caller = Caller(rawValue: parts[0]) else {
                let roles = Caller.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--token is ROLE=TOKEN, where ROLE is one of \(roles)")
            }
            tokens[parts[1]] = caller
        }
        return tokens
    }
}
