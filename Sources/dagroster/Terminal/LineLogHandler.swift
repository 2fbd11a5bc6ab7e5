import Logging
import Roster
import SCIM
import YAML

/// Writes log messages to standard error, one a line: as text for people, as JSON for collectors.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    let format: LogFormat
    let now: @Sendable () -> Timestamp

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let pairs = all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        switch format {
        case .text: Terminal.note(text(event, pairs))
        case .json: Terminal.note(json(event, pairs))
        }
    }

    private func text(_ event: LogEvent, _ pairs: [(String, String)]) -> String {
        let shown = pairs.map { " \($0.0)=\(LogField.text($0.1))" }.joined()
        return "\(now()) \(event.level) \(Printable.line("\(event.message)"))\(shown)"
    }

    private func json(_ event: LogEvent, _ pairs: [(String, String)]) -> String {
        var object: Object = [
            "time": .string(now().description), "level": .string(event.level.rawValue),
            "message": .string("\(event.message)"),
        ]
        for (key, value) in pairs { object[key] = .string(value) }
        return LogField.json(String(decoding: JSON.write(.object(object)), as: UTF8.self))
    }
}
