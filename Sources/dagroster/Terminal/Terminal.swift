import Glibc
import YAML

/// The two streams: results go to standard output, words about the run to standard error.
enum Terminal {
    /// Prints a result.
    static func result(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO) }

    /// Prints words about the run; what a name in them could do to a terminal is written out.
    static func note(_ text: String) { write(Printable.lines(text) + "\n", to: STDERR_FILENO) }

    /// Prints what went wrong.
    static func error(_ text: String) { note("dagroster: " + text) }

    /// Whether a stream is a terminal that shows colours.
    static func showsColor(_ choice: ColorChoice) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto: isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
        }
    }

    /// Writes whole texts, however short the system's writes are; a reader who has gone away ends it.
    private static func write(_ text: String, to stream: Int32) {
        var rest = ArraySlice(Array(text.utf8))
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
