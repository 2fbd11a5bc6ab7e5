import Testing
import YAML

@testable import Tree

/// Files that stand where no record's file may: known to be broken, so that nobody is created twice.
struct FolderFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var shards = 0
        var paths: [String: SourceFile.Kind]
        var broken: [String]
        var faults: [String]
    }

    @Test(arguments: cases)
    func `every error under provisioned is known`(example: Case) async throws {
        let settings = String(decoding: Settings.fresh(layout: Layout(shards: example.shards)), as: UTF8.self)
        var texts = [TreeLocation.settingsFile: settings]
        for (number, path) in example.paths.keys.sorted().enumerated() {
            texts[path] = "id: u\(number)\nuserName: n\(number)\n"
        }
        let contents = try await TreeReader.read(MemorySource(texts, kinds: example.paths))
        #expect(contents.brokenFiles.keys.sorted() == example.broken)
        #expect(contents.brokenFiles.values.sorted() == contents.diagnostics)
        #expect(contents.folderFaults.map(\.file) == example.faults)
        #expect(contents.paths.count == example.paths.count - example.broken.count)
    }

    private static let cases = [
        Case(
            testDescription: "a layout that no file follows",
            shards: 256,
            paths: ["provisioned/users/a.yaml": .regular, "provisioned/users/b.yaml": .regular],
            broken: ["provisioned/users/a.yaml", "provisioned/users/b.yaml"],
            faults: ["provisioned/users/a.yaml", "provisioned/users/b.yaml"]
        ),
        Case(
            testDescription: "a layout that some follow",
            shards: 256,
            paths: ["provisioned/users/0a/a.yaml": .regular, "provisioned/users/b.yaml": .regular],
            broken: ["provisioned/users/b.yaml"],
            faults: []
        ),
        Case(
            testDescription: "a link in the place of all",
            paths: ["provisioned": .symlink],
            broken: ["provisioned"],
            faults: ["provisioned"]
        ),
        Case(
            testDescription: "a repository in the place of one kind",
            paths: ["provisioned/groups": .submodule, "provisioned/users/a.yaml": .regular],
            broken: ["provisioned/groups"],
            faults: ["provisioned/groups"]
        ),
        Case(
            testDescription: "a link in the place of a shard",
            shards: 256,
            paths: ["provisioned/users/0a/a.yaml": .regular, "provisioned/users/0b": .symlink],
            broken: ["provisioned/users/0b"],
            faults: ["provisioned/users/0b"]
        ),
        Case(
            testDescription: "single files that are none",
            paths: [
                "provisioned/users/a.yaml": .regular, "provisioned/users/b.yaml": .executable,
                "provisioned/users/c.yaml": .symlink, "provisioned/users/d.yaml": .special,
                "provisioned/users/e.yaml.orig": .regular,
            ],
            broken: [
                "provisioned/users/b.yaml", "provisioned/users/c.yaml", "provisioned/users/d.yaml",
                "provisioned/users/e.yaml.orig",
            ],
            faults: []
        ),
        Case(
            testDescription: "nothing but executable files",
            paths: ["provisioned/users/a.yaml": .executable],
            broken: ["provisioned/users/a.yaml"],
            faults: ["provisioned/users/a.yaml"]
        ),
        Case(
            testDescription: "a leaving of an editor alone",
            paths: ["provisioned/users/e.yaml.orig": .regular],
            broken: ["provisioned/users/e.yaml.orig"],
            faults: []
        ),
    ]
}
