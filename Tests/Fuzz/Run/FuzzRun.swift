import Foundation
import NIOPosix

/// Tries inputs until one breaks a law.
///
///     Fuzz [N] [--seconds S] [--seed SEED] [--only SUBJECT] [--index I] [--input FILE]
///
/// The same seed makes the same inputs. Which one broke a law is printed with the law, and kept in a file.
@main
struct FuzzRun {
    private let options: Options
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private var endpoint: FuzzedEndpoint?
    private var requests = 0
    private var tally = Tally()

    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        do {
            var run = FuzzRun(options: try Options(Array(CommandLine.arguments.dropFirst())))
            exit(try await run.all() ? 0 : 1)
        } catch {
            say("fuzz: \(error)")
            exit(64)
        }
    }

    private init(options: Options) { self.options = options }

    /// Tries everything.
    ///
    /// - Returns: whether all laws held.
    private mutating func all() async throws -> Bool {
        try FileManager.default.createDirectory(atPath: options.folder, withIntermediateDirectories: true)
        Watch.begin(seed: options.seed, savingTo: "\(options.folder)/\(options.seed)-stopped.input")
        say("fuzz: seed \(options.seed), \(options.count) inputs")
        let began = Watch.now
        for index in indices {
            if let seconds = options.seconds, Watch.now - began > seconds { break }
            let subject = options.only ?? Subject.of(index)
            var bytes: [UInt8] = []
            do {
                if subject == .http { try await makeEndpoint() }
                bytes = try input(subject, index)
                let start = Watch.now
                let verdict = try Watch.during(index, bytes) { try check(bytes, subject) }
                tally.add(subject, verdict, index: index, seconds: Watch.now - start)
                if tally.done.isMultiple(of: 10_000) { try tally.checkMemory() }
                if tally.done.isMultiple(of: 1_000_000) { say("fuzz: \(tally.done) inputs, \(Watch.memory) MiB") }
            } catch {
                return try fail(error, subject, index, bytes)
            }
        }
        do {
            try await endpoint?.end()
        } catch {
            return try fail(error, .http, tally.done, [])
        }
        for line in tally.lines { say(line) }
        say(tally.summary(seed: options.seed, seconds: Watch.now - began))
        return true
    }

    private var indices: Range<Int> {
        if options.input != nil { return 0..<1 }
        return options.index.map { $0..<($0 + 1) } ?? 0..<options.count
    }

    private func input(_ subject: Subject, _ index: Int) throws -> [UInt8] {
        if let input = options.input { return Array(try Data(contentsOf: URL(filePath: input))) }
        return subject.input(seed: options.seed, index: index)
    }

    /// An endpoint that is not worn.
    private mutating func makeEndpoint() async throws {
        requests += 1
        if let endpoint, requests.isMultiple(of: FuzzedEndpoint.inputs) {
            self.endpoint = nil
            try await endpoint.end()
        }
        if endpoint == nil { endpoint = try await FuzzedEndpoint(group: group) }
    }

    private func check(_ bytes: [UInt8], _ subject: Subject) throws -> Verdict {
        switch subject {
        case .json: try ProtocolLaws.json(bytes)
        case .filters: try ProtocolLaws.filters(bytes.text)
        case .paths: try ProtocolLaws.paths(bytes.text)
        case .queries: try ProtocolLaws.queries(bytes.text)
        case .yaml: try FileLaws.yaml(bytes)
        case .users: try FileLaws.users(bytes)
        case .groups: try FileLaws.groups(bytes)
        case .access: try FileLaws.access(bytes, file: "access/a.yaml")
        case .roles: try FileLaws.access(bytes, file: "access/roles.yaml")
        case .settings: try FileLaws.settings(bytes)
        case .http:
            if let endpoint { try WireLaws.http(bytes, on: endpoint) } else { .refused }
        }
    }

    private func fail(_ error: any Error, _ subject: Subject, _ index: Int, _ bytes: [UInt8]) throws -> Bool {
        let path = "\(options.folder)/\(options.seed)-\(index)-\(subject.rawValue).input"
        try Data(bytes).write(to: URL(filePath: path))
        say("fuzz: seed \(options.seed), input \(index) (\(subject.rawValue)): \(error)")
        say("fuzz: the input is in \(path); after \(tally.done) others")
        return false
    }
}
