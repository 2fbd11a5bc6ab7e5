import Endpoint
import Logging
import SCIM
import ServiceLifecycle
import Tree
import UnixSignals
import YAML

/// Reads the settings again at SIGHUP: what can be changed while requests are answered is, and the rest is named.
struct ReloadService: Service {
    let tree: String
    let settings: Settings
    let behaviour: Behaviour
    let logger: Logger

    func run() async throws {
        var current = settings
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            current = reload(current)
        }
    }

    /// Settings that cannot be read change nothing: the last good ones stay.
    private func reload(_ current: Settings) -> Settings {
        let read: (settings: Settings?, diagnostics: [Diagnostic])
        do {
            read = Settings.read(try DurableFile.read("\(tree)/\(TreeLocation.settingsFile)"))
        } catch {
            logger.error("the settings cannot be read; the last ones stay", metadata: ["error": "\(error)"])
            return current
        }
        guard let settings = read.settings else {
            for problem in read.diagnostics { Terminal.note(problem.description) }
            logger.error("the settings have errors; the last ones stay")
            return current
        }
        behaviour.policy = Policy(scim: settings.scim)
        let restart = [
            ("layout", settings.layout != current.layout), ("git", settings.git != current.git),
            ("scim.store", settings.scim.store != current.scim.store),
        ].filter(\.1).map(\.0)
        guard restart.isEmpty else {
            let names = restart.joined(separator: ", ")
            logger.warning(
                "the settings were read again; some count after a restart",
                metadata: ["restart": "\(names)"]
            )
            return current
        }
        logger.notice("the settings were read again")
        return settings
    }
}

extension Policy {
    /// How the settings want requests to be read.
    init(scim settings: SCIMSettings) { self = settings.isStrict ? .strict : .tolerant }
}

extension Behaviour {
    /// What the settings want.
    convenience init(scim settings: SCIMSettings) { self.init(Policy(scim: settings)) }
}

extension StoredAttributes {
    /// What the settings want to be kept.
    static func wanted(by settings: SCIMSettings) -> StoredAttributes {
        switch settings.store {
        case .all: .all
        case .attributes(let names): StoredAttributes(names)
        }
    }
}
