import ArgumentParser
import Foundation
import Logging
import Roster
import Tree

/// How log lines look.
enum LogFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text
    case json
}

/// When output has colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto
    case always
    case never
}

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The tree. Default: the nearest parent with dagroster.yaml.", valueName: "dir"))
    var tree: String?

    @Option(help: "How much is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel = LogLevel.info

    @Option(help: "How log lines look: text or json.")
    var logFormat = LogFormat.text

    @Option(help: "When output has colours: auto, always or never.")
    var color = ColorChoice.auto

    /// A log at the level that was asked for, or a less talkative one.
    func logger(_ label: String, atLeast minimum: Logger.Level = .trace) -> Logger {
        let level = max(logLevel.level, minimum)
        let format = logFormat
        return Logger(label: label) { _ in
            LineLogHandler(logLevel: level, format: format, now: Clock.now)
        }
    }
}

/// How much is logged.
enum LogLevel: String, ExpressibleByArgument, CaseIterable, Sendable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

/// The system's clock.
enum Clock {
    @Sendable static func now() -> Timestamp {
        Timestamp(milliseconds: Int((Date.now.timeIntervalSince1970 * 1000).rounded(.down)))
    }
}

extension CommonOptions {
    /// The folder of the tree, absolute.
    func locateTree() throws -> String {
        do {
            return try TreeFinder.find(named: tree)
        } catch let error as TreeError {
            throw Failure.invalidTree("\(error)")
        }
    }
}
