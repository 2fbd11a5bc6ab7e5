import NIOCore
import NIOEmbedded
import Testing

@testable import Endpoint

/// Clients that take their time, on a clock that the test holds.
struct SlowClientTests {
    private static let half = "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n"

    private func with(_ body: (EmbeddedChannel, Connections, _ authorization: String) throws -> Void) async throws {
        let world = try await World()
        try serve(world, body)
    }

    private func serve(
        _ world: World,
        _ body: (EmbeddedChannel, Connections, _ authorization: String) throws -> Void
    ) throws {
        let connections = Connections(limit: 10)
        let channel = try world.channel(connections)
        try body(channel, connections, world.authorization["authorization"] ?? "")
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }

    private func send(_ text: String, to channel: EmbeddedChannel) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    @Test(arguments: ["", half])
    func `whoever says nothing for half a minute is hung up on`(said: String) async throws {
        try await with { channel, connections, _ in
            try send(said, to: channel)
            channel.embeddedEventLoop.advanceTime(by: .seconds(29))
            #expect(channel.isActive && connections.count == 1)
            channel.embeddedEventLoop.advanceTime(by: .seconds(2))
            #expect(!channel.isActive && connections.count == 0)
        }
    }

    @Test func `a head that comes byte by byte has half a minute in all`() async throws {
        try await with { channel, connections, _ in
            try send(Self.half + "X-Slow: ", to: channel)
            for _ in 0..<2 {
                channel.embeddedEventLoop.advanceTime(by: .seconds(10))
                try send("a", to: channel)
                #expect(channel.isActive)
            }
            channel.embeddedEventLoop.advanceTime(by: .seconds(11))
            #expect(!channel.isActive && connections.count == 0)
        }
    }

    @Test func `a body that comes byte by byte has two minutes in all`() async throws {
        try await with { channel, connections, authorization in
            try send(Self.half + "Authorization: \(authorization)\r\nContent-Length: 1000\r\n\r\n", to: channel)
            for _ in 0..<11 {
                channel.embeddedEventLoop.advanceTime(by: .seconds(10))
                try send("a", to: channel)
                #expect(channel.isActive)
            }
            channel.embeddedEventLoop.advanceTime(by: .seconds(29))
            #expect(!channel.isActive && connections.count == 0)
        }
    }

    @Test(arguments: ["", half, "GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n"])
    func `a connection that is gone leaves nothing in memory`(said: String) async throws {
        weak var handler: ConnectionHandler?
        try await with { channel, _, _ in
            try send(said, to: channel)
            handler = try channel.pipeline.syncOperations.handler(type: ConnectionHandler.self)
        }
        #expect(handler == nil)
    }

    @Test func `whoever goes on asking is not hung up on`() async throws {
        try await with { channel, connections, _ in
            for _ in 0..<20 {
                try send("GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n", to: channel)
                let answer = try #require(try channel.readOutbound(as: ByteBuffer.self))
                #expect(String(buffer: answer).hasPrefix("HTTP/1.1 401 "))
                while try channel.readOutbound(as: ByteBuffer.self) != nil {}
                channel.embeddedEventLoop.advanceTime(by: .seconds(20))
                #expect(channel.isActive && connections.count == 1)
            }
        }
    }
}
