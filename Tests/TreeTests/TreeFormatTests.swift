import Testing
import YAML

@testable import Tree

struct TreeFormatTests {
    @Test func `records are written anew and people's files are edited`() async throws {
        let source = MemorySource([
            "dagroster.yaml":
                "# Ours\ntargets:\n    s: {kind: file, path: t.yaml}  # here\nversion: 1\n",
            "provisioned/users/ada.yaml": "userName: ada\nactive: true\nid: 'u1'\n",
            "provisioned/users/broken.yaml": "userName: ada\nid: u2\n",
            "provisioned/groups/d.yaml": "displayName: D\nmembers: [ghost, ADA]\nid: g1\n",
            "access/d.yaml": "grants:\n- role: viewer\n  deployment: 'prod'   # main\nteam: D\n",
            "access/roles.yaml":
                "roles:\n  b: {permissions: [], scope: deployment}\n  a:\n    permissions: []\n    scope: deployment\n",
            "access/fine.yaml": "team: F\ngroups: []\n",
        ])
        let format = try await TreeFormat(of: source)
        #expect(
            format.changes.map { "# \($0.path)\n" + String(decoding: $0.bytes, as: UTF8.self) } == [
                """
                # access/d.yaml
                team: D
                grants:
                  - deployment: prod   # main
                    role: viewer

                """,
                """
                # access/roles.yaml
                roles:
                  b: {permissions: [], scope: deployment}
                  a:
                    scope: deployment
                    permissions: []

                """,
                """
                # dagroster.yaml
                version: 1
                # Ours
                targets:
                  s: {kind: file, path: t.yaml}  # here

                """,
                """
                # provisioned/groups/d.yaml
                # Written by dagroster from SCIM. Change it in the identity provider.
                id: g1
                displayName: D
                members:
                  - ada
                  - ghost

                """,
                """
                # provisioned/users/ada.yaml
                # Written by dagroster from SCIM. Change it in the identity provider.
                id: u1
                userName: ada
                active: true

                """,
            ]
        )
        #expect(format.diagnostics.map(\.file) == ["provisioned/groups/d.yaml", "provisioned/users/broken.yaml"])
    }

    @Test func `formatting twice changes nothing more`() async throws {
        var source = MemorySource([
            "provisioned/users/ada.yaml": "userName: ada\nid: u1\n",
            "access/d.yaml": "# c\ngrants:\n- role: viewer\n  deployment: prod\nteam: D\n",
        ])
        for change in try await TreeFormat(of: source).changes {
            source.texts[change.path] = String(decoding: change.bytes, as: UTF8.self)
        }
        #expect(try await TreeFormat(of: source).changes == [])
    }

    @Test func `fresh settings are in canonical form`() async throws {
        #expect(try await TreeFormat(of: MemorySource([:])).changes == [])
    }

    @Test func `a file with an error loses nothing`() async throws {
        let source = MemorySource([
            "provisioned/groups/a.yaml": "displayName: A\nid: g1\ngroups: [B]\n",
            "provisioned/groups/b.yaml": "displayName: B\nid: g2\ngroups: [A]\n",
            "access/x.yaml": "team: [\n",
        ])
        let format = try await TreeFormat(of: source)
        #expect(format.changes.map(\.path) == ["provisioned/groups/a.yaml"])
        #expect(format.diagnostics.map(\.file) == ["access/x.yaml", "provisioned/groups/b.yaml"])
    }
}
