import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Posts notifications.
enum Notifier {
    /// Why one was not taken; the address is not part of it, because it may hold a secret.
    enum Failure: Error, CustomStringConvertible {
        case status(UInt, host: String)
        case unreachable(host: String, reason: String)

        var description: String {
            switch self {
            case .status(let status, let host): "\(host) answered \(status)"
            case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)"
            }
        }
    }

    /// How long it may take: a run must end.
    private static let patience = TimeAmount.seconds(10)

    /// Posts JSON; any answer of 2xx is well, and no other address is followed.
    static func post(_ json: [UInt8], to address: String) async throws {
        let host = URL(string: address)?.host(percentEncoded: false) ?? "the address"
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = patience
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "User-Agent", value: "dagroster")
        request.body = .bytes(ByteBuffer(bytes: json))
        let result: Result<UInt, any Error>
        do {
            result = .success(try await client.execute(request, timeout: patience).status.code)
        } catch {
            result = .failure(error)
        }
        try? await client.shutdown()
        switch result {
        case .success(let status):
            guard 200..<300 ~= status else { throw Failure.status(status, host: host) }
        case .failure(let error as HTTPClientError):
            throw Failure.unreachable(host: host, reason: error.shortDescription)
        case .failure: throw Failure.unreachable(host: host, reason: "no connection could be made")
        }
    }
}
