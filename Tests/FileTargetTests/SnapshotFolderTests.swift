import Access
import FileTarget
import Foundation
import Reconcile
import Roster
import Testing

/// The snapshots that an apply leaves for `--restore`.
struct SnapshotFolderTests {
    private func withFolder(_ body: (SnapshotFolder) async throws -> Void) async throws {
        let tree = FileManager.default.temporaryDirectory.path + "/dagroster-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: tree) }
        try await body(SnapshotFolder(tree: tree))
    }

    private func snapshot(_ target: String = "acme", second: Int = 0) -> Snapshot {
        let prod = Scope.deployment("prod")
        let grant = Grant(scope: prod, role: .custom("on-call"), locations: ["finance": .editor])
        return Snapshot(
            target: target,
            time: Timestamp(milliseconds: 1_790_000_000_000 + second * 1000),
            commit: String(repeating: "c", count: 40),
            organization: Organization(
                name: "acme",
                deployments: ["prod": DeploymentState(locations: ["finance"])],
                users: ["ada@example.com": UserState(email: "Ada@example.com"), "bob": UserState(email: "bob")],
                teams: ["Data Platform": TeamState(members: ["ada@example.com"], grants: [prod: grant])],
                roles: ["on-call": CustomRole(name: "on-call", scope: .deployment, permissions: [.startAndStopRuns])]
            ),
            people: ["ada@example.com": "u1"],
            teams: ["Data Platform": ["g1", "g2"]],
            roles: ["on-call"]
        )
    }

    @Test func `what is kept comes back as it was, by its name and by its path`() async throws {
        try await withFolder { folder in
            let kept = snapshot()
            try await folder.keep(kept)
            #expect(folder.names(of: "acme") == ["acme-2026-09-21T14-13-20Z"])
            #expect(try folder.snapshot("acme-2026-09-21T14-13-20Z", of: "acme") == kept)
            #expect(try folder.snapshot(folder.path + "/acme-2026-09-21T14-13-20Z.yaml", of: "acme") == kept)
        }
    }

    @Test func `the last thirty of a target are kept, and those of others stay`() async throws {
        try await withFolder { folder in
            // A name that begins another one's, and one that looks like a time.
            for other in ["acme-eu", "acme-2026"] { try await folder.keep(snapshot(other)) }
            for second in 0..<33 { try await folder.keep(snapshot(second: second)) }
            let names = folder.names(of: "acme")
            #expect(names.count == SnapshotFolder.limit)
            #expect(names.first == "acme-2026-09-21T14-13-23Z" && names.last == "acme-2026-09-21T14-13-52Z")
            #expect(folder.names(of: "acme-eu").count == 1 && folder.names(of: "acme-2026").count == 1)
        }
    }

    @Test func `two applies within one second have a snapshot each, the later one last`() async throws {
        try await withFolder { folder in
            for _ in 0..<12 { try await folder.keep(snapshot()) }
            let names = folder.names(of: "acme")
            let first = "acme-2026-09-21T14-13-20Z"
            #expect(names == [first] + (2...12).map { "\(first)-\($0)" })
            try await folder.keep(snapshot(second: 1))
            #expect(folder.names(of: "acme").last == "acme-2026-09-21T14-13-21Z")
        }
    }

    @Test func `a snapshot is its owner's alone`() async throws {
        try await withFolder { folder in
            try await folder.keep(snapshot())
            let file = folder.path + "/acme-2026-09-21T14-13-20Z.yaml"
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `what is no snapshot of the target is refused with the last ones that are`() async throws {
        try await withFolder { folder in
            for second in 0..<4 { try await folder.keep(snapshot(second: second)) }
            try await folder.keep(snapshot("other"))
            expect(
                "there is no snapshot \"acme-1\" to restore: cannot read ",
                "the last ones are acme-2026-09-21T14-13-23Z, "
            ) {
                _ = try folder.snapshot("acme-1", of: "acme")
            }
            expect("there is no snapshot \"other-2026-09-21T14-13-20Z\" to restore: it is one of target \"other\"") {
                _ = try folder.snapshot("other-2026-09-21T14-13-20Z", of: "acme")
            }
            let broken = folder.path + "/broken.yaml"
            try Data("version: 1\ntarget: acme\n".utf8).write(to: URL(fileURLWithPath: broken))
            expect("a snapshot states its target, its time and its state") {
                _ = try folder.snapshot(broken, of: "acme")
            }
            try Data("version: 2\ntarget: acme\n".utf8).write(to: URL(fileURLWithPath: broken))
            expect("this is no snapshot of version 1") { _ = try folder.snapshot(broken, of: "acme") }
        }
    }

    private func expect(_ words: String..., from body: () throws -> Void) {
        do {
            try body()
            Issue.record("was taken")
        } catch let refusal as Refusal {
            #expect(refusal.exitCode == .usage)
            for text in words { #expect("\(refusal)".contains(text), "\(refusal)") }
        } catch {
            Issue.record("\(error)")
        }
    }
}
