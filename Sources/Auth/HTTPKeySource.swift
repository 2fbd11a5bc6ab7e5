internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Keys by HTTPS; the client's own trust in certificates is the system's.
package struct HTTPKeySource: KeySource {
    private static let patience = TimeAmount.seconds(10)
    private static let longestBody = 1 << 20

    package init() {}

    package func keys(at url: String) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Accept", value: "application/json")
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: Self.patience)
            guard response.status == .ok else { throw KeysUnavailable("\(url) answered \(response.status.code)") }
            return Array(buffer: try await response.body.collect(upTo: Self.longestBody))
        } catch let error as KeysUnavailable {
            throw error
        } catch {
            throw KeysUnavailable("\(url) cannot be read: \(error)")
        }
    }
}
