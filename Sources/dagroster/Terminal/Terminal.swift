import Glibc
import Synchronization
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

    /// When the line of progress that stands on the terminal was written; nil: none does.
    private static let shownProgress = Mutex<ContinuousClock.Instant?>(nil)

    /// Writes one line that the next output takes the place of, no longer than the terminal is wide; one that comes too
    /// soon after another for anybody to have read that is left out.
    static func progress(_ text: String) {
        shownProgress.withLock { shown in
            let now = ContinuousClock.now
            if let shown, shown.duration(to: now) < .milliseconds(50) { return }
            shown = now
            put("\r\u{1B}[K" + Printable.line(text).prefix(width), to: STDERR_FILENO)
        }
    }

    /// Takes the line of progress away, if there is one.
    static func eraseProgress() {
        shownProgress.withLock { shown in
            if shown != nil { put("\r\u{1B}[K", to: STDERR_FILENO) }
            shown = nil
        }
    }

    /// How many columns a line may take without a second one.
    private static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 79 }
        return Int(size.ws_col) - 1
    }

    private static func write(_ text: String, to stream: Int32) {
        eraseProgress()
        put(text, to: stream)
    }

    /// Writes whole texts, however short the system's writes are; a reader who has gone away ends it.
    private static func put(_ text: String, to stream: Int32) {
        var rest = ArraySlice(Array(text.utf8))
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
