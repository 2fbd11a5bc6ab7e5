import Foundation
import Glibc
import Testing

/// A running Chromium with the pipes through which it is spoken to: JSON documents with a zero byte after each.
final class BrowserPipe {
    private static let seconds = 60.0

    private let profile: String
    private let child: ChildProcess
    private let commands: Int32
    private let answers: Int32
    private var received: [UInt8] = []

    /// Starts a browser with a profile of its own, and ends it whatever happens.
    static func with<Result>(_ body: (BrowserPipe) throws -> Result) throws -> Result {
        try TemporaryFolder.with { scratch in
            let pipe = try BrowserPipe(scratch)
            defer { pipe.end() }
            return try body(pipe)
        }
    }

    private init(_ scratch: TemporaryFolder) throws {
        let paths = ["commands", "answers"].map(scratch.path)
        for path in paths where mkfifo(path, 0o600) != 0 { throw Browser.Failure(description: "no pipe at \(path)") }
        profile = scratch.path("profile")
        // Opened for both directions: neither side waits for the other one, and nothing is lost in between.
        commands = Glibc.open(paths[0], O_RDWR | O_CLOEXEC)
        answers = Glibc.open(paths[1], O_RDWR | O_CLOEXEC)
        // A session of its own, by which all of its processes are found in the end.
        let script = #"exec setsid chromium "$@" 3<"$0" 4>"$BROWSER_ANSWERS""#
        child = try ChildProcess(
            "sh",
            ["-c", script, paths[0]] + Self.arguments(profile: profile),
            environment: Program.environment(home: scratch, ["BROWSER_ANSWERS": paths[1]]),
            folder: scratch.path,
            scratch: scratch
        )
    }

    private static func arguments(profile: String) -> [String] {
        [
            "--headless", "--remote-debugging-pipe", "--user-data-dir=\(profile)",
            // A test may run as root, where Chromium has no sandbox, and in a container with little shared memory.
            "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
            "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars", "about:blank",
        ]
    }

    func send(_ message: JSONValue) throws {
        var rest = Array(message.text.utf8)[...] + [0]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(commands, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Browser.Failure(description: "the browser takes no commands") }
            rest = rest.dropFirst(count)
        }
    }

    /// The next document; an error when none comes in time or the browser has ended.
    func receive() throws -> JSONValue {
        let end = ContinuousClock.now + .seconds(Self.seconds)
        while true {
            if let index = received.firstIndex(of: 0) {
                defer { received.removeFirst(index + 1) }
                return try JSONValue(parsing: Array(received[..<index]))
            }
            guard ContinuousClock.now < end, child.exitCodeIfEnded() == nil else {
                throw Browser.Failure(description: "the browser says nothing; standard error: \(child.standardError)")
            }
            fill()
        }
    }

    private func fill() {
        var waiting = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 200) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(answers, &bytes, bytes.count)
        if count > 0 { received += bytes[..<count] }
    }

    private func end() {
        child.signal(SIGTERM)
        _ = try? child.exitCode(within: 10)
        // Its helpers outlive it for a moment and write to the profile, which would be made anew while it is removed.
        Deadline.wait(for: "the browser's processes to end") {
            let helpers = Self.processes(inSession: child.pid)
            for helper in helpers { kill(helper, SIGKILL) }
            return helpers.isEmpty
        }
        close(commands)
        close(answers)
        // It leaves a folder for it among the temporary files, because a socket's path must be short.
        let socket = try? FileManager.default.destinationOfSymbolicLink(atPath: profile + "/SingletonSocket")
        guard let folder = socket.map({ URL(filePath: $0).deletingLastPathComponent().path }) else { return }
        if folder.contains("/org.chromium.") { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// Those that run, by proc_pid_stat(5); one that has ended and that nobody has asked about does nothing any more.
    private static func processes(inSession session: pid_t) -> [pid_t] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(pid_t.init) ?? []
        return numbers.filter { number in
            let line = FileManager.default.contents(atPath: "/proc/\(number)/stat") ?? Data()
            // Behind the name, which may hold anything: state, parent, group, session.
            let fields = String(decoding: line, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 3 && fields[3] == "\(session)" && !["Z", "X"].contains(fields[0])
        }
    }
}
