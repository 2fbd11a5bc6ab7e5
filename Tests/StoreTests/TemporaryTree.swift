import Foundation
import Generators
import Roster
import SCIM
import Store
import Synchronization
import Testing
import Tree

/// A tree in a temporary folder, which goes with it and with the last of its stores.
final class TemporaryTree: Sendable {
    let path: String
    let now = Timestamp(milliseconds: 1_795_452_420_125)
    let requester = Requester(source: "entra", requestID: "r1")
    let events = Events()
    private let contents: TreeContents
    private let folder = LastingFolder()

    init(layout: Layout = Layout()) async throws {
        path = folder.path
        _ = try TreeInitializer.create(at: path, layout: layout)
        contents = try await TreeReader.read(FolderSource(path))
    }

    /// What a store of this tree is to tell its events; it keeps the folder as long as the store's threads are at work.
    var report: @Sendable (StoreEvent) -> Void { folder.kept(events.note) }

    func store(
        gate: any WriteGate = OpenGate(),
        limits: StoreLimits = .quick,
        watch: (any FolderWatch)? = nil,
        log: any WriteLog = NoWriteLog(),
        disk: Disk = Disk()
    ) -> Store {
        let options = StoreOptions(gate: gate, limits: limits, log: log, watch: watch, report: report)
        return Store(root: path, contents: contents, options: options, disk: disk, now: { [now] in now })
    }

    /// A store as the next start of the program has it.
    func reopened(
        gate: any WriteGate = OpenGate(),
        limits: StoreLimits = .quick,
        disk: Disk = Disk()
    ) async throws -> Store {
        let recovery = try Recovery(root: path, gate: gate, disk: disk)
        let contents = try await TreeReader.read(FolderSource(path))
        let broken = BrokenFiles(problems: contents.brokenFiles)
        let options = StoreOptions(gate: gate, limits: limits, report: report)
        return try Store.open(recovery, contents: contents, broken: broken, options: options, now: { [now] in now })
    }

    /// The directory as the files have it.
    func written() async throws -> Directory { try await TreeReader.read(FolderSource(path)).directory }

    let ada = User(
        id: "u1",
        created: "2026-11-23T16:47:00Z",
        attributes: ["userName": "ada@example.com", "active": true]
    )

    let adaPath = "provisioned/users/ada@example.com.yaml"

    let adaFile = """
        # Written by dagroster from SCIM. Change it in the identity provider.
        id: u1
        userName: ada@example.com
        active: true
        created: 2026-11-23T16:47:00Z

        """

    /// Ada in Data Platform, in the files.
    func fill(_ store: Store) async throws {
        _ = try await store.change(by: requester) { _, _ in .createUser(self.ada) }
        _ = try await store.change(by: requester) { _, _ in
            .createGroup(
                Group(id: "g1", created: nil, attributes: ["displayName": "Data Platform"], members: ["u1"])
            )
        }
        try await settle(store)
    }

    /// Waits until the files have everything that was answered.
    func settle(_ store: Store) async throws {
        try await eventually { store.status.changesBehind == 0 }
    }

    func text(_ file: String) throws -> String { try String(contentsOfFile: path + "/" + file, encoding: .utf8) }

    func write(_ file: String, _ text: String) throws {
        try text.write(toFile: path + "/" + file, atomically: true, encoding: .utf8)
    }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: path + "/" + file) }

    /// Every file under `provisioned/`, temporary ones included.
    func files() throws -> [String: String] { try files(in: "provisioned") }

    /// Every path under a folder.
    func paths(in folder: String) -> [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: path + "/" + folder)) ?? []).map { folder + "/" + $0 }
    }

    /// Every file under a folder.
    func files(in folder: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for file in paths(in: folder) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + "/" + file, isDirectory: &isFolder)
            guard !isFolder.boolValue else { continue }
            // One that is gone since it was listed is no file any more.
            guard let content = try? Data(contentsOf: URL(filePath: path + "/" + file)) else { continue }
            files[file] = String(decoding: content, as: UTF8.self)
        }
        return files
    }
}

/// What a store has reported.
final class Events: Sendable {
    private let events = Mutex<[StoreEvent]>([])

    var all: [StoreEvent] { events.withLock { $0 } }

    func note(_ event: StoreEvent) { events.withLock { $0.append(event) } }
}

extension StoreLimits {
    /// The real limits, with small segments, so that tests use several.
    static var quick: StoreLimits {
        var limits = StoreLimits()
        limits.pause = .milliseconds(5)
        limits.retry = .milliseconds(20)
        limits.quiet = .milliseconds(30)
        limits.segment = 64 << 10
        return limits
    }

    /// Files that are not written while a test runs.
    static var withoutFiles: StoreLimits {
        var limits = quick
        limits.pause = .seconds(3600)
        limits.longestLag = .seconds(3600)
        return limits
    }
}

/// Waits until something is so, and fails after a minute.
func eventually(_ condition: () async throws -> Bool, line: SourceLocation = #_sourceLocation) async throws {
    for _ in 0..<12_000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("this was not so within a minute", sourceLocation: line)
}
