import Access
import FileTarget
import Foundation
import Reconcile
import Reports
import Testing
import Tree

/// A folder, a file and a record, as a user has them: from reading to "nothing to do".
struct WholeRunTests {
    static let files = [
        "dagroster.yaml": "version: 1\ntargets:\n  sandbox: {kind: file, path: target.yaml}\n",
        "target.yaml": "organization: acme\ndeployments: {prod: {locations: [finance]}, staging: {}}\n",
        "provisioned/users/ada@example.com.yaml": """
        id: u1
        userName: ada@example.com
        active: true
        created: 2026-11-23T16:47:00Z
        """,
        "provisioned/users/grace@example.com.yaml": """
        id: u2
        userName: grace@example.com
        active: false
        """,
        "provisioned/groups/data-platform.yaml": """
        id: g1
        displayName: Data Platform
        members:
          - ada@example.com
          - grace@example.com
        """,
        "access/data-platform.yaml": """
        team: Data Platform
        grants:
          - deployment: prod
            role: viewer
            locations:
              finance: editor
          - branchDeployments: all
            role: launcher
        """,
        "access/ada.yaml": "user: ada@example.com\ngrants:\n  - organization: admin\n",
    ]

    private func run(_ tree: String, applying: Bool) async throws -> (text: String, code: ExitCode) {
        let contents = try await TreeReader.read(FolderSource(tree))
        let target = try #require(contents.settings.targets.first)
        let path = tree + "/target.yaml"
        let reader = FileTargetReader(path: path, name: "target.yaml")
        let store = FileRecordStore(tree: tree, target: target.name)
        let options = Reconciler.Options(target: target, today: try #require(CalendarDate("2026-11-23")))
        let record = try await store.load()
        let prepared = try await Reconciler.prepare(contents, record: record, reader: reader, options: options)
        guard applying else {
            return (PlanReport.text(prepared.plan), prepared.plan.exitCode(isDetailed: true))
        }
        let applied = try await Reconciler.apply(
            prepared,
            reader: reader,
            writer: FileTargetWriter(path: path, name: "target.yaml"),
            records: store,
            time: "2026-11-23T16:47:00Z"
        )
        if let record = applied.record { try await store.save(record) }
        return (AppliedReport.text(applied), applied.exitCode)
    }

    @Test func `a tree is planned, applied, and then there is nothing to do`() async throws {
        try await RecordStoreTests.withFolder { tree in
            for (path, text) in Self.files {
                try DurableFile.replace(
                    tree + "/" + path,
                    with: Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
                )
            }
            let plan = try await run(tree, applying: false)
            let expected = """
                plan for target "sandbox" · the tree · first run · 6 changes
                people (1)
                  + ada@example.com  joins the organization  [tree]
                      organization: none -> admin  own grant  [tree]
                      prod: none -> admin  own grant, as organization admin; through team "Data Platform" (group "Data Platform")  [tree]
                      prod/finance: none -> admin  own grant, as organization admin; through team "Data Platform" (group "Data Platform")  [tree]
                      branches: none -> admin  own grant, as organization admin; through team "Data Platform" (group "Data Platform")  [tree]
                changes (6)
                  + user  ada@example.com  active in the directory  [tree]
                  + team  Data Platform  access/data-platform.yaml:1:7  [tree]
                  + membership  Data Platform: ada@example.com  through group "Data Platform"  [tree]
                  + grant  team Data Platform: branches: launcher  access/data-platform.yaml:7:5  [tree]
                  + grant  team Data Platform: prod: viewer, finance editor  access/data-platform.yaml:3:5  [tree]
                  + grant  user ada@example.com: organization: admin  access/ada.yaml:3:5  [tree]
                guards: nothing is taken away

                """
            #expect(plan.text == expected)
            #expect(plan.code == .pending)
            let applied = try await run(tree, applying: true)
            #expect(applied.text == expected + "applied 6 of 6, read again and confirmed\n")
            #expect(applied.code == .success)
            let again = try await run(tree, applying: true)
            #expect(again.text == "nothing to do: target \"sandbox\" is as the tree says\n")
            #expect(again.code == .success)
        }
    }

    @Test func `a broken file and an unreadable target end the run before anything is written`() async throws {
        try await RecordStoreTests.withFolder { tree in
            for (path, text) in Self.files {
                try DurableFile.replace(tree + "/" + path, with: Array((text + "\n").utf8))
            }
            try DurableFile.replace(tree + "/access/ada.yaml", with: Array("user: ada@example.com\ngrant: []\n".utf8))
            do {
                _ = try await run(tree, applying: true)
                Issue.record("applied")
            } catch let refusal as Refusal {
                #expect(refusal.exitCode == .invalid)
                #expect(RefusalReport.text(refusal).hasPrefix("access/ada.yaml:2:1: error: unknown key \"grant\""))
            }
            try DurableFile.replace(tree + "/access/ada.yaml", with: Array("user: ada@example.com\n".utf8))
            try DurableFile.remove(tree + "/target.yaml")
            do {
                _ = try await run(tree, applying: true)
                Issue.record("applied")
            } catch let refusal as Refusal {
                #expect(refusal.exitCode == .failure)
            }
        }
    }

    @Test func `only one run holds the lock of a target`() async throws {
        try await RecordStoreTests.withFolder { tree in
            let holder = LockHolder.current(command: "dagroster reconcile", since: "2026-11-23T16:47:00Z")
            let lock = try RunLock.acquire(tree: tree, target: "sandbox", as: holder)
            #expect(throws: Refusal.locked(by: holder.description)) {
                _ = try RunLock.acquire(tree: tree, target: "sandbox", as: holder)
            }
            withExtendedLifetime(lock) {}
        }
    }
}
