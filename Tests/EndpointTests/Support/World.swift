import Auth
import Endpoint
import Foundation
import Generators
import Logging
import Roster
import SCIM
import Store
import Synchronization
import Tree

/// An endpoint over a tree in a temporary folder, which goes with it; requests are answered without a socket.
final class World: Sendable {
    let path: String
    let store: Store
    let endpoint: SCIMEndpoint
    let clock: Clock
    private let token: String

    /// The header that lets a request in.
    var authorization: [String: String] { ["authorization": "Bearer \(token)"] }

    /// What the tests' requests call the server.
    static let base = "https://roster.test/scim/v2"

    init(
        policy: Policy = .tolerant,
        stored: StoredAttributes = .all,
        limits: SCIMEndpoint.Limits = .init(),
        broken: BrokenFiles = BrokenFiles(),
        directory: Directory = Directory()
    ) async throws {
        let folder = LastingFolder()
        path = folder.path
        _ = try TreeInitializer.create(at: path)
        let clock = Clock()
        self.clock = clock
        var contents = try await TreeReader.read(FolderSource(path))
        contents.directory = directory
        // Which the store's threads hold; that is longer than anybody holds this world.
        let options = StoreOptions(report: folder.kept { _ in })
        store = Store(root: path, contents: contents, broken: broken, options: options, now: { clock.now })
        let tokens = TokenFile(tree: path)
        token = try tokens.create("entra", at: clock.now, expires: nil).revealed
        endpoint = SCIMEndpoint(
            store: store,
            authenticator: TokenAuthenticator(tokens),
            behaviour: Behaviour(policy),
            stored: stored,
            limits: limits,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { clock.now },
            newID: { clock.nextID() }
        )
    }

    /// Time and ids that a test can foresee; each is one further than the last.
    final class Clock: Sendable {
        private let state = Mutex((milliseconds: 1_795_452_420_000, ids: 0))

        var now: Timestamp { state.withLock { Timestamp(milliseconds: $0.milliseconds) } }

        func advance(seconds: Int) { state.withLock { $0.milliseconds += seconds * 1000 } }

        func nextID() -> String {
            state.withLock {
                $0.ids += 1
                return "id-" + String(repeating: "0", count: max(0, 5 - "\($0.ids)".count)) + "\($0.ids)"
            }
        }
    }
}

extension World {
    /// Sends one request; `path` may have a query and stands below the base path unless it begins with `/scim`.
    func send(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        headers: [String: String] = [:],
        isAuthorized: Bool = true
    ) async -> Reply {
        let whole = path.hasPrefix("/scim") ? path : "/scim/v2" + path
        let parts = whole.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var fields = headers
        if isAuthorized { fields.merge(authorization) { _, new in new } }
        if body != nil, fields["content-type"] == nil { fields["content-type"] = "application/scim+json" }
        let request = EndpointRequest(
            method: method,
            path: parts[0],
            query: parts.count > 1 ? parts[1] : nil,
            headers: HeaderFields(fields),
            body: Array((body ?? "").utf8),
            id: "r1",
            baseURL: "https://roster.test"
        )
        return Reply(answer: await endpoint.answer(request))
    }

    func get(_ path: String, headers: [String: String] = [:]) async -> Reply {
        await send("GET", path, headers: headers)
    }

    func post(_ path: String, _ body: Value) async -> Reply { await send("POST", path, Self.text(body)) }

    func put(_ path: String, _ body: Value, headers: [String: String] = [:]) async -> Reply {
        await send("PUT", path, Self.text(body), headers: headers)
    }

    /// A PATCH with these operations.
    func patch(_ path: String, _ operations: Value..., headers: [String: String] = [:]) async -> Reply {
        let body: Value = ["schemas": [.string(PatchRequest.schema)], "Operations": .array(operations)]
        return await send("PATCH", path, Self.text(body), headers: headers)
    }

    func delete(_ path: String) async -> Reply { await send("DELETE", path) }

    /// A page that a filter selects; the filter is encoded as Entra does, with `+` for spaces.
    func list(_ path: String, filter: String, _ more: String = "") async -> Reply {
        await get("\(path)?filter=\(Self.encoded(filter))\(more)")
    }

    static func encoded(_ filter: String) -> String {
        let plain = filter.addingPercentEncoding(
            withAllowedCharacters: .alphanumerics.union(.init(charactersIn: ".-_ "))
        )
        return (plain ?? "").replacing(" ", with: "+")
    }

    static func text(_ value: Value) -> String { String(decoding: JSON.write(value), as: UTF8.self) }

    /// Creates a user and says its id.
    @discardableResult
    func user(_ name: String, _ more: (String, Value)...) async -> String {
        var body: Object = ["schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": .string(name)]
        for (name, value) in more { body[name] = value }
        return await post("/Users", .object(body)).id
    }

    /// Creates a group of these members and says its id.
    @discardableResult
    func group(_ name: String, _ members: String...) async -> String {
        let body: Value = [
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": .string(name),
            "members": .array(members.map { ["value": .string($0)] }),
        ]
        return await post("/Groups", body).id
    }
}

extension World {
    /// Waits until the files have everything that was answered.
    func settle() async throws {
        while store.status.changesBehind > 0 { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Every file under `provisioned/` with its content and the time of its last change.
    func files() async throws -> [String: String] {
        try await settle()
        var files: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path + "/provisioned") {
            let file = path + "/provisioned/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            let modified = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            files[name] = "\(modified)\n" + (try String(contentsOfFile: file, encoding: .utf8))
        }
        return files
    }

    /// Ends the store and says all that it announced.
    func announced() async -> [StoredChange] {
        store.close()
        return await store.changes.reduce(into: []) { $0.append($1) }
    }
}
