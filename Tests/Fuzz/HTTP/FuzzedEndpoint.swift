import Auth
import Endpoint
import Foundation
import Logging
import NIOCore
import NIOPosix
import Roster
import SCIM
import Store
import Synchronization
import Tree

/// An endpoint over a tree of its own, behind connections that are pairs of sockets in this process.
final class FuzzedEndpoint: Sendable {
    private let token: [UInt8]
    private let path: String
    private let store: Store
    private let endpoint: SCIMEndpoint
    private let connections = Connections(limit: 100)
    private let group: MultiThreadedEventLoopGroup
    private let drain: Task<Void, Never>

    /// How many inputs one endpoint gets; the next one gets a new tree.
    static let inputs = 20_000

    init(group: MultiThreadedEventLoopGroup, memory: String = "/dev/shm") async throws {
        let folder = FileManager.default.fileExists(atPath: memory) ? memory : NSTemporaryDirectory()
        path = "\(folder)/dagroster-fuzz-\(UUID().uuidString)"
        self.group = group
        _ = try TreeInitializer.create(at: path)
        let count = Mutex(0)
        // Ids come again, so that inputs meet records and there are never many of them.
        let newID: @Sendable () -> String = { "id-" + "\(count.withLock { $0 += 1; return 1 + $0 % 24 })" }
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: 1_795_452_420_000) }
        let store = Store(root: path, contents: try await TreeReader.read(FolderSource(path)), now: now)
        self.store = store
        let tokens = TokenFile(tree: path)
        token = Array(try tokens.create("fuzz", at: now(), expires: nil).revealed.utf8)
        endpoint = SCIMEndpoint(
            store: store,
            authenticator: TokenAuthenticator(tokens),
            behaviour: Behaviour(.tolerant),
            logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() },
            now: now,
            newID: newID
        )
        drain = Task { for await _ in store.changes {} }
    }

    /// All that the endpoint says to some bytes before it hangs up, which it must.
    func answer(to bytes: [UInt8]) throws -> [UInt8] {
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0 else { throw Broken("no sockets") }
        defer { close(pair[0]) }
        let (endpoint, connections) = (endpoint, connections)
        _ = try ClientBootstrap(group: group)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try HTTPServer.answer(on: channel, for: endpoint, connections: connections)
                }
            }
            .withConnectedSocket(pair[1]).wait()
        var rest = bytes.replacing(Array(WireText.token.utf8), with: token)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(pair[0], $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            // It may hang up before it has read everything.
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        shutdown(pair[0], Int32(SHUT_WR))
        return try Self.everything(from: pair[0])
    }

    private static func everything(from socket: Int32) throws -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var wait = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, 8000) > 0 else { throw Broken("the connection is still open after 8 s") }
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return all }
            all += buffer[..<count]
        }
    }

    /// Ends the store; the files must say what was answered.
    func end() async throws {
        store.close()
        try await store.closed()
        await drain.value
        let contents = try await TreeReader.read(FolderSource(path))
        try? FileManager.default.removeItem(atPath: path)
        let problem = contents.diagnostics.first.map { "\($0)" }
        try Broken.unless(problem == nil, "a file that was written is wrong: \(problem ?? "")")
        try Broken.unless(contents.directory == store.snapshot.directory, "the files are not what was answered")
    }
}
