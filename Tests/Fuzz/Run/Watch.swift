import Foundation
import Tree

/// What the run is at right now, where a signal's handler and a second thread can see it.
///
/// One thread writes it. The pointers are made once and never freed, so that a handler can follow them.
enum Watch {
    /// The longest that one input may take.
    static let patience: Double = 10

    // Unsafe: a signal's handler may take no lock, and reads what the thread that it interrupts has written.
    nonisolated(unsafe) private static let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    nonisolated(unsafe) private static var message: UnsafeMutablePointer<CChar>?
    nonisolated(unsafe) private static var file: UnsafeMutablePointer<CChar>?

    private struct State {
        var index = -1
        var began = 0.0
        var bytes: UnsafeRawPointer?
        var count = 0
    }

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - seed: of the run, for what is told.
    ///   - path: the file that gets the input which a crash or a hang was at.
    static func begin(seed: UInt64, savingTo path: String) {
        state.initialize(to: State())
        message = strdup("\nfuzz: seed \(seed): stopped at input ")
        file = strdup(path)
        var stack = stack_t()
        stack.ss_size = 1 << 16
        stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: 1 << 16, alignment: 16)
        sigaltstack(&stack, nil)
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                Watch.tell()
                signal(number, SIG_DFL)
                raise(number)
            }
            action.sa_flags = Int32(SA_ONSTACK)
            sigaction(number, &action, nil)
        }
        _ = Worker.start {
            while true {
                sleep(1)
                let state = state.pointee
                guard state.index >= 0, now - state.began > patience else { continue }
                tell()
                say("fuzz: the input took more than \(patience) s")
                exit(1)
            }
        }
    }

    /// Does something with an input that is named if it never ends.
    static func during<Result>(_ index: Int, _ bytes: [UInt8], _ body: () throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { buffer in
            state.pointee = State(index: index, began: now, bytes: buffer.baseAddress, count: buffer.count)
            defer { state.pointee.index = -1 }
            return try body()
        }
    }

    /// Seconds since the run began.
    static var now: Double { (ContinuousClock.now - start) / .seconds(1) }

    private static let start = ContinuousClock.now

    /// The memory that this process has, in MiB.
    static var memory: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 / 256 } ?? 0
    }

    /// Names the input and keeps it, by nothing but system calls.
    private static func tell() {
        guard let message, let file, state.pointee.index >= 0 else { return }
        var digits: [20 of UInt8] = .init(repeating: 0x30)
        var (rest, length) = (state.pointee.index, 0)
        repeat {
            digits[19 - length] = UInt8(0x30 + rest % 10)
            rest /= 10
            length += 1
        } while rest > 0
        write(2, message, strlen(message))
        for place in (20 - length)..<20 {
            var digit = digits[place]
            write(2, &digit, 1)
        }
        write(2, "\n", 1)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { return }
        write(descriptor, state.pointee.bytes, state.pointee.count)
        close(descriptor)
    }
}

/// Prints a line at once, to a pipe, too.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
