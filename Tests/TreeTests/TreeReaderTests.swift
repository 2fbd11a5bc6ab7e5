import Access
import Roster
import SCIM
import Testing
import YAML

@testable import Tree

struct TreeReaderTests {
    private func report(_ source: MemorySource) async throws -> [String] {
        try await TreeReader.read(source).diagnostics.map(\.description)
    }

    private func user(_ id: String, _ name: String) -> String { "id: \(id)\nuserName: \(name)\n" }

    @Test func `a whole tree is read`() async throws {
        let source = MemorySource([
            "provisioned/users/ada.yaml": user("\"1\"", "ada"),
            "provisioned/users/grace.yaml": "id: u2\nuserName: Grace\nactive: false\n",
            "provisioned/groups/on-call.yaml": "id: g1\ndisplayName: On Call\nmembers: [GRACE]\n",
            "provisioned/groups/data.yaml": "id: g2\ndisplayName: Data\nmembers: [ada, grace]\ngroups: [on call]\n",
            "access/data.yaml": "team: Data\n",
            "README.md": "not ours",
            "scripts/x.sh": "not ours",
            "access/README.md": "not ours",
            "access/.gitkeep": "",
            "provisioned/users/.gitkeep": "",
            ".dagroster/tokens.yaml": ": : :",
        ])
        let contents = try await TreeReader.read(source)
        #expect(contents.diagnostics == [])
        #expect(contents.isValid)
        #expect(contents.settings.targets.map(\.name) == ["sandbox"])
        #expect(contents.access.bindings.map(\.principal) == [.team("Data")])
        #expect(contents.brokenFiles == [:])
        #expect(
            contents.paths == [
                "1": "provisioned/users/ada.yaml",
                "u2": "provisioned/users/grace.yaml",
                "g1": "provisioned/groups/on-call.yaml",
                "g2": "provisioned/groups/data.yaml",
            ]
        )
        let group = { (id: String, name: String, members: [String], groups: [String]) in
            Group(id: id, created: nil, attributes: ["displayName": .string(name)], members: members, groups: groups)
        }
        #expect(contents.directory.user(id: "u2")?.isActive == false)
        #expect(contents.directory.group(id: "g1") == group("g1", "On Call", ["u2"], []))
        #expect(contents.directory.group(id: "g2") == group("g2", "Data", ["1", "u2"], ["g1"]))
    }

    @Test func `without settings there is no tree, and the rest is judged all the same`() async throws {
        var source = MemorySource(["provisioned/users/ab/x.yaml": "userName: x\n", "access/x.yaml": "team: X\nx: 1\n"])
        source.texts[TreeLocation.settingsFile] = nil
        let found = try await report(source)
        #expect(
            found == [
                "access/x.yaml:2:1: error: unknown key \"x\" in an access file\nhint: known keys: "
                    + "team, user, previously, groups, users, appRoles, owner, reason, grants",
                "dagroster.yaml: error: there is no such file, which every tree has",
                "provisioned/users/ab/x.yaml:1:1: error: a user without \"id\"",
            ]
        )
    }

    @Test func `what is no plain file in its place is refused`() async throws {
        let source = MemorySource(
            [
                "provisioned/users/link.yaml": "", "access/module": "", "access/run.yaml": "", "access": "",
                "access/old.yml": "", "provisioned/extra.yaml": "", "provisioned/users/ab/x.yaml": "",
                "provisioned/users/x.yaml.orig": "", "provisioned/teams/x.yaml": "", "elsewhere/link": "",
                "provisioned/groups/pipe.yaml": "",
            ],
            kinds: [
                "provisioned/users/link.yaml": .symlink, "access/module": .submodule, "access/run.yaml": .executable,
                "access": .symlink, "elsewhere/link": .symlink, "provisioned/groups/pipe.yaml": .special,
            ]
        )
        let expected =
            "records are in provisioned/users/NAME.yaml and provisioned/groups/NAME.yaml, "
            + "because layout.shards is 0"
        let found = try await report(source)
        #expect(
            found == [
                "access: error: the file is a symbolic link, which is not followed",
                "access/module: error: the folder is a repository of its own, which is not read",
                "access/old.yml: error: the path is outside the tree's layout\n"
                    + "hint: access/ holds files whose names end in .yaml",
                "access/run.yaml: error: the file is executable, which no file of a tree is",
                "provisioned/extra.yaml: error: the path is outside the tree's layout\nhint: \(expected)",
                "provisioned/groups/pipe.yaml: error: this is neither a file nor a folder",
                "provisioned/teams/x.yaml: error: the path is outside the tree's layout\nhint: \(expected)",
                "provisioned/users/ab/x.yaml: error: the path is outside the tree's layout\nhint: \(expected)",
                "provisioned/users/link.yaml: error: the file is a symbolic link, which is not followed",
                "provisioned/users/x.yaml.orig: error: the path is outside the tree's layout\nhint: \(expected)",
            ]
        )
    }

    @Test func `a tree with shards has its files in folders`() async throws {
        let source = MemorySource([
            "dagroster.yaml": String(decoding: Settings.fresh(layout: Layout(shards: 256)), as: UTF8.self),
            "provisioned/users/0a/ada.yaml": user("u1", "ada"),
            "provisioned/users/grace.yaml": user("u2", "grace"),
            "provisioned/users/xy/lin.yaml": user("u3", "lin"),
        ])
        let contents = try await TreeReader.read(source)
        #expect(contents.paths == ["u1": "provisioned/users/0a/ada.yaml"])
        #expect(contents.diagnostics.map(\.file) == ["provisioned/users/grace.yaml", "provisioned/users/xy/lin.yaml"])
    }

    @Test func `two records with one id or name are an error that names both`() async throws {
        let source = MemorySource([
            "provisioned/users/a.yaml": user("u1", "ada"),
            "provisioned/users/b.yaml": user("u1", "bob"),
            "provisioned/users/c.yaml": "userName: ADA\nid: u3\n",
            "provisioned/groups/d.yaml": "id: g1\ndisplayName: Data\n",
            "provisioned/groups/e.yaml": "id: g2\ndisplayName: data\n",
            "provisioned/groups/f.yaml": "id: u1\ndisplayName: F\n",
        ])
        let contents = try await TreeReader.read(source)
        #expect(
            contents.diagnostics.map(\.description) == [
                "provisioned/groups/e.yaml:2:14: error: a second group with displayName \"data\"; "
                    + "the first one is provisioned/groups/d.yaml",
                "provisioned/groups/f.yaml:1:5: error: a second record with id \"u1\"; "
                    + "the first one is provisioned/users/a.yaml",
                "provisioned/users/b.yaml:1:5: error: a second record with id \"u1\"; "
                    + "the first one is provisioned/users/a.yaml",
                "provisioned/users/c.yaml:1:11: error: a second user with userName \"ADA\"; "
                    + "the first one is provisioned/users/a.yaml",
            ]
        )
        #expect(
            contents.brokenFiles.keys.sorted() == [
                "provisioned/groups/e.yaml", "provisioned/groups/f.yaml", "provisioned/users/b.yaml",
                "provisioned/users/c.yaml",
            ]
        )
        #expect(contents.directory.users.count == 1)
        #expect(contents.directory.groups.count == 1)
    }

    @Test func `a name that nobody has is kept and warned about`() async throws {
        let text = "id: g1\ndisplayName: Data\nmembers:\n  - ghost\ngroups:\n  - Gone\n"
        let source = MemorySource([
            "provisioned/groups/d.yaml": text,
            // A group of the same name as the person who is missing must not take the person's place.
            "provisioned/groups/ghost.yaml": "id: g0\ndisplayName: ghost\n",
        ])
        let contents = try await TreeReader.read(source)
        #expect(
            contents.diagnostics.map(\.description) == [
                "provisioned/groups/d.yaml:4:5: warning: no user is called \"ghost\"; the name is kept",
                "provisioned/groups/d.yaml:6:5: warning: no group is called \"Gone\"; the name is kept",
            ]
        )
        let group = try #require(contents.directory.group(id: "g1"))
        #expect(group.unresolved == UnresolvedMembers(users: ["ghost"], groups: ["Gone"]))
        let written = String(decoding: GroupFile.bytes(of: group, in: contents.directory), as: UTF8.self)
        #expect(written.hasSuffix("\n" + text))
    }

    @Test func `a circle of groups is refused with its whole path`() async throws {
        let source = MemorySource([
            "provisioned/groups/a.yaml": "id: g1\ndisplayName: A\ngroups: [B]\n",
            "provisioned/groups/b.yaml": "id: g2\ndisplayName: B\ngroups: [C]\n",
            "provisioned/groups/c.yaml": "id: g3\ndisplayName: C\ngroups: [A]\n",
            "provisioned/groups/s.yaml": "id: g4\ndisplayName: S\ngroups: [S]\n",
        ])
        let found = try await report(source)
        #expect(
            found == [
                "provisioned/groups/c.yaml:3:10: error: group \"C\" would hold itself: "
                    + "\"C\" holds \"A\" holds \"B\" holds \"C\"",
                "provisioned/groups/s.yaml:3:10: error: group \"S\" would hold itself: \"S\" holds \"S\"",
            ]
        )
        // Written over, each would lose the group that it names.
        let broken = try await TreeReader.read(source).brokenFiles
        #expect(broken.keys.sorted() == ["provisioned/groups/c.yaml", "provisioned/groups/s.yaml"])
    }

    @Test func `one broken file hides nothing of the others`() async throws {
        let source = MemorySource([
            "dagroster.yaml": "version: 1\ntargets: {s: {kind: file, path: t.yaml}}\nx: 1\n",
            "access/a.yaml": "<<<<<<< HEAD\nteam: A\n",
            "access/b.yaml": "team: B\nx: 1\n",
            "provisioned/users/a.yaml": "id: u1\n",
            "provisioned/users/b.yaml": "userName: b\nid: \"\"\n",
            "provisioned/users/c.yaml": user("u3", "c"),
        ])
        let contents = try await TreeReader.read(source)
        #expect(
            contents.diagnostics.map { "\($0.file):\($0.place?.description ?? "")" } == [
                "access/a.yaml:1:1", "access/b.yaml:2:1", "dagroster.yaml:3:1", "provisioned/users/a.yaml:1:1",
                "provisioned/users/b.yaml:2:5",
            ]
        )
        #expect(contents.paths == ["u3": "provisioned/users/c.yaml"])
        #expect(contents.brokenFiles.keys.sorted() == ["provisioned/users/a.yaml", "provisioned/users/b.yaml"])
        #expect(contents.settings == Settings(targets: []))
    }

    @Test func `a file that is gone since it was listed is no error`() async throws {
        struct Vanishing: FileSource {
            let inner: MemorySource
            func files() async throws -> [SourceFile] {
                try await inner.files() + [SourceFile(path: "provisioned/users/gone.yaml")]
            }
            func contents(of files: [SourceFile]) async throws -> [[UInt8]?] { try await inner.contents(of: files) }
        }
        let contents = try await TreeReader.read(Vanishing(inner: MemorySource([:])))
        #expect(contents.diagnostics == [])
    }
}
