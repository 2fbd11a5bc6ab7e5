import Foundation
import Roster
import SCIM
import Store
import Tree

/// A tree in a temporary folder, which goes with it.
final class TemporaryTree: Sendable {
    let path: String
    let now = Timestamp(milliseconds: 1_795_452_420_125)
    let requester = Requester(source: "entra", requestID: "r1")
    private let contents: TreeContents

    init() async throws {
        path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        _ = try TreeInitializer.create(at: path)
        contents = try await TreeReader.read(FolderSource(path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func store(gate: any WriteGate = OpenGate()) -> Store {
        Store(root: path, contents: contents, gate: gate, now: { [now] in now })
    }

    func reopened() async throws -> Store {
        Store(root: path, contents: try await TreeReader.read(FolderSource(path)), now: { [now] in now })
    }

    let ada = User(
        id: "u1",
        created: "2026-11-23T16:47:00Z",
        attributes: ["userName": "ada@example.com", "active": true]
    )

    let adaFile = """
        # Written by dagroster from SCIM. Change it in the identity provider.
        id: u1
        userName: ada@example.com
        active: true
        created: 2026-11-23T16:47:00Z

        """

    /// Ada in Data Platform.
    func fill(_ store: Store) async throws {
        _ = try await store.change(by: requester) { _, _ in .createUser(self.ada) }
        _ = try await store.change(by: requester) { _, _ in
            .createGroup(
                Group(id: "g1", created: nil, attributes: ["displayName": "Data Platform"], members: ["u1"])
            )
        }
    }

    func text(_ file: String) throws -> String { try String(contentsOfFile: path + "/" + file, encoding: .utf8) }

    func write(_ file: String, _ text: String) throws {
        try text.write(toFile: path + "/" + file, atomically: true, encoding: .utf8)
    }

    /// Every file under `provisioned/`, temporary ones included.
    func files() throws -> [String: String] {
        var files: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path + "/provisioned") {
            let file = "provisioned/" + name
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + "/" + file, isDirectory: &isFolder)
            if !isFolder.boolValue { files[file] = try text(file) }
        }
        return files
    }
}
